"""Addresses of places: the portal's front door, a community's page, and on the desk the tree and all it holds."""

from django.urls import path

from linli.apps.places.views import address, buildings, burden, changes, estates, known, place, portal, tree

app_name = "places"

urlpatterns = [
    path("", portal.home, name="home"),
    path("communities/", portal.communities, name="communities"),
    path("communities/<uuid:pk>/", portal.community, name="community"),
    path("communities/<uuid:pk>/choose/", portal.choose, name="choose"),
    path("desk/places/", tree.places, name="list"),
    path("desk/places/address/", address.address, name="address"),
    path("desk/places/export/", tree.export, name="export"),
    path("desk/burden/", burden.burden, name="burden"),
    path("desk/burden/export/", burden.export_burden, name="export_burden"),
    path("desk/places/<uuid:pk>/", place.place, name="place"),
    path("desk/places/<uuid:pk>/found/", changes.found, name="found"),
    path("desk/places/<uuid:pk>/figures/", known.figures, name="figures"),
    path("desk/places/<uuid:pk>/figures/<uuid:figure>/remove/", known.remove_figure, name="remove_figure"),
    path("desk/places/<uuid:pk>/outline/", known.outline, name="outline"),
    path("desk/places/<uuid:pk>/outline/remove/", known.remove_outline, name="remove_outline"),
    path("desk/places/<uuid:pk>/equipment/", known.equipment, name="equipment"),
    path("desk/places/<uuid:pk>/equipment/export/", known.export_equipment, name="export_equipment"),
    path("desk/places/<uuid:pk>/estates/new/", estates.new_estate, name="new_estate"),
    path("desk/places/<uuid:pk>/buildings/new/", buildings.new_building, {"where": "places"}, name="new_building"),
    path("desk/places/<uuid:pk>/change/<slug:verb>/", changes.change, name="change"),
    path("desk/equipment/<uuid:pk>/", known.edit_equipment, name="edit_equipment"),
    path("desk/estates/", estates.estates, name="estates"),
    path("desk/estates/export/<slug:what>/", estates.export, name="export_houses"),
    path("desk/estates/<uuid:pk>/", estates.estate, name="estate"),
    path("desk/estates/<uuid:pk>/edit/", estates.edit_estate, name="edit_estate"),
    path(
        "desk/estates/<uuid:pk>/buildings/new/",
        buildings.new_building,
        {"where": "estates"},
        name="new_estate_building",
    ),
    path("desk/buildings/<uuid:pk>/", buildings.building, name="building"),
    path("desk/buildings/<uuid:pk>/add/<slug:verb>/", buildings.add, name="add_to_building"),
]

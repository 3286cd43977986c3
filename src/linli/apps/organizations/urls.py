"""Addresses of organizations."""

from django.urls import path

from linli.apps.organizations.views import changing, checklists, keeping, organization, portal, registers

app_name = "organizations"

HERE = "desk/organizations/"

urlpatterns = [
    path("organizations/<uuid:pk>/", portal.public, name="public"),
    path(HERE, organization.organizations, name="list"),
    path(f"{HERE}export/", organization.export, name="export"),
    path(f"{HERE}standings/export/", organization.export_standings, name="export_standings"),
    path(f"{HERE}new/", changing.new, name="new"),
    path(f"{HERE}rows/<slug:what>/<uuid:pk>/end/", keeping.end, name="end"),
    path(f"{HERE}<uuid:pk>/", organization.organization, name="organization"),
    path(f"{HERE}<uuid:pk>/edit/", changing.edit, name="edit"),
    path(f"{HERE}<uuid:pk>/contact/", changing.contact, name="contact"),
    path(f"{HERE}<uuid:pk>/change/<slug:verb>/", changing.change, name="change"),
    path(f"{HERE}<uuid:pk>/add/<slug:what>/", keeping.add, name="add"),
    path(f"{HERE}<uuid:pk>/checklists/", checklists.checklists, name="checklists"),
    path(f"{HERE}<uuid:pk>/checklists/<slug:checklist>/<slug:item>/", checklists.tick, name="tick"),
    path("desk/honours/", registers.honours, name="honours"),
    path("desk/honours/export/", registers.export_honours, name="export_honours"),
    path("desk/honours/new/", registers.new_honour, name="new_honour"),
    path("desk/facilities/", registers.facilities, name="facilities"),
    path("desk/facilities/export/", registers.export_facilities, name="export_facilities"),
    path("desk/facilities/new/", registers.new_facility, name="new_facility"),
    path("desk/facilities/<uuid:pk>/edit/", registers.edit_facility, name="edit_facility"),
    path("desk/partners/", registers.partners, name="partners"),
    path("desk/partners/export/", registers.export_partners, name="export_partners"),
    path("desk/partners/new/", registers.new_partner, name="new_partner"),
]

"""Addresses of places: the portal's front door, a community's page, the tree on the desk."""

from django.urls import path

from linli.apps.places import views

app_name = "places"

urlpatterns = [
    path("", views.home, name="home"),
    path("communities/<uuid:pk>/", views.community, name="community"),
    path("communities/<uuid:pk>/choose/", views.choose, name="choose"),
    path("desk/places/", views.places, name="list"),
]

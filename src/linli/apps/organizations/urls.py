"""Addresses of organizations."""

from django.urls import path

from linli.apps.organizations import views

app_name = "organizations"

urlpatterns = [
    path("desk/organizations/", views.organizations, name="list"),
    path("desk/organizations/export/", views.export, name="export"),
]

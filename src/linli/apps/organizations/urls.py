"""Addresses of organizations."""

from django.urls import path

from linli.apps.organizations.views import organization

app_name = "organizations"

urlpatterns = [
    path("desk/organizations/", organization.organizations, name="list"),
    path("desk/organizations/export/", organization.export, name="export"),
]

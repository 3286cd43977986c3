"""Addresses of needs: the desk's under /desk/needs/, the portal's under /needs/."""

from django.urls import URLPattern, URLResolver

app_name = "needs"
urlpatterns: list[URLPattern | URLResolver] = []

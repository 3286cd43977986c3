"""Every address of the house."""

from django.urls import URLPattern, URLResolver, include, path

from linli.site.api import SHELL

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("allauth.urls")),
    path("", include("linli.kernel.ui.urls")),
    *SHELL.addresses(),
]

"""Every address of the house."""

from django.urls import URLPattern, URLResolver, include, path

from linli.site.api import SHELL
from linli.site.signing_in import reset_password

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/password/reset/", reset_password, name="account_reset_password"),
    path("accounts/", include("allauth.urls")),
    path("", include("linli.kernel.ui.urls")),
    path("", include("linli.apps.places.urls")),
    path("", include("linli.apps.organizations.urls")),
    path("", include("linli.apps.people.urls")),
    *SHELL.addresses(),
]

handler400 = "linli.kernel.ui.pages.errors.bad_request"
handler403 = "linli.kernel.ui.pages.errors.forbidden"
handler404 = "linli.kernel.ui.pages.errors.not_found"
handler500 = "linli.kernel.ui.pages.errors.broken"

"""Every address of the house, behind its doors."""

from django.urls import URLPattern, URLResolver, include, path

from linli.site.api import SHELL
from linli.site.doors import behind_doors

ADDRESSES: list[URLPattern | URLResolver] = [
    path("accounts/", include("linli.site.accounts.urls")),
    path("", include("linli.site.opening.urls")),
    path("", include("linli.kernel.ui.urls")),
    path("", include("linli.apps.places.urls")),
    path("", include("linli.apps.organizations.urls")),
    path("", include("linli.apps.people.urls")),
    path("", include("linli.apps.ledger.urls")),
    path("", include("linli.apps.publicity.urls")),
    path("", include("linli.apps.agreements.urls")),
    path("", include("linli.apps.reviews.urls")),
    path("", include("linli.apps.activities.urls")),
    path("", include("linli.apps.surveys.urls")),
    path("", include("linli.apps.needs.urls")),
    path("", include("linli.apps.rounds.urls")),
    path("", include("linli.apps.projects.urls")),
    path("", include("linli.apps.incubation.urls")),
    path("", include("linli.apps.ordering.urls")),
    *SHELL.addresses(),
]

urlpatterns = [behind_doors(ADDRESSES)]

handler400 = "linli.kernel.ui.pages.errors.bad_request"
handler403 = "linli.kernel.ui.pages.errors.forbidden"
handler404 = "linli.kernel.ui.pages.errors.not_found"
handler500 = "linli.kernel.ui.pages.errors.broken"

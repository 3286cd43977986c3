"""How accounts sign in: nobody opens an account for himself; staff land on the desk, residents on the portal."""

from collections.abc import Mapping

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import password_reset
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.people.permissions import opens_the_desk
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.pages.errors import Answer, respond

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
NOT_BY_MAIL = Answer(
    200,
    _("Passwords are not reset by e-mail here"),
    _("This house sends no e-mail. Ask the administrator of your street for a new password."),
)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the system administrator alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk for whoever it opens to, else the portal's front door."""
        return reverse("people:desk" if opens_the_desk(actor_of(request), None) else "places:home")


def counted_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The name under which failed sign-ins are counted: however an account's name is spelled, it is one account.

    The accounts themselves are found in capitals and small letters alike, so the counter must not tell them apart.
    """
    given = (credentials or {}).get("username") or request.POST.get("login", "")
    return given.strip().upper().casefold()[:255]


@permission(everyone)
def reset_password(request: HttpRequest) -> HttpResponseBase:
    """A link by e-mail, where the house sends e-mail; else a sentence instead of a promise nobody keeps."""
    if settings.EMAIL_BACKEND == NO_MAIL:
        return respond(request, NOT_BY_MAIL)
    answer: HttpResponseBase = password_reset(request)
    return answer

"""How accounts sign in: nobody opens an account for himself; staff land on the desk, residents on the portal."""

from time import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.views import password_reset
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.people.permissions import opens_the_desk
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.pages.errors import Answer, respond
from linli.site.accounts.first_password import ASKED

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"
NOT_BY_MAIL = Answer(
    200,
    _("Passwords are not reset by e-mail here"),
    _("This house sends no e-mail. Ask the administrator of your street for a new password."),
)


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are opened by the system administrator alone; refusals are sentences that tell nobody who is known."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The name, the number or the password is wrong. Please try again."),
        "account_inactive": _("The name, the number or the password is wrong. Please try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your present password."),
        "invalid_password_reset": _("This link was used or has run out. Ask for a new one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Delicate changes ask for the password again, but not of somebody who typed it a moment ago."""
        asked: bool = super().is_reauthentication_required(app=app, **more)
        return asked and not _signed_in_just_now(self.request)

    def get_login_stages(self) -> list[str]:
        """allauth's, but that the second step may have been proved elsewhere."""
        asked = {"allauth.mfa.stages.AuthenticateStage": "linli.site.accounts.second_step.AskedHere"}
        return [asked.get(stage, stage) for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk for whoever it opens to, else the portal's front door."""
        return reverse("people:desk" if opens_the_desk(actor_of(request), None) else "places:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """On to the work for whoever replaced a handed-over password; else back to the page."""
        if request.session.pop(ASKED, False):
            return self.get_login_redirect_url(request)
        address: str = super().get_password_change_redirect_url(request)
        return address


def _signed_in_just_now(request: HttpRequest) -> bool:
    """Whether this account signed in with its password within the last minutes."""
    if not request.user.is_authenticated:
        return False
    given = [one["at"] for one in get_authentication_records(request, request.user) if one["method"] == "password"]
    return bool(given) and time() - max(given) < app_settings.REAUTHENTICATION_TIMEOUT


@permission(everyone)
def reset_password(request: HttpRequest) -> HttpResponseBase:
    """A link by e-mail, where the house sends e-mail; else a sentence instead of a promise nobody keeps."""
    if settings.EMAIL_BACKEND == NO_MAIL:
        return respond(request, NOT_BY_MAIL)
    answer: HttpResponseBase = password_reset(request)
    return answer

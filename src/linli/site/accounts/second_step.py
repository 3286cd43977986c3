"""The second step of signing in: who must have one, the gate that leads there first, and how its secrets are kept."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import User
from linli.kernel.scope import Role, permission, signed_in
from linli.kernel.scope.roles import ADMINISTRATORS
from linli.kernel.seals import open_sealed, seal

OBLIGED = ADMINISTRATORS | {Role.FINANCE_OFFICER, Role.AUDITOR}
"""Roles that open the desk only with a second step."""
GATED = "/desk/"
CONTEXT = "mfa.authenticator.secret"
PROVED = "second_step_proved_elsewhere"
"""In a session: the identity service proved the second step, and the house accepts its word."""


def must_have_one(user: User) -> bool:
    """Whether a post of this account asks for a second step; accounts of the demo are let off in demo houses."""
    if not settings.LINLI_SECOND_STEP or (user.is_demo and settings.LINLI_DEMO_WITHOUT_SECOND_STEP):
        return False
    return not OBLIGED.isdisjoint(user.roles())


def has_one(user: User) -> bool:
    """Whether an authenticator app was set up."""
    found: bool = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()
    return found


class SecondStep:
    """Middleware after authentication: whoever still owes a second step is led to it before anything on the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(GATED) or not request.user.is_authenticated:
            return self.get_response(request)
        user = request.user
        if must_have_one(user) and not request.session.get(PROVED) and not has_one(user):
            return HttpResponseRedirect(reverse("second_step"))
        return self.get_response(request)


def _is_strong(sociallogin: Any) -> bool:
    return bool(getattr(getattr(sociallogin, "proof", None), "strong", False))


class AskedHere(AuthenticateStage):  # type: ignore[misc]  # allauth ships no types
    """The code is asked for, unless the identity service proved a second step that the house accepts."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if _is_strong((self.login.signal_kwargs or {}).get("sociallogin")):
            return False
        asked: bool = super()._should_handle(request)
        return asked


def _keep_in_session(request: HttpRequest, sociallogin: Any = None, **_more: Any) -> None:
    if _is_strong(sociallogin):
        request.session[PROVED] = True
    else:
        request.session.pop(PROVED, None)


user_logged_in.connect(_keep_in_session)


@permission(signed_in)
def second_step(request: HttpRequest) -> HttpResponseBase:
    """Why a second step is asked, and the way to it."""
    assert isinstance(request.user, User)  # the door lets only accounts in
    if request.session.get(PROVED) or has_one(request.user) or not must_have_one(request.user):
        return HttpResponseRedirect(reverse("account_front"))
    return render(request, "mfa/asked.html")


@permission(signed_in)
def front(request: HttpRequest) -> HttpResponseBase:
    """Back from the pages of the account: staff to the desk, residents to the portal."""
    return HttpResponseRedirect(get_adapter(request).get_login_redirect_url(request))


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Secrets of apps and recovery codes stand sealed in the database; refusals are sentences."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is wrong or too old. Type the six digits the app shows now."),
        "cannot_delete_authenticator": _("The second step cannot be switched off."),
        "cannot_generate_recovery_codes": _("Set up the authenticator app first; then there are recovery codes."),
    }

    def encrypt(self, text: str) -> str:
        return seal(text, context=CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        return open_sealed(encrypted_text, context=CONTEXT)

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def get_totp_issuer(self) -> str:
        """What the app shows beside the code."""
        return f"Linli {self._get_site_name()}"

"""Puts on record what a person changes about signing in: password, second step, linked identity, other devices."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import User
from linli.apps.people.services import chose_password
from linli.kernel.audit import register_action
from linli.kernel.events import record
from linli.kernel.scope.doors import actor_of

ACTIONS = {
    "account.password.change": _("changed the own password"),
    "account.second_step.on": _("switched the second step on"),
    "account.second_step.off": _("switched the second step off"),
    "account.second_step.drop": _("took the second step off the account"),
    "account.second_step.codes": _("made new recovery codes"),
    "account.identity.link": _("linked an identity"),
    "account.identity.match": _("linked an identity by the staff number"),
    "account.identity.unlink": _("unlinked an identity"),
    "account.session.end": _("signed out on other devices"),
}


def note(action: str, user: User, request: HttpRequest | None) -> None:
    """One audit row; without a request the clock (or the operator's command) did it."""
    with transaction.atomic():
        record(action, User.objects.get(pk=user.pk), actor=actor_of(request) if request else None)


def _password(request: HttpRequest, user: User, **_more: Any) -> None:
    with transaction.atomic():
        chose_password(user)
        note("account.password.change", user, request)


def _authenticator(action: str, request: HttpRequest, user: User, authenticator: Authenticator) -> None:
    if authenticator.type == Authenticator.Type.TOTP or action == "account.second_step.codes":
        note(action, user, request)


def _on(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    _authenticator("account.second_step.on", request, user, authenticator)


def _off(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    _authenticator("account.second_step.off", request, user, authenticator)


def _codes(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    _authenticator("account.second_step.codes", request, user, authenticator)


def _linked(request: HttpRequest, sociallogin: Any, **_more: Any) -> None:
    note("account.identity.link", sociallogin.user, request)


def _unlinked(request: HttpRequest, socialaccount: Any, **_more: Any) -> None:
    note("account.identity.unlink", socialaccount.user, request)


def listen() -> None:
    """Name the actions and hear allauth's signals."""
    for name, title in ACTIONS.items():
        register_action(name, title)
    for signal in (password_changed, password_set, password_reset):
        signal.connect(_password)
    authenticator_added.connect(_on)
    authenticator_removed.connect(_off)
    authenticator_reset.connect(_codes)
    social_account_added.connect(_linked)
    social_account_removed.connect(_unlinked)

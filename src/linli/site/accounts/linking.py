"""Whose account an identity opens: the one it was linked to, or the one that has the same staff number on file."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import User
from linli.kernel.ui.pages.errors import Answer, respond
from linli.site.accounts.elsewhere import Proof
from linli.site.accounts.recording import note

ANOTHER = Answer(
    409,
    _("This account is linked to another identity"),
    _(
        "The identity service sends another person for your staff number than before. Nobody was signed in. "
        "Sign in with your user name and password, unlink the former identity and link this one, "
        "or ask the system administrator."
    ),
)
ONE_EACH = Answer(
    409,
    _("Your account is linked to another identity of this service already"),
    _("Nothing was changed. Unlink the former identity first, then link this one."),
)
CLOSED = Answer(
    403,
    _("This account does not sign in any more"),
    _("If you still need it for your work, ask the system administrator."),
)


class LinkedOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """An identity signs in the account it belongs to, and opens none."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Set a password first; without it nobody could sign in any more."),
        "connected_other": _("This identity is already linked to another account."),
        "invalid_token": _("The answer of the identity service could not be checked."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises ImmediateHttpResponse where the identity may not open, or be linked to, this account."""
        if sociallogin.state.get("process") == "connect":
            mine = SocialAccount.objects.filter(user_id=request.user.pk, provider=sociallogin.account.provider)
            if mine.exclude(uid=sociallogin.account.uid).exists():
                raise ImmediateHttpResponse(respond(request, ONE_EACH))
            return
        if not sociallogin.is_existing:
            _by_staff_number(request, sociallogin)
        elif not sociallogin.user.is_active:
            raise ImmediateHttpResponse(respond(request, CLOSED))


def _by_staff_number(request: HttpRequest, sociallogin: SocialLogin) -> None:
    """Link the identity to the open account with its staff number; an account that has another one stays as it is."""
    proof: Proof | None = getattr(sociallogin, "proof", None)
    if proof is None or not proof.staff_number:
        return
    with transaction.atomic():
        owner = User.objects.select_for_update().filter(staff_number=proof.staff_number).first()
        if owner is None:
            return
        if not owner.is_active:
            raise ImmediateHttpResponse(respond(request, CLOSED))
        found: dict[str, Any] = {"provider": sociallogin.account.provider, "user": owner}
        if SocialAccount.objects.filter(**found).exclude(uid=sociallogin.account.uid).exists():
            raise ImmediateHttpResponse(respond(request, ANOTHER))
        sociallogin.account, fresh = SocialAccount.objects.get_or_create(**found, uid=sociallogin.account.uid)
        sociallogin.user = owner
        if fresh:
            note("account.identity.match", owner, None)

"""Who signs in: an account is found by its user name or by its telephone number, however either is spelled."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from linli.apps.people.models import User
from linli.kernel.errors import Refusal
from linli.kernel.privacy import PHONE, fingerprints


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()[:255]


def _prints(text: str) -> tuple[str, ...]:
    """The fingerprints of a telephone number; none where it is no such number."""
    try:
        return fingerprints(PHONE, text)
    except Refusal:
        return ()


def account_of(text: str) -> User | None:
    """The account of this user name, else the only open account with this telephone number.

    An account opened by a resident himself has its number by his word alone: it never stands in the way of one whose
    number was entered by the office or proved.
    """
    name = _plain(text)
    named = list(User.objects.filter(username__iexact=name)[:2])
    if named:
        return next((user for user in named if user.username == name), named[0] if len(named) == 1 else None)
    prints = _prints(name)
    owners = User.objects.filter(phone_print__in=prints, is_active=True) if prints else User.objects.none()
    for sure in (owners.filter(claims_phone=False), owners):
        found = list(sure[:2])
        if found:
            return found[0] if len(found) == 1 else None
    return None


def counted_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """The name under which failed sign-ins are counted: however an account is named, it is one account.

    A telephone number counts for its account; one that belongs to none is counted by its keyed hash, so that no
    number stands in the table of attempts.
    """
    given = _plain((credentials or {}).get("username") or request.POST.get("login", ""))
    prints = _prints(given)
    if prints:
        account = account_of(given)
        given = account.username if account else f"phone {prints[0]}"
    return given.upper().casefold()


class ByNameOrPhone(ModelBackend):
    """Checks a password; it takes as long where there is no such account, and nobody is asked after it."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_more: Any
    ) -> User | None:
        """The account. Raises PermissionDenied, one and the same, for a wrong name, number or password."""
        if username is None or password is None:
            return None
        user = account_of(username)
        if user is None:
            User().set_password(password)
        elif user.check_password(password) and self.user_can_authenticate(user):
            return user
        raise PermissionDenied

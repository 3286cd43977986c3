"""Where an account is signed in: each device with its last use, ended one by one or all others at once."""

import re
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.people.models import User
from linli.kernel.errors import Missing
from linli.kernel.scope import devices, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.idle import SEEN
from linli.site.accounts.recording import note

Word = str | Promise
BROWSERS = tuple((pattern, word) for _code, pattern, word in devices.BROWSERS)
DEVICES: tuple[tuple[str, Word], ...] = (
    (r"HarmonyOS|OpenHarmony", _("HarmonyOS device")),
    (r"iPhone", _("iPhone")),
    (r"iPad", _("iPad")),
    (r"Android", _("Android device")),
    (r"Windows", _("Windows computer")),
    (r"Macintosh|Mac OS", _("Mac computer")),
    (r"UOS|Kylin", _("Domestic system computer")),
    (r"Linux", _("Linux computer")),
)


@dataclass(frozen=True)
class Row:
    """One session as it is shown. No place: an address of the network tells little, and too much."""

    pk: int
    browser: Word
    device: Word
    started: datetime
    used: datetime
    current: bool


def _word(agent: str, words: tuple[tuple[str, Word], ...], unknown: Word) -> Word:
    return next((word for pattern, word in words if re.search(pattern, agent)), unknown)


def _last_used(session: UserSession) -> datetime:
    """The last sign of life, to the minute, as the session itself keeps it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore(session.session_key)
    seen: datetime | None = parse_datetime(str(store.get(SEEN, "")))
    return seen or session.created_at


def sessions_of(user: User, *, current: str | None) -> list[Row]:
    """The sessions in force of an account: this one first, then the last used."""
    rows = [
        Row(
            pk=one.pk,
            browser=_word(one.user_agent, BROWSERS, _("Unknown browser")),
            device=_word(one.user_agent, DEVICES, _("Unknown device")),
            started=one.created_at,
            used=_last_used(one),
            current=one.session_key == current,
        )
        for one in UserSession.objects.purge_and_list(user)
    ]
    return sorted(sorted(rows, key=lambda row: row.used, reverse=True), key=lambda row: not row.current)


@permission(signed_in)
def session_list(request: HttpRequest) -> HttpResponse:
    """The devices on which this account is signed in."""
    assert isinstance(request.user, User)  # the door lets only accounts in
    rows = sessions_of(request.user, current=request.session.session_key)
    return render(request, "usersessions/usersession_list.html", {"sessions": rows})


@permission(signed_in)
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign out on one other device. Somebody else's session is none."""
    found = UserSession.objects.filter(pk=pk, user_id=_own(request)).exclude(session_key=request.session.session_key)
    return _ended(request, found=list(found[:1]), must=True)


@permission(signed_in)
@require_POST
def end_others(request: HttpRequest) -> HttpResponseBase:
    """Sign out everywhere but here."""
    rows = UserSession.objects.filter(user_id=_own(request)).exclude(session_key=request.session.session_key)
    return _ended(request, found=list(rows), must=False)


def _own(request: HttpRequest) -> object:
    actor = actor_of(request)
    assert actor is not None  # the door lets only accounts in
    return actor.actor_id


def _ended(request: HttpRequest, *, found: list[UserSession], must: bool) -> HttpResponseBase:
    if must and not found:
        raise Missing(_("This device is no longer signed in."))
    get_adapter().end_sessions(found)
    if found:
        note("account.session.end", found[0].user, request)
    messages.success(request, _("Signed out there. Whoever uses that device must sign in again."))
    return redirect("usersessions_list")

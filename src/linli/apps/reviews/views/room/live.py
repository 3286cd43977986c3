"""What changes on a device by itself: one small piece of a page, answered 304 while nothing changed.

Every look reads the version first, in one query; an unchanged one ends there. What the hall sees is kept for all
watchers, so that a thousand of them cost one reading a change.
"""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from linli.apps.reviews.models import Duty, Panel
from linli.apps.reviews.queries import room as reads
from linli.apps.reviews.queries.room import Pulse
from linli.apps.reviews.services import room as verbs
from linli.apps.reviews.views.room import boards
from linli.apps.reviews.views.room.access import held, room_of, session_or_404
from linli.kernel.scope import everyone, permission
from linli.kernel.slips.codes import tidy

WATCHING = (Duty.HOST, Duty.TIMEKEEPER, Duty.COUNTER, Duty.SUPERVISOR)
"""Seats that see who is offline: time itself changes their page."""
TICK = 15
KEPT = 120


def _tag(pulse: Pulse, what: str) -> str:
    tick = f".{int(time.time() // TICK)}" if what in WATCHING else ""
    return f'"{pulse.panel.hex[-8:]}.{pulse.version}.{what}.{get_language()}{tick}"'


def _answer(request: HttpRequest, tag: str, draw: Callable[[], str]) -> HttpResponse:
    """304 without a body where the device has this state already, else the piece of the page."""
    sent = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    response = HttpResponse(status=304) if tag in sent else HttpResponse(draw())
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


@require_safe
@permission(everyone)
def screen_now(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What the hall's screen shows now, for everybody who has the code."""
    pulse = reads.pulse(tidy(code), number)
    if pulse is None:
        session_or_404(request, code)
        raise Http404
    tag = _tag(pulse, "screen")

    def draw() -> str:
        drawn = cache.get(f"room{tag}")
        if drawn is None:
            panel = Panel.objects.select_related("session", "current").get(pk=pulse.panel)
            drawn = render_to_string("reviews/room/screen_now.html", boards.screen(panel))
            cache.set(f"room{tag}", drawn, KEPT)
        return str(drawn)

    return _answer(request, tag, draw)


@require_safe
@permission(everyone)
def now(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What this seat's page shows now. A device whose seat was released is told so."""
    seat, device = held(request)
    pulse = reads.pulse(tidy(code), number, seat=seat, device=device)
    if pulse is None:
        session_or_404(request, code)
        raise Http404
    if not pulse.duty:
        return HttpResponse(status=403)
    at = timezone.now()
    if seat is not None and (pulse.seen_at is None or at - pulse.seen_at > reads.LOOKS):
        verbs.mark_seen(seat, at=at)

    def draw() -> str:
        room = room_of(request, code, number)
        if room is None:
            raise Http404
        return render_to_string("reviews/room/now.html", boards.live(room, at=at), request=request)

    return _answer(request, _tag(pulse, pulse.duty), draw)

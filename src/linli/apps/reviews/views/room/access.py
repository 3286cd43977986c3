"""Who knocks at the room: the seat a device holds, kept in a cookie bound to the seat; attempts are counted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import Panel, ReviewSession, Seat, SeatActor
from linli.apps.reviews.queries import room as reads
from linli.apps.reviews.services.room import print_of
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import everyone, permission
from linli.kernel.slips.codes import tidy
from linli.kernel.ui.rates import knock

COOKIE = "linli_seat"
AGE = 3 * 24 * 3600
"""A review lasts some days at most; then the slip opens the seat again."""
NOBODY = _("This device holds no seat in this room any more. Enter with your PIN again.")
TOO_OFTEN = _("Too many attempts came from your network. Wait ten minutes, or ask the host.")


def held(request: HttpRequest) -> tuple[UUID | None, str]:
    """(seat, hash of the device's secret) as the cookie says; (None, "") without a readable one."""
    seat, _dot, secret = request.COOKIES.get(COOKIE, "").partition(".")
    try:
        return UUID(seat), print_of(secret) if secret else ""
    except ValueError:
        return None, ""


def give(response: HttpResponse, request: HttpRequest, session: ReviewSession, seat: Seat, secret: str) -> None:
    """Hand the device its cookie: for this room alone, out of reach of scripts, also over a hall's plain http."""
    response.set_cookie(
        COOKIE,
        f"{seat.pk.hex}.{secret}",
        max_age=AGE,
        path=f"/room/{session.code}/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def session_or_404(request: HttpRequest, code: str) -> ReviewSession:
    """The review whose room it is. A wrong code is counted, so that nobody tries many. Raises Http404, TooMany."""
    session = reads.session_of(tidy(code))
    if session is None:
        knock("room.code", request.META.get("REMOTE_ADDR", ""), limit=60, minutes=10, sentence=TOO_OFTEN)
        raise Http404
    return session


@dataclass(frozen=True)
class Room:
    """Where a device is: session, panel, the seat it holds, and who acts from there."""

    session: ReviewSession
    panel: Panel
    seat: Seat
    actor: SeatActor

    @property
    def address(self) -> str:
        """The page this seat works on."""
        return f"/room/{self.session.code}/{self.panel.position}/"


def room_of(request: HttpRequest, code: str, number: int | None = None) -> Room | None:
    """The seat this device holds and its panel; a judge is always before his own. Two queries."""
    seat, device = held(request)
    found = reads.seat_held(tidy(code), seat=seat, device=device)
    if found is None:
        return None
    panels = reads.panels_of(found.session)
    own = [panel for panel in panels if found.panel_id in (None, panel.pk)]
    panel = next((panel for panel in own if panel.position == number), own[0] if own else None)
    if panel is None:
        return None
    panel.session = found.session
    return Room(found.session, panel, found, SeatActor(found))


View = Callable[..., HttpResponseBase]


def seated(*duties: str) -> Callable[[View], View]:
    """A page for whoever holds a seat of one of ``duties``. Strangers are led to the door, forms are refused."""

    def wrap(view: View) -> View:
        @permission(everyone)
        @wraps(view)
        def door(request: HttpRequest, code: str, *args: Any, number: int | None = None, **kw: Any) -> Any:
            room = room_of(request, code, number)
            if room is None:
                session_or_404(request, code)
                if request.method == "POST":
                    raise NotAllowed(NOBODY, code="no-seat")
                return redirect("reviews:room_door", code=code)
            if duties and room.seat.duty not in duties:
                raise NotAllowed(_("Your seat does not open this page."), code="other-seat")
            response = view(request, room, *args, **kw)
            response.setdefault("Cache-Control", "private, no-store")
            return response

        return door

    return wrap

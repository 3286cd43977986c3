"""The big screen of the hall, and the slips by which seats are taken."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.reviews import queries
from linli.apps.reviews.models import OPEN_SESSIONS, ReviewSession, Seat
from linli.apps.reviews.permissions import tends_reviews
from linli.apps.reviews.queries import room as reads
from linli.apps.reviews.services import room as verbs
from linli.apps.reviews.views.room import boards
from linli.apps.reviews.views.room.access import session_or_404
from linli.kernel.errors import Missing, NotAllowed
from linli.kernel.scope import everyone, permission
from linli.kernel.slips.codes import show
from linli.kernel.ui.acting import me, press


@require_safe
@permission(everyone)
def screen(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Entry, clock, and what was revealed; for a projector, or a phone in the hall that has the code."""
    session = session_or_404(request, code)
    panel = next((one for one in reads.panels_of(session) if one.position == number), None)
    if panel is None:
        raise Http404
    panel.session = session
    return render(request, "reviews/room/screen.html", boards.screen(panel))


def _session(request: HttpRequest, pk: UUID) -> ReviewSession:
    session = get_object_or_404(queries.visible_to(me(request)), pk=pk)
    if not tends_reviews(me(request), session):
        raise NotAllowed(_("Only those who run this review do this."))
    return session


@require_safe
@permission(tends_reviews)
def slips(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The slips of a session: for each seat the room's address and its PIN, to cut and hand out."""
    session = _session(request, pk)
    seats = queries.seats_of(session).filter(left_at__isnull=True).select_related("panel", "key")
    rows = [{"seat": seat, "pin": _shown(seat)} for seat in seats]
    address = request.build_absolute_uri(f"/room/{session.code}/")
    shown = {
        "session": session,
        "rows": rows,
        "address": address,
        "code": show(session.code),
        "panels": reads.panels_of(session),
        "without": sum(1 for row in rows if not row["pin"]),
        "open": session.state in OPEN_SESSIONS,
    }
    response = render(request, "reviews/room/slips.html", shown)
    response["Cache-Control"] = "private, no-store"
    return response


def _shown(seat: Seat) -> str:
    key = getattr(seat, "key", None)
    pin = verbs.pin_of(key) if key else ""
    return f"{pin[:4]} {pin[4:]}".strip()


@require_POST
@permission(tends_reviews)
def issue(request: HttpRequest, pk: UUID) -> HttpResponse:
    """PINs for the seats that have none; or another one for a single seat."""
    session = _session(request, pk)
    wanted = request.POST.get("seat", "")

    def do() -> None:
        if not wanted:
            verbs.issue_pins(session, actor=me(request))
            return
        seat = next((one for one in session.seats.select_related("session") if str(one.pk) == wanted), None)
        if seat is None:
            raise Missing(_("There is no such seat in this review."))
        verbs.renew_pin(seat, actor=me(request))

    return press(request, do, back=f"/desk/reviews/{session.pk}/room/", done=_("The PINs are ready to print."))

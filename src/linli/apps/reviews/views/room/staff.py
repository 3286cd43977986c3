"""The table of each seat, and what host, timekeeper, counter and supervisor press: one button, one verb."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linli.apps.reviews import services
from linli.apps.reviews.models import Duty, Entry, EntryState, Seat, SheetCorrection
from linli.apps.reviews.services import room as seats
from linli.apps.reviews.views.room import boards, judge
from linli.apps.reviews.views.room.access import Room, seated
from linli.kernel.errors import Refusal
from linli.kernel.ui.acting import press

Verb = Callable[[Room, Any], Any]
STAFF = (Duty.HOST, Duty.TIMEKEEPER, Duty.COUNTER, Duty.SUPERVISOR)
READERS = (Duty.COUNTER, Duty.SUPERVISOR)


@require_safe
@seated()
def table(request: HttpRequest, room: Room) -> HttpResponse:
    """The page a seat works on."""
    if room.seat.duty == Duty.JUDGE:
        return judge.desk(request, room)
    if room.seat.duty == Duty.SCREEN:
        return redirect("reviews:room_screen", code=room.session.code, number=room.panel.position)
    return render(request, "reviews/room/console.html", boards.live(room, at=timezone.now()))


@require_safe
@seated(*READERS)
def counting(request: HttpRequest, room: Room) -> HttpResponse:
    """For counter and supervisor: the figures, read before they confirm them."""
    shown = {"room": room, "rows": boards.sheets_shown(room), "duty": room.seat.duty}
    return render(request, "reviews/room/counting.html", shown)


@require_safe
@seated(Duty.SUPERVISOR)
def record(request: HttpRequest, room: Room) -> HttpResponse:
    """For the supervisor: who is recused and why, and every correction with both figures."""
    shown = {
        "room": room,
        "recusals": boards.recusals_shown(room),
        "corrections": boards.corrections_shown(room),
    }
    return render(request, "reviews/room/record.html", shown)


def _entry(room: Room, given: Any) -> Entry:
    rows = Entry.objects.filter(panel=room.panel).select_related("session__rubric", "panel__session")
    return get_object_or_404(rows, pk=_key(given.get("entry", "")))


def _key(text: str) -> str:
    """A key as the database takes it. Raises Http404."""
    if not text.replace("-", "").isalnum() or len(text) not in (32, 36):
        raise Http404
    return text


def _entries(room: Room, given: Any) -> list[Entry]:
    """One entry, or (without one) every collected entry of the panel that can be done now."""
    if given.get("entry"):
        return [_entry(room, given)]
    rows = room.panel.entries.filter(state=EntryState.COLLECTED).select_related("session__rubric", "panel__session")
    return list(rows)


def _confirm(room: Room, given: Any) -> None:
    rows = _entries(room, given)
    if not rows:
        raise Refusal(_("There is nothing to confirm: the sheets are not collected, or are revealed."))
    services.confirm(rows, actor=room.actor)


def _reveal(room: Room, given: Any) -> None:
    rows = [one for one in _entries(room, given) if given.get("entry") or one.is_confirmed]
    if not rows:
        raise Refusal(_("Counter and supervisor confirm the count first, each for himself."))
    services.reveal(rows, actor=room.actor)


def _release(room: Room, given: Any) -> None:
    rows = Seat.objects.filter(session=room.session).select_related("session")
    seats.release(get_object_or_404(rows, pk=_key(given.get("seat", ""))), actor=room.actor)


def _decide(room: Room, given: Any) -> None:
    rows = SheetCorrection.objects.filter(sheet__entry__panel=room.panel)
    row = get_object_or_404(
        rows.select_related("sheet__entry__session__rubric", "sheet__entry__panel", "sheet__seat"),
        pk=_key(given.get("correction", "")),
    )
    agreed = given.get("agreed") == "1"
    (services.approve_correction if agreed else services.refuse_correction)(row, actor=room.actor)


def _ask(room: Room, given: Any) -> None:
    services.log_question(
        _entry(room, given),
        text=given.get("text", ""),
        answer=given.get("answer", ""),
        asked_by=given.get("asked_by", ""),
        actor=room.actor,
    )


def _collect(room: Room, given: Any) -> None:
    reason = given.get("reason", "")
    if given.get("ballots"):
        services.collect_ballots(room.panel, actor=room.actor, reason=reason)
    else:
        services.collect(_entry(room, given), actor=room.actor, reason=reason)


VERBS: dict[str, tuple[Verb, Any]] = {
    "call": (
        lambda room, given: services.call_entry(_entry(room, given), actor=room.actor),
        gettext_lazy("The entry was called; its sheets are open."),
    ),
    "open": (
        lambda room, _given: services.open_panel(room.panel, actor=room.actor),
        gettext_lazy("The sheets of all entries are open."),
    ),
    "clock": (
        lambda room, given: services.run_clock(room.panel, clock=given.get("clock", ""), actor=room.actor),
        None,
    ),
    "pause": (lambda room, _given: services.pause_clock(room.panel, actor=room.actor), None),
    "collect": (_collect, gettext_lazy("Collected. Counter and supervisor confirm now.")),
    "confirm": (_confirm, gettext_lazy("You confirmed the count.")),
    "reveal": (_reveal, gettext_lazy("Revealed.")),
    "second": (
        lambda room, _given: services.second_ballot(room.panel, actor=room.actor),
        gettext_lazy("The second ballot is open."),
    ),
    "draw": (
        lambda room, given: services.draw_lots(room.panel, seed=given.get("seed", ""), actor=room.actor),
        gettext_lazy("The lots are drawn; the order stands."),
    ),
    "release": (_release, gettext_lazy("Released. The PIN opens the seat on another device.")),
    "decide": (_decide, gettext_lazy("Decided; both figures are kept.")),
    "ask": (_ask, gettext_lazy("Written down.")),
}


@require_POST
@seated(*STAFF)
def do(request: HttpRequest, room: Room, verb: str) -> HttpResponse:
    """One verb of the room; a refusal is told on the page it came from."""
    if verb not in VERBS:
        raise Http404
    act, done = VERBS[verb]
    back = request.POST.get("back", "")
    back = room.address + (back if back in ("counting/", "record/") else "")
    if done is not None:
        return press(request, lambda: act(room, request.POST), back=back, done=done)
    try:
        act(room, request.POST)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(back)

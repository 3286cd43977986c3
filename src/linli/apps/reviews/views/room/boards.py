"""What each device of the room shows, read for one seat or for the hall; the hall sees nothing private."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.reviews import queries
from linli.apps.reviews.models import (
    Duty,
    Entry,
    EntryState,
    Mode,
    Panel,
    Recusal,
    RecusalState,
    ReviewQuestion,
    ReviewSession,
    Seat,
    SheetCorrection,
)
from linli.apps.reviews.permissions import collects, counts, keeps_time, logs_questions, runs_the_room, supervises
from linli.apps.reviews.queries import room as reads
from linli.apps.reviews.services.panels import CLOCKS
from linli.apps.reviews.views.room.access import Room

ON_A_SLIDE = 8
"""Lines of the ranking that stand on the screen at once, in figures read from ten metres."""


@dataclass(frozen=True)
class Clock:
    """The clock of a room: ``left`` seconds at ``since`` (milliseconds of the epoch), or standing still."""

    name: str
    left: int
    since: int | None
    shows: int

    @property
    def words(self) -> str:
        """Minutes and seconds; a minus sign when the time is over."""
        sign = "-" if self.shows < 0 else ""
        return f"{sign}{abs(self.shows) // 60:02d}:{abs(self.shows) % 60:02d}"

    @property
    def over(self) -> bool:
        return self.shows < 0

    @property
    def title(self) -> str:
        return {"talk": _("Presentation"), "questions": _("Questions and answers")}.get(self.name, "")


def clock_of(panel: Panel, at: datetime) -> Clock | None:
    """The clock as the panel keeps it; None where none was started for this entry."""
    if panel.clock not in CLOCKS:
        return None
    since = int(panel.clock_from.timestamp() * 1000) if panel.clock_from else None
    return Clock(panel.clock, panel.clock_left, since, panel.seconds_left(at))


def figure_of(entry: Entry, session: ReviewSession) -> str:
    """The final result in a word or figure: nothing before the reveal, never a single mark."""
    if entry.state != EntryState.REVEALED:
        return ""
    if session.mode == Mode.OPINIONS:
        return str(entry.get_verdict_display())
    if session.mode == Mode.VOTE:
        votes = entry.yes_again if entry.ballot == 2 else entry.yes
        return _("%(yes)s of %(all)s votes") % {"yes": votes or 0, "all": entry.counted or 0}
    return str(entry.score if entry.score is not None else "")


def _ranked(session: ReviewSession, panel: Panel) -> list[dict[str, Any]]:
    ranked = session.mode != Mode.OPINIONS
    rows = reads.ranking(session, panel)
    return [
        {"place": one.place if ranked else "", "entry": one.entry, "figure": figure_of(one.entry, session)}
        for one in rows
    ]


def _slides(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), ON_A_SLIDE):
        yield rows[start : start + ON_A_SLIDE]


def screen(panel: Panel, *, at: datetime | None = None) -> dict[str, Any]:
    """What the hall sees: the entry and its clock; once revealed, its result; the ranking of what was revealed."""
    at = at or timezone.now()
    entry = panel.current
    return {
        "session": panel.session,
        "panel": panel,
        "entry": entry,
        "clock": clock_of(panel, at),
        "figure": figure_of(entry, panel.session) if entry else "",
        "slides": list(_slides(_ranked(panel.session, panel))),
    }


def live(room: Room, *, at: datetime) -> dict[str, Any]:
    """What changes by itself on the page of a seat."""
    shown = {"room": room, "clock": clock_of(room.panel, at), "entry": room.panel.current}
    if room.seat.duty == Duty.JUDGE:
        return {**shown, "board": "judge"}
    return {**shown, "board": "console", **_console(room, at)}


def _console(room: Room, at: datetime) -> dict[str, Any]:
    panel, session, actor, entry = room.panel, room.session, room.actor, room.panel.current
    entries = list(panel.entries.exclude(state=EntryState.WITHDRAWN).order_by("position", "number"))
    lines = queries.board(session, entries)
    standing = next((line for line in lines if entry and line.entry.pk == entry.pk), None)
    waiting = [one for one in entries if one.state == EntryState.WAITING]
    vote = session.mode == Mode.VOTE
    return {
        "may": {
            "run": runs_the_room(actor, panel),
            "time": keeps_time(actor, panel),
            "collect": collects(actor, panel),
            "log": logs_questions(actor, panel),
            "count": counts(actor, panel),
            "confirm": counts(actor, panel) or supervises(actor, panel),
            "supervise": supervises(actor, panel),
            "type": room.seat.duty in (Duty.HOST, Duty.COUNTER),
        },
        "panels": reads.panels_of(session) if room.seat.panel_id is None else [],
        "dots": reads.dots(panel, entry, at=at),
        "lines": lines,
        "standing": standing,
        "next": waiting[0] if waiting else None,
        "vote": vote,
        "ballots": _ballots(panel) if vote else None,
        "to_reveal": [one for one in entries if one.state == EntryState.COLLECTED and one.is_confirmed],
        "to_confirm": [one for one in entries if one.state == EntryState.COLLECTED and not one.is_confirmed],
        "can_draw": not panel.drawn_at and len(waiting) == len(entries) and bool(entries),
        "staff": _staff(room, at),
        "questions": list(ReviewQuestion.objects.filter(entry=entry)) if entry else [],
        "asked": SheetCorrection.objects.filter(sheet__entry__panel=panel, state="asked").count(),
    }


def _ballots(panel: Panel) -> dict[str, int]:
    """How many have voted in the present ballot, of how many; never how."""
    judges = queries.judges_of(panel).count()
    return {"done": judges - len(queries.missing_ballots(panel)), "all": judges}


def _staff(room: Room, at: datetime) -> list[dict[str, Any]]:
    """The other devices of the room that hold a seat, so that the host can release one."""
    rows = Seat.objects.filter(session=room.session, left_at__isnull=True).exclude(duty=Duty.JUDGE)
    rows = rows.exclude(pk=room.seat.pk).exclude(key__device="").filter(key__isnull=False).select_related("key")
    return [{"seat": row, "sort": row.key.sort} for row in rows]


def sheets_shown(room: Room) -> list[dict[str, Any]]:
    """For counter and supervisor: every collected entry with its sheets, its score and who has confirmed it."""
    entries = room.panel.entries.filter(state__in=(EntryState.COLLECTED, EntryState.REVEALED))
    by_entry = queries.sheets_by_entry(room.session)
    return [
        {"entry": entry, "sheets": by_entry.get(entry.pk, []), "figure": counted_figure(entry, room.session)}
        for entry in entries.order_by("rank", "position", "number")
    ]


def counted_figure(entry: Entry, session: ReviewSession) -> str:
    """The reckoned result as counter and supervisor read it before the reveal."""
    shown = Entry(score=entry.score, yes=entry.yes, yes_again=entry.yes_again, ballot=entry.ballot)
    shown.counted, shown.verdict, shown.state = entry.counted, entry.verdict, EntryState.REVEALED
    return figure_of(shown, session)


def recusals_shown(room: Room) -> list[Recusal]:
    """The recusals of this panel with their grounds, for the supervisor."""
    rows = Recusal.objects.filter(entry__panel=room.panel, seat__panel=room.panel).select_related("seat", "entry")
    return list(rows.order_by("entry__number", "seat_id"))


def corrections_shown(room: Room) -> list[SheetCorrection]:
    """Every correction of this panel's sheets, what waits first."""
    rows = SheetCorrection.objects.filter(sheet__entry__panel=room.panel).select_related("sheet__entry", "sheet__seat")
    return sorted(rows, key=lambda row: (row.state != "asked", row.asked_at))


def own_marks(room: Room) -> list[dict[str, Any]]:
    """Every entry of the judge's panel with the judge's own sheet, or why there is none."""
    mine = {sheet.entry_id: sheet for sheet in room.seat.sheets.all()}
    return [{"entry": entry, "sheet": mine.get(entry.pk)} for entry in queries.entries_for(room.seat)]


def recusal_of(seat: Seat, entry: Entry) -> Recusal | None:
    """Why this judge does not judge the entry, or None."""
    return Recusal.objects.filter(seat=seat, entry=entry, state=RecusalState.CONFIRMED).first()

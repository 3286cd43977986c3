"""Reads of the room: the version every look asks for first, who holds a seat, how the judges stand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum

from linli.apps.reviews.models import (
    Entry,
    EntryState,
    Panel,
    Recusal,
    RecusalState,
    ReviewSession,
    ScoreSheet,
    Seat,
    SeatPass,
    SessionState,
)
from linli.apps.reviews.queries.sheets import judges_of

GONE_AFTER = timedelta(seconds=45)
"""A device that has not looked for so long is shown as offline."""
LOOKS = timedelta(seconds=20)
"""How often a look of a seat's device is written down."""
SHOWN = (SessionState.PREPARING, SessionState.RUNNING, SessionState.AWAY, SessionState.CLOSED)


@dataclass(frozen=True)
class Pulse:
    """What one look at the room needs to know whether anything changed."""

    panel: UUID
    version: str
    duty: str
    seen_at: datetime | None


def _changes() -> Subquery:
    """All changes of a session's panels: a ranking may run over all of them."""
    panels = Panel.objects.filter(session=OuterRef("session_id")).order_by().values("session_id")
    return Subquery(panels.annotate(total=Sum("changes")).values("total"))


def pulse(code: str, number: int, *, seat: UUID | None = None, device: str = "") -> Pulse | None:
    """The version of a panel's room, and the duty of the seat this device holds ("" for none). One query."""
    rows: QuerySet[Any] = Panel.objects.filter(session__code=code, position=number, session__state__in=SHOWN)
    held = SeatPass.objects.filter(
        seat=seat, device=device, session=OuterRef("session_id"), seat__left_at__isnull=True
    ).exclude(device="")
    rows = rows.annotate(
        total=_changes(),
        duty=Subquery(held.values("seat__duty")[:1]),
        seen=Subquery(held.values("seen_at")[:1]),
    )
    row = rows.values_list("pk", "total", "session__version", "session__state", "duty", "seen").first()
    if row is None:
        return None
    panel, total, version, state, duty, seen_at = row
    return Pulse(panel, f"{total}.{version}.{state}", duty or "", seen_at)


def session_of(code: str) -> ReviewSession | None:
    """The session whose room has this code, unless it was called off. One query."""
    return ReviewSession.objects.filter(code=code, state__in=SHOWN).select_related("place", "rubric").first()


def seat_held(code: str, *, seat: UUID | None, device: str) -> Seat | None:
    """The seat this device holds in the room, with session and panel, or None. One query."""
    if seat is None or not device:
        return None
    rows = Seat.objects.filter(pk=seat, session__code=code, left_at__isnull=True, key__device=device)
    return rows.filter(session__state__in=SHOWN).select_related("session__rubric", "panel__current").first()


def panels_of(session: ReviewSession) -> list[Panel]:
    """The panels of a session in their order, each with the entry that is current. One query."""
    rows = session.panels.select_related("current", "session__rubric").order_by("position", "id")
    return list(rows)


@dataclass(frozen=True)
class Dot:
    """One judge as the host sees him: done, writing, waiting, offline, recused or absent; never a mark."""

    seat: Seat
    state: str
    held: bool
    sort: str


def dots(panel: Panel, entry: Entry | None, *, at: datetime) -> list[Dot]:
    """How the judges of a panel stand towards an entry. One query."""
    sheets = ScoreSheet.objects.filter(seat=OuterRef("pk"), entry=entry)
    recused = Recusal.objects.filter(seat=OuterRef("pk"), entry=entry, state=RecusalState.CONFIRMED)
    rows: QuerySet[Any] = judges_of(panel).select_related("key")
    rows = rows.annotate(
        done=Exists(sheets.filter(handed_in_at__isnull=False)), begun=Exists(sheets), blank=Exists(recused)
    )
    return [_dot(row, at) for row in rows]


def _dot(row: Any, at: datetime) -> Dot:
    key: SeatPass | None = getattr(row, "key", None)
    if key is None or not key.device:
        key = None
    held = key is not None
    there = key is not None and key.seen_at is not None and at - key.seen_at < GONE_AFTER
    if row.blank:
        state = "recused"
    elif row.done:
        state = "done"
    elif not held:
        state = "absent"
    elif not there:
        state = "offline"
    else:
        state = "writing" if row.begun else "waiting"
    return Dot(row, state, held, key.sort if key is not None else "")


@dataclass(frozen=True)
class Place:
    """One line of the ranking the hall sees: places are counted among what was revealed alone."""

    place: int
    entry: Entry


def ranking(session: ReviewSession, panel: Panel) -> list[Place]:
    """What was revealed, best first; nothing hidden shows through a gap in the places. One query."""
    rows = Entry.objects.filter(session=session, state=EntryState.REVEALED)
    if not session.ranks_across:
        rows = rows.filter(panel=panel)
    entries = list(rows.order_by("rank", "number"))
    ranks = [entry.rank for entry in entries]
    return [Place(1 + sum(1 for one in ranks if (one or 0) < (entry.rank or 0)), entry) for entry in entries]

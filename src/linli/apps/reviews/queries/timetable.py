"""Reads of a timetable: units and their entries, judges, who must not hear what, the arrangement as it stands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from linli.algorithms.panels import Group, Task, Unit
from linli.apps.reviews.models import (
    Conditions,
    Duty,
    Entry,
    EntryParty,
    EntryState,
    Panel,
    PanelSlot,
    RecusalState,
    ReviewSession,
    Seat,
    SessionState,
    Timetable,
    Wish,
)
from linli.apps.reviews.queries.ties import recusals_of, ties_found

Where = tuple[UUID, date]
"""A panel (its key) and a day."""
Arrangement = dict[Where, list[UUID]]
"""The entries (their keys) before each panel on each day, in their order."""


@dataclass(frozen=True)
class UnitOf:
    """The unit an entry comes from: the first of its parties, else the entry itself; or its part before a panel."""

    key: str
    label: str
    panel: str = ""

    @property
    def told(self) -> str:
        """The name in a sentence: with its panel where it is the part of a unit that stands there."""
        return f"{self.label}（{self.panel}）" if self.panel else self.label


@dataclass(frozen=True)
class Apart:
    """Why a judge should not judge an entry; ``settled`` where that is decided and the row is blank."""

    fact: str
    settled: bool


@dataclass(frozen=True)
class Reading:
    """Everything a timetable is made from."""

    session: ReviewSession
    timetable: Timetable | None
    panels: list[Panel]
    judges: dict[UUID | None, list[Seat]]
    entries: dict[UUID, Entry]
    units: dict[UUID, UnitOf]
    apart: dict[UUID, dict[str, Apart]]
    slots: list[PanelSlot]

    @property
    def arrangement(self) -> Arrangement:
        """Which entry stands where, as it is now; withdrawn ones do not."""
        found: Arrangement = defaultdict(list)
        for slot in self.slots:
            if slot.entry_id is not None and slot.entry_id in self.entries:
                found[slot.panel_id, slot.day].append(slot.entry_id)
        return dict(found)

    @property
    def unplaced(self) -> list[Entry]:
        """Entries without a slot."""
        placed = {slot.entry_id for slot in self.slots}
        return [entry for entry in self.entries.values() if entry.pk not in placed]

    @property
    def by_unit(self) -> dict[str, list[UUID]]:
        """Unit → its entries, in the order of their numbers."""
        found: dict[str, list[UUID]] = defaultdict(list)
        for entry in sorted(self.entries.values(), key=lambda one: one.number):
            found[self.units[entry.pk].key].append(entry.pk)
        return dict(found)

    @property
    def labels(self) -> dict[str, str]:
        """Unit → its name."""
        return {unit.key: unit.told for unit in self.units.values()}


def judge_key(seat: Seat) -> str:
    """The same for one person in two panels: by the pool, else by the account."""
    if seat.expert_id is not None:
        return f"expert:{seat.expert_id}"
    return f"user:{seat.user_id}" if seat.user_id is not None else f"seat:{seat.pk}"


def read_timetable(session: ReviewSession, *, ties: bool | None = None) -> Reading:
    """All of it, in a fixed number of queries; ``ties`` are looked for in preparation, unless said."""
    ties = session.state == SessionState.PREPARING if ties is None else ties
    entries = session.entries.exclude(state=EntryState.WITHDRAWN).select_related("panel").order_by("number")
    found = {entry.pk: entry for entry in entries}
    judges: dict[UUID | None, list[Seat]] = defaultdict(list)
    for seat in Seat.objects.filter(session=session, duty=Duty.JUDGE, left_at__isnull=True).order_by("id"):
        judges[seat.panel_id].append(seat)
    seats = [seat for one in judges.values() for seat in one]
    return Reading(
        session,
        Timetable.objects.filter(session=session).first(),
        list(session.panels.order_by("position", "id")),
        dict(judges),
        found,
        units_of(found.values()),
        kept_apart(session, seats) if ties else {},
        list(PanelSlot.objects.filter(panel__session=session).order_by("day", "starts", "id")),
    )


def units_of(entries: Iterable[Entry]) -> dict[UUID, UnitOf]:
    """Entry → its unit. One query."""
    by_key = {entry.pk: entry for entry in entries}
    first: dict[UUID, UnitOf] = {}
    for row in EntryParty.objects.filter(entry__in=list(by_key)).order_by("id"):
        first.setdefault(row.entry_id, UnitOf(f"{row.ref_kind}:{row.ref_id}", row.label or by_key[row.entry_id].title))
    return {key: first.get(key, UnitOf(f"entry:{key}", entry.title)) for key, entry in by_key.items()}


def kept_apart(session: ReviewSession, seats: Sequence[Seat]) -> dict[UUID, dict[str, Apart]]:
    """Entry → judge → why not: every tie the house finds before any panel, and what was declared or confirmed;
    what was dismissed is gone."""
    by_seat = {seat.pk: seat for seat in seats}
    found: dict[UUID, dict[str, Apart]] = defaultdict(dict)
    for (seat, entry), tie in ties_found(session, on=session.first_day, anywhere=True).items():
        found[entry][judge_key(by_seat[seat])] = Apart(tie.fact, settled=False)
    for row in recusals_of(session).order_by("id"):
        key = judge_key(row.seat)
        if row.state == RecusalState.DISMISSED:
            found[row.entry_id].pop(key, None)
        else:
            found[row.entry_id][key] = Apart(row.fact, settled=row.state == RecusalState.CONFIRMED)
    return dict(found)


def parted(reading: Reading, asked: Conditions) -> tuple[Reading, Conditions]:
    """Both as they are; where projects keep their panels, each unit in one part a panel, bound to it, and the wishes of
    the unit for each of its parts. A wish that names a panel goes before the bond."""
    if not asked.keep_panels:
        return reading, asked
    units, wishes = dict(reading.units), {}
    said = {one.unit: one for one in asked.wishes}
    for key, entry in reading.entries.items():
        if entry.panel is not None:
            whole = reading.units[key]
            part = UnitOf(f"{whole.key}@{entry.panel_id}", whole.label, entry.panel.name)
            wish = said.get(whole.key, Wish(whole.key))
            wishes[part.key] = replace(wish, unit=part.key, panel=wish.panel or str(entry.panel_id))
            units[key] = part
    left = {unit.key for unit in units.values()}
    free = [one for one in asked.wishes if one.unit in left]
    return replace(reading, units=units), replace(asked, wishes=(*wishes.values(), *free))


def task_of(reading: Reading, asked: Conditions, *, longest: int, settled: bool = False) -> Task:
    """What the planning is asked: units with their projects, panels with their judges, open recusals and wishes;
    those that are confirmed too, where ``settled`` says so."""
    wishes = {one.unit: one for one in asked.wishes}
    present = {judge_key(seat) for seats in reading.judges.values() for seat in seats}
    units = []
    for key, entries in reading.by_unit.items():
        wish = wishes.get(key)
        apart = {
            judge
            for entry in entries
            for judge, why in reading.apart.get(entry, {}).items()
            if settled or not why.settled
        }
        group = wish.panel if wish else None
        days = frozenset([wish.day]) if wish and wish.day else frozenset[int]()
        units.append(Unit(key, len(entries), frozenset(apart & present), group, days))
    groups = [
        Group(str(panel.pk), tuple(judge_key(seat) for seat in reading.judges.get(panel.pk, ())))
        for panel in reading.panels
    ]
    return Task(tuple(units), tuple(groups), len(asked.days), asked.minutes, asked.change_over, longest)

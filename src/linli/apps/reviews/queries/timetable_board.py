"""The timetable as a page shows it: days, panels as columns, units as blocks; what is wrong with it, in words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import combinations, groupby
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.apps.reviews.models import Conditions, Entry, Panel, PanelSlot, clock_of, minutes_of
from linli.apps.reviews.queries.timetable import Reading, UnitOf, judge_key, parted


@dataclass(frozen=True)
class Item:
    """One slot: an entry with its number in the column (from 1), or a break without one."""

    starts: time
    ends: time
    entry: Entry | None
    title: str
    place: int = 0


@dataclass(frozen=True)
class Run:
    """Entries of one unit that follow each other, or one break (``unit`` is None)."""

    unit: UnitOf | None
    items: list[Item]

    @property
    def first(self) -> Item:
        """Where it begins."""
        return self.items[0]


@dataclass(frozen=True)
class Column:
    """One panel on one day; ``minutes`` of projects and change-overs and ``ends`` are its load."""

    panel: Panel
    day: date
    judges: str
    runs: list[Run]
    minutes: int
    ends: time | None
    is_over: bool

    @property
    def count(self) -> int:
        """How many projects."""
        return sum(1 for item in self.items if item.entry is not None)

    @property
    def items(self) -> list[Item]:
        """All its lines, one after the other."""
        return [item for run in self.runs for item in run.items]


@dataclass(frozen=True)
class Warned:
    """One sentence; ``entries`` (their keys) get a red edge."""

    kind: str
    text: str
    entries: frozenset[UUID] = frozenset()

    @property
    def key(self) -> tuple[str, frozenset[UUID], str]:
        """The same for the same trouble at another time of day."""
        return self.kind, self.entries, "" if self.entries else self.text


@dataclass(frozen=True)
class Board:
    """Everything the page shows of the timetable."""

    days: list[tuple[date, list[Column]]]
    unplaced: list[Entry]
    warnings: list[Warned]

    @property
    def marked(self) -> frozenset[UUID]:
        """Entries with something wrong."""
        return frozenset(key for one in self.warnings for key in one.entries)

    @property
    def columns(self) -> list[Column]:
        """All panels on all days."""
        return [column for _day, columns in self.days for column in columns]


def board_of(reading: Reading) -> Board:
    """The timetable as it stands. No query."""
    asked = None
    if reading.timetable and reading.timetable.is_planned:
        reading, asked = parted(reading, reading.timetable.asked)
    days = sorted({*(asked.days if asked else ()), *(slot.day for slot in reading.slots)})
    by_place: dict[tuple[UUID, date], list[PanelSlot]] = defaultdict(list)
    for slot in reading.slots:
        if slot.entry_id is None or slot.entry_id in reading.entries:
            by_place[slot.panel_id, slot.day].append(slot)
    shown = [
        (day, [_column(reading, panel, day, by_place[panel.pk, day], asked) for panel in reading.panels])
        for day in days
    ]
    board = Board(shown, reading.unplaced, [])
    return Board(shown, board.unplaced, list(warnings_of(reading, board, asked)))


def _column(reading: Reading, panel: Panel, day: date, slots: Sequence[PanelSlot], asked: Conditions | None) -> Column:
    closes, change_over = (asked.closes, asked.change_over) if asked else (None, 0)
    items, place = [], 0
    for slot in slots:
        place += slot.entry_id is not None
        items.append(
            Item(
                slot.starts,
                clock_of(minutes_of(slot.starts) + slot.minutes),
                reading.entries[slot.entry_id] if slot.entry_id else None,
                slot.title,
                place if slot.entry_id else 0,
            )
        )
    runs = [
        Run(unit, list(rows))
        for unit, rows in groupby(items, key=lambda item: reading.units[item.entry.pk] if item.entry else None)
    ]
    ends = max((item.ends for item in items), default=None)
    judges = "、".join(seat.name for seat in reading.judges.get(panel.pk, ()))
    units = {run.unit.key for run in runs if run.unit}
    minutes = sum(slot.minutes for slot in slots if slot.entry_id is not None) + len(units) * change_over
    return Column(panel, day, judges, runs, minutes, ends, bool(ends and closes and ends > closes))


def told_day(day: date) -> str:
    """A day as a sentence names it."""
    return date_format(day, "MONTH_DAY_FORMAT")


def warnings_of(reading: Reading, board: Board, asked: Conditions | None) -> Iterator[Warned]:
    """Late days, split units, judges who should not hear an entry, judges in two rooms at once, broken wishes."""
    for column in board.columns:
        if column.is_over and column.ends and asked:
            text = _("%(panel)s ends on %(day)s at %(ends)s, after %(closes)s.") % {
                "panel": column.panel.name, "day": told_day(column.day), "ends": f"{column.ends:%H:%M}",
                "closes": f"{asked.closes:%H:%M}",
            }  # fmt: skip
            last = next(item.entry for item in reversed(column.items) if item.entry)
            yield Warned("late", text, frozenset([last.pk]))
    yield from _split(reading, board)
    yield from _apart(reading, board)
    yield from _twice(reading, board)
    if asked is not None:
        yield from _wishes(reading, board, asked)


def _split(reading: Reading, board: Board) -> Iterator[Warned]:
    runs: dict[str, list[tuple[Column, Run]]] = defaultdict(list)
    for column in board.columns:
        for run in column.runs:
            if run.unit is not None:
                runs[run.unit.key].append((column, run))
    for key, there in runs.items():
        if len(_together(there)) > 1:
            places = "、".join(f"{told_day(one.day)} {one.panel.name} {run.first.starts:%H:%M}" for one, run in there)
            entries = frozenset(item.entry.pk for _column, run in there for item in run.items if item.entry)
            text = _("“%(unit)s” is split: its projects stand at %(places)s.") % {
                "unit": reading.labels[key], "places": places,
            }  # fmt: skip
            yield Warned("split", text, entries)


def _together(there: Sequence[tuple[Column, Run]]) -> list[Run]:
    """The runs of one unit; two with nothing but a break between them are one."""
    parts: list[Run] = []
    before: tuple[Column, int] | None = None
    for column, run in there:
        places = [item.place for item in run.items]
        if before is None or before[0] is not column or before[1] != places[0] - 1:
            parts.append(run)
        before = (column, places[-1])
    return parts


def _apart(reading: Reading, board: Board) -> Iterator[Warned]:
    for column in board.columns:
        seats = {judge_key(seat): seat for seat in reading.judges.get(column.panel.pk, ())}
        open_ones: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in (item.entry for item in column.items if item.entry):
            for judge, why in reading.apart.get(entry.pk, {}).items():
                if judge in seats and not why.settled:
                    open_ones[judge, why.fact].append(entry)
        for (judge, fact), entries in open_ones.items():
            titles = "”“".join(entry.title for entry in entries)
            text = _("%(judge)s should not judge “%(entry)s”: %(fact)s. The recusal is not decided.") % {
                "judge": seats[judge].name, "entry": titles, "fact": fact,
            }  # fmt: skip
            yield Warned("recusal", text, frozenset(entry.pk for entry in entries))


def _twice(reading: Reading, board: Board) -> Iterator[Warned]:
    for _day, columns in board.days:
        for one, other in combinations([column for column in columns if column.count], 2):
            if not _overlap(one, other):
                continue
            here = {judge_key(seat): seat for seat in reading.judges.get(one.panel.pk, ())}
            for seat in reading.judges.get(other.panel.pk, ()):
                if judge_key(seat) in here:
                    text = _("%(judge)s sits in %(one)s and in %(other)s at the same time on %(day)s.") % {
                        "judge": seat.name, "one": one.panel.name, "other": other.panel.name, "day": told_day(one.day),
                    }  # fmt: skip
                    yield Warned("twice", text)


def _overlap(one: Column, other: Column) -> bool:
    """Whether a project of one runs while a project of the other does."""
    spans = [[(item.starts, item.ends) for item in column.items if item.entry] for column in (one, other)]
    return any(
        start < other_end and other_start < end for start, end in spans[0] for other_start, other_end in spans[1]
    )


def _wishes(reading: Reading, board: Board, asked: Conditions) -> Iterator[Warned]:
    wishes = {wish.unit: wish for wish in asked.wishes}
    names = {str(panel.pk): panel.name for panel in reading.panels}
    for column in board.columns:
        for run in column.runs:
            wish = wishes.get(run.unit.key) if run.unit else None
            if wish is None or run.unit is None:
                continue
            broken = []
            if wish.day is not None and asked.days[wish.day - 1] != column.day:
                broken.append(_("only on %(day)s") % {"day": told_day(asked.days[wish.day - 1])})
            if wish.panel in names and wish.panel != str(column.panel.pk):
                broken.append(_("only before %(panel)s") % {"panel": names[wish.panel]})
            for sentence in broken:
                text = _("The wish of “%(unit)s” is broken: %(wish)s.") % {"unit": run.unit.told, "wish": sentence}
                yield Warned("wish", text, frozenset(item.entry.pk for item in run.items if item.entry))


def told_clash(reading: Reading) -> list[str]:
    """The demands of the last planning that cannot be met together, each as a sentence."""
    timetable = reading.timetable
    if timetable is None:
        return []
    reading, asked = parted(reading, timetable.wanted)
    judges = {judge_key(seat): seat.name for seats in reading.judges.values() for seat in seats}
    panels = {str(panel.pk): panel.name for panel in reading.panels}
    return [_told(one, reading, asked, judges, panels) for one in timetable.clash]


def _told(
    demand: dict[str, str], reading: Reading, asked: Conditions, judges: dict[str, str], panels: dict[str, str]
) -> str:
    kind, value, unit = demand["kind"], demand["value"], reading.labels.get(demand["unit"], "")
    if kind == "not_with":
        facts = [
            reading.apart[entry][value].fact
            for entry in reading.by_unit.get(demand["unit"], ())
            if value in reading.apart.get(entry, {})
        ]
        words = {"unit": unit, "judge": judges.get(value, ""), "fact": facts[0] if facts else ""}
        return _("“%(unit)s” does not come before %(judge)s (%(fact)s).") % words
    if kind == "group":
        return _("“%(unit)s” comes only before %(panel)s.") % {"unit": unit, "panel": panels.get(value, "")}
    if kind == "days":
        days = [told_day(asked.days[int(one) - 1]) for one in value.split(",") if 0 < int(one) <= len(asked.days)]
        return _("“%(unit)s” comes only on %(day)s.") % {"unit": unit, "day": "、".join(days)}
    if kind == "not_before":
        return _("“%(unit)s” comes not before %(time)s.") % {"unit": unit, "time": value}
    if kind == "closes":
        return _("The day ends at %(time)s.") % {"time": value}
    return _("A panel has %(minutes)s minutes a day.") % {"minutes": int(value) - asked.change_over}

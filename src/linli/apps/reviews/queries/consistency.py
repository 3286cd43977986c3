"""How the judges of a closed session agree, for organizer and supervisor: about marks, beside the official score."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from linli.algorithms.calibration import Marks, concordance, fit, leave_one_out, rank_intervals, ranks, spreads
from linli.apps.reviews.models import Entry, EntryState, ReviewSession, ScoreSheet

LEAST = 2
"""Judges and entries below which there is nothing to compare."""


@dataclass(frozen=True)
class JudgeLine:
    """Marks of one judge: ``strict`` points below an average judge, ``spread`` of the marks, how many ranks change
    by at most how much without this judge."""

    name: str
    count: int
    strict: Decimal
    spread: Decimal | None
    changed: int
    furthest: int


@dataclass(frozen=True)
class EntryLine:
    """One entry: the official score and rank, the score as by a judge of average strictness, and its 90 % ranks."""

    entry: Entry
    even: Decimal
    even_rank: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Consistency:
    """``w`` is Kendall's W from 0 to 1, None where judges cannot be compared; ``parts`` > 1: panels share no judge."""

    judges: tuple[JudgeLine, ...]
    entries: tuple[EntryLine, ...]
    w: Decimal | None
    parts: int


def consistency_of(session: ReviewSession) -> Consistency | None:
    """The report of a session's revealed marks; None where there are too few. One query, some milliseconds of sums."""
    sheets = ScoreSheet.objects.filter(
        entry__session=session, entry__state=EntryState.REVEALED, handed_in_at__isnull=False, total__isnull=False
    ).select_related("seat", "entry__panel")
    rows = list(sheets.order_by("entry__number", "seat__name", "seat__id"))
    people: dict[Any, str] = {}
    entries: dict[Any, Entry] = {}
    for row in rows:
        people.setdefault(row.seat.expert_id or row.seat_id, row.seat.name)
        entries.setdefault(row.entry_id, row.entry)
    if len(people) < LEAST or len(entries) < LEAST:
        return None
    marks, entry_keys, judge_keys = Marks.of(
        (row.entry_id, row.seat.expert_id or row.seat_id, float(row.total or 0)) for row in rows
    )
    found, intervals = fit(marks), rank_intervals(marks)
    placed, apart, left = ranks(found.entry), spreads(marks), leave_one_out(marks)
    counts = marks.counts()[1]
    judges = [
        JudgeLine(
            people[key], int(counts[place]), _two(-float(found.judge[place])), _maybe(apart[place]),
            left[place].changed, left[place].furthest,
        )
        for place, key in enumerate(judge_keys)
    ]  # fmt: skip
    lines = [
        EntryLine(
            entries[key], _two(float(found.entry[place])), placed[place],
            None if intervals is None else int(intervals.low[place]),
            None if intervals is None else int(intervals.high[place]),
        )
        for place, key in enumerate(entry_keys)
    ]  # fmt: skip
    agreed = concordance(marks)
    return Consistency(
        tuple(judges),
        tuple(sorted(lines, key=lambda line: line.even_rank)),
        _maybe(agreed),
        1 + int(marks.parts().max()),
    )


def _two(value: float) -> Decimal:
    return Decimal(f"{value:.2f}") + 0


def _maybe(value: float | None) -> Decimal | None:
    return None if value is None else _two(value)

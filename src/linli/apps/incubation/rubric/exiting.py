"""The way out of the center (D18): three calendar months in a row below the line; every step told with its month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _


class Taken(StrEnum):
    """How a month is taken."""

    BELOW = "below"
    SAFE = "safe"
    LEAVE = "leave"
    BEFORE = "before"
    OPEN = "open"


class Leave(StrEnum):
    """What a month of approved leave does to the months before it; the setting is data, in Chinese."""

    PAUSES = "暂停计算"
    BREAKS = "重新计算"


class Outcome(StrEnum):
    """What follows from a month."""

    NOTHING = "nothing"
    WARN_ONCE = "warn_once"
    WARN_TWICE = "warn_twice"
    PROPOSE_EXIT = "propose_exit"


@dataclass(frozen=True)
class MonthFact:
    """One month: its final total (None: no sheet is final), whether leave was approved, the line it was settled by."""

    month: date
    total: Decimal | None = None
    on_leave: bool = False
    line: Decimal | None = None


@dataclass(frozen=True)
class Step:
    """One month of the story: how it is taken, how many in a row it makes, what follows, and the sentence."""

    month: date
    total: Decimal | None
    taken: Taken
    row: int
    outcome: Outcome
    sentence: str


@dataclass(frozen=True)
class Course:
    """All months in order, and where the last one leaves the organization."""

    steps: tuple[Step, ...]
    months: tuple[date, ...]
    """The months below the line that stand in a row at the end."""

    @property
    def outcome(self) -> Outcome:
        """What follows from the last month that counts: leave keeps it, an open month gives nothing yet."""
        return OUTCOMES.get(min(len(self.months), max(OUTCOMES)), Outcome.NOTHING)


OUTCOMES: Mapping[int, Outcome] = {1: Outcome.WARN_ONCE, 2: Outcome.WARN_TWICE, 3: Outcome.PROPOSE_EXIT}
"""So many months in a row → what follows; more are like three."""


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def course_of(facts: Iterable[MonthFact], *, line: Decimal, joined_on: date, leave: Leave = Leave.PAUSES) -> Course:
    """Walk the months from the first to the last fact, none left out.

    Below ``line`` (or the line the month was settled by) counts, the line itself is safe.
    A month that began before ``joined_on`` does not count. Leave pauses
    (the row goes on after it) or breaks it. A month without a final sheet breaks the row: nobody is told to leave on
    what was never scored.
    """
    known = {one.month: one for one in facts}
    steps: list[Step] = []
    row: list[date] = []
    month, last = min(known, default=None), max(known, default=None)
    while month is not None and last is not None and month <= last:
        fact = known.get(month, MonthFact(month))
        limit = line if fact.line is None else fact.line
        taken = _taken(fact, limit, joined_on)
        row = _row(row, month, taken, leave)
        outcome = OUTCOMES[min(len(row), max(OUTCOMES))] if taken == Taken.BELOW else Outcome.NOTHING
        steps.append(Step(month, fact.total, taken, len(row), outcome, _told(fact, taken, len(row), limit, leave)))
        month = next_month(month)
    return Course(tuple(steps), tuple(row))


def _taken(fact: MonthFact, line: Decimal, joined_on: date) -> Taken:
    if fact.month < joined_on:
        return Taken.BEFORE
    if fact.on_leave:
        return Taken.LEAVE
    if fact.total is None:
        return Taken.OPEN
    return Taken.BELOW if fact.total < line else Taken.SAFE


def _row(row: list[date], month: date, taken: Taken, leave: Leave) -> list[date]:
    if taken == Taken.BELOW:
        return [*row, month]
    return row if taken == Taken.LEAVE and leave == Leave.PAUSES else []


def _told(fact: MonthFact, taken: Taken, row: int, line: Decimal, leave: Leave) -> str:
    words = {"total": fact.total, "line": line, "row": row}
    if taken == Taken.BELOW:
        return _("%(total)s points, below %(line)s: month %(row)d in a row.") % words
    if taken == Taken.SAFE:
        return _("%(total)s points, not below %(line)s: nothing counts any more.") % words
    if taken == Taken.BEFORE:
        return _("Before it joined, or the month it joined in: not counted.")
    if taken == Taken.OPEN:
        return _("No final sheet: nothing counts any more.")
    if leave == Leave.PAUSES:
        return _("Approved leave: not counted; %(row)d in a row stand as before.") % words
    return _("Approved leave: not counted, and nothing counts any more.")

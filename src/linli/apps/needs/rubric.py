"""How the three rates are reckoned: the published formula, version by version; pure arithmetic over single matters."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
ALL = Decimal(100)


@dataclass(frozen=True)
class Formula:
    """One version of the formula. It holds for matters received from ``since`` on, until a later version.

    ``acceptable_counts``: whether "acceptable" counts as satisfied. Source: rules §4, weights and exact formulas of
    the cities were not found; this is the suggested one, each street publishes it beside its figures.
    """

    version: int
    since: date
    acceptable_counts: bool


FORMULAS = (Formula(version=1, since=date(2000, 1, 1), acceptable_counts=False),)


def formula_of(day: date) -> Formula:
    """The formula for matters received on ``day``."""
    return max((one for one in FORMULAS if one.since <= day), key=lambda one: one.version)


@dataclass(frozen=True)
class Matter:
    """What counts of one matter, as it was known at a moment.

    ``official``: it came as a ticket of 12345, and only what 12345 heard when it called back is a verdict; otherwise
    the verdicts are our own (自测). ``asked``: somebody asked the resident; ``reached``: he was reached then.
    """

    received_on: date
    official: bool = False
    left_out: bool = False
    contact_due: datetime | None = None
    contacted_at: datetime | None = None
    due: datetime | None = None
    done_at: datetime | None = None
    asked: bool = False
    reached: bool = False
    solved: bool | None = None
    satisfied: str = ""
    reopened: bool = False
    level: str = ""


@dataclass(frozen=True)
class Tally:
    """Counts of matters; the three rates are quotients of them, so that tallies add up."""

    received: int = 0
    left_out: int = 0
    assessed: int = 0
    answerable: int = 0
    contacted: int = 0
    asked: int = 0
    solved: int = 0
    unsolved: int = 0
    satisfied: int = 0
    rated: int = 0
    done: int = 0
    late: int = 0
    reopened: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def response(self) -> Decimal | None:
        """响应率 in per cent: contacted in time ÷ what had to be; None where nothing had to be."""
        return percent(self.contacted, self.answerable)

    @property
    def solution(self) -> Decimal | None:
        """解决率 in per cent: solved ÷ (solved + not solved)."""
        return percent(self.solved, self.solved + self.unsolved)

    @property
    def satisfaction(self) -> Decimal | None:
        """满意率 in per cent: satisfied ÷ rated."""
        return percent(self.satisfied, self.rated)


COUNTS = tuple(one.name for one in fields(Tally))


def percent(part: int, whole: int) -> Decimal | None:
    """``part`` of ``whole`` in per cent with one decimal, half up; None without a whole."""
    return (ALL * part / whole).quantize(TENTH, ROUND_HALF_UP) if whole else None


def tally(matter: Matter, *, at: datetime) -> Tally:
    """What one matter adds to the counts at the moment ``at``.

    Left out (joined to another, withdrawn, excluded with a reason) it counts as received and in no rate. A contact
    that is not due yet and was not made is in no rate either. A ticket's response is what 12345 heard: of those
    called back, who was reached by us; an own matter's is the first contact within its clock.
    """
    if matter.left_out:
        return Tally(received=1, left_out=1)
    rule = formula_of(matter.received_on)
    content = ("satisfied", "acceptable") if rule.acceptable_counts else ("satisfied",)
    in_time, counts = _contact(matter, at)
    return Tally(
        received=1,
        assessed=1,
        answerable=int(counts),
        contacted=int(in_time),
        asked=int(matter.asked),
        solved=int(matter.solved is True),
        unsolved=int(matter.solved is False),
        satisfied=int(matter.satisfied in content),
        rated=int(matter.satisfied != ""),
        done=int(matter.done_at is not None),
        late=int(_late(matter, at)),
        reopened=int(matter.reopened),
    )


def _contact(matter: Matter, at: datetime) -> tuple[bool, bool]:
    """Whether contact was in time, and whether the matter counts for it."""
    if matter.official:
        return matter.asked and matter.reached, matter.asked
    if matter.contact_due is None:
        return False, False
    made = matter.contacted_at
    in_time = made is not None and made <= matter.contact_due
    return in_time, in_time or made is not None or matter.contact_due < at


def _late(matter: Matter, at: datetime) -> bool:
    return matter.due is not None and (matter.done_at or at) > matter.due


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies; nothing where there are none."""
    found = Tally()
    for one in tallies:
        found += one
    return found

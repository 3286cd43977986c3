"""What a rule decided on votes, and of each project why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from linli.algorithms.allocation.elections import Election


class Why(StrEnum):
    """Why a project is among the winners, or is not. The figures of each stand beside it."""

    RANKED = "ranked"
    """Greedy took it in its turn: ``place``, ``score`` (votes, votes per unit, or points per unit), ``left``."""
    NO_ROOM = "no_room"
    """Greedy found less money left than it costs: ``place``, ``score``, ``left``, ``missing``."""
    BOUGHT = "bought"
    """Its supporters paid: ``turn``, ``each`` (the most any of them paid), ``payers``."""
    FREE = "free"
    """It costs nothing and has supporters."""
    UNAFFORDABLE = "unaffordable"
    """Its supporters had less money left than it costs: ``held``, ``missing``."""
    NO_SUPPORT = "no_support"
    """Nobody supports it."""
    EARLIEST = "earliest"
    """Its supporters had saved enough first (Phragmén): ``turn``, ``saved`` (what each had saved by then)."""
    STOPPED = "stopped"
    """The rule had stopped before its turn, at a project that did not fit: ``left``."""
    ABOVE_BUDGET = "above_budget"
    """It alone costs more than the whole budget: ``missing``."""


@dataclass(frozen=True)
class Verdict:
    """One project's reason and the figures of its sentence; amounts in the currency's unit, exact."""

    project: str
    won: bool
    why: Why
    figures: Mapping[str, int | Fraction]


@dataclass(frozen=True)
class Outcome:
    """The winners in the order they were chosen (as numbers); why is worked out only when it is asked for."""

    election: Election
    chosen: tuple[int, ...]
    explain: Callable[[], Mapping[int, Verdict]]

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """A verdict for every project, in the order of ids."""
        found = self.explain()
        return tuple(found[one] for one in range(len(self.election.ids)))

    @property
    def winners(self) -> list[str]:
        """The winners' ids, sorted as text."""
        return [self.election.ids[one] for one in sorted(self.chosen)]

    @property
    def cost(self) -> Fraction:
        """What the winners cost, in the currency's unit."""
        return self.election.money(self.election.cost_of(self.chosen))


def verdict(election: Election, project: int, why: Why, *, won: bool, **figures: int | Fraction) -> Verdict:
    """The verdict on a project by its number."""
    return Verdict(election.ids[project], won, why, figures)

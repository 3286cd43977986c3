"""Greedy: projects by satisfaction per cost, the best first; one that does not fit is skipped."""

from collections.abc import Callable, Collection
from enum import StrEnum
from fractions import Fraction

from linli.algorithms.allocation.elections import Election
from linli.algorithms.allocation.outcomes import Outcome, Verdict, Why, verdict


class Utility(StrEnum):
    """What satisfies a voter: the cost of the funded projects they support, their number, or the points given."""

    COST = "cost"
    CARDINALITY = "cardinality"
    POINTS = "points"


def check_utility(election: Election, utility: Utility) -> None:
    """Raises ValueError where points are asked of ballots that have none."""
    if utility is Utility.POINTS and election.points is None:
        raise ValueError("expected ballots with points for the utility 'points'")


def greedy(election: Election, *, utility: Utility = Utility.COST) -> Outcome:
    """The winners of the greedy rule; exact, ties to the smallest id as text. Raises ValueError as check_utility."""
    check_utility(election, utility)
    taken, explain = completed(election, (), utility)
    return Outcome(election, taken, explain)


def completed(
    election: Election, chosen: tuple[int, ...], utility: Utility
) -> tuple[tuple[int, ...], Callable[[], dict[int, Verdict]]]:
    """Spend what ``chosen`` leaves on the others, greedily. Returns all taken, and the verdicts on those others."""
    ranked = _ranked(election, utility, frozenset(chosen))
    taken, left, lefts = list(chosen), election.budget - election.cost_of(chosen), []
    for project, _score in ranked:
        if election.costs[project] <= left:
            left -= election.costs[project]
            taken.append(project)
        lefts.append(left)

    def explain() -> dict[int, Verdict]:
        won = frozenset(taken)
        return {
            project: _verdict(election, project, place, score, left, won=project in won)
            for place, ((project, score), left) in enumerate(zip(ranked, lefts, strict=True), 1)
        }

    return tuple(taken), explain


def _verdict(election: Election, project: int, place: int, score: Fraction, left: int, *, won: bool) -> Verdict:
    room = election.money(left)
    if won:
        return verdict(election, project, Why.RANKED, won=True, place=place, score=score, left=room)
    missing = election.money(election.costs[project] - left)
    return verdict(election, project, Why.NO_ROOM, won=False, place=place, score=score, left=room, missing=missing)


def _ranked(election: Election, utility: Utility, without: Collection[int]) -> list[tuple[int, Fraction]]:
    """(project, satisfaction per unit of currency), the best first; before all what is wanted and costs nothing."""
    rows: list[tuple[bool, Fraction, int]] = []
    for project, cost in enumerate(election.costs):
        if project in without:
            continue
        if utility is Utility.COST:
            free, score = False, Fraction(election.votes[project] if cost else 0)
        else:
            total = election.sums[project] if utility is Utility.POINTS else election.votes[project]
            free, score = not cost and total > 0, Fraction(total * election.scale, cost or election.scale)
        rows.append((not free, -score, project))
    return [(project, -score) for _paid, score, project in sorted(rows)]

"""Sequential Phragmén: everybody saves at one speed, and what its supporters can pay first is bought."""

import heapq
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.allocation.elections import Election
from linli.algorithms.allocation.outcomes import Outcome, Verdict, Why, verdict

NEAR = 1e-9
"""Floats closer than this (relative) are compared as fractions."""


def phragmen(election: Election) -> Outcome:
    """The winners of the sequential rule; exact, ties to the smallest id as text.

    It stops where any of the projects that are next at once does not fit; projects without supporters come last and
    are bought while all that remain of them fit. Of ballots with points, those above 0 count as approval.
    """
    run = _Run(election)
    while run.open and (next_ones := run.first()):
        if any(run.spent + election.costs[one] > election.budget for one in next_ones):
            break
        run.buy(min(next_ones))
    return Outcome(election, tuple(run.bought), run.verdicts)


class _Run:
    """Loads of voters as floats, with the number of the purchase each load stems from, for exact sums."""

    def __init__(self, election: Election) -> None:
        self.election = election
        self.open = {one for one, cost in enumerate(election.costs) if cost <= election.budget}
        self.loads = np.zeros(len(election.weights))
        self.last = np.zeros(len(election.weights), np.int64)
        self.weights = election.weights.astype(float)
        self.own = [self.weights[election.supporters(one)] for one in range(len(election.ids))]
        self.exact = [Fraction(0)]
        self.heads: list[NDArray[np.float64]] = []
        self.bought: list[int] = []
        self.spent = 0
        votes = election.votes
        self.heap = [(election.costs[one] / votes[one], one) for one in self.open if votes[one]]
        heapq.heapify(self.heap)

    def first(self) -> list[int]:
        """All projects whose supporters have saved enough at the earliest moment."""
        if not self.heap:
            return sorted(self.open)
        seen: list[tuple[float, int]] = []
        best = float("inf")
        while self.heap and self.heap[0][0] <= best * (1 + NEAR):
            project = heapq.heappop(self.heap)[1]
            moment = self._moment(project)
            seen.append((moment, project))
            best = min(best, moment)
        for one in seen:
            heapq.heappush(self.heap, one)
        near = [project for moment, project in seen if moment <= best * (1 + NEAR)]
        if len(near) == 1:
            return near
        moments = {project: self._exactly(project, self._by_purchase(project)) for project in near}
        earliest = min(moments.values())
        return [project for project in near if moments[project] == earliest]

    def _moment(self, project: int) -> float:
        held = float(self.loads[self.election.supporters(project)] @ self.own[project])
        return (held + self.election.costs[project]) / self.election.votes[project]

    def _by_purchase(self, project: int) -> NDArray[np.float64]:
        """How many of its supporters carry the load of each purchase so far (0: of none)."""
        return np.bincount(self.last[self.election.supporters(project)], self.own[project]).astype(np.float64)

    def _exactly(self, project: int, heads: NDArray[np.float64]) -> Fraction:
        held = sum((self._load(number) * int(heads[number]) for number in heads.nonzero()[0].tolist()), Fraction(0))
        return (held + self.election.costs[project]) / self.election.votes[project]

    def _load(self, purchase: int) -> Fraction:
        """The exact load after a purchase, counted from 1; 0 is before the first."""
        while len(self.exact) <= purchase:
            number = len(self.exact) - 1
            self.exact.append(self._exactly(self.bought[number], self.heads[number]))
        return self.exact[purchase]

    def buy(self, project: int) -> None:
        """Its supporters' loads rise to the moment of the purchase."""
        supporters = self.election.supporters(project)
        if len(supporters):
            self.heads.append(self._by_purchase(project))
            self.loads[supporters] = self._moment(project)
            self.last[supporters] = len(self.heads)
        self.open.discard(project)
        self.heap = [one for one in self.heap if one[1] != project]
        heapq.heapify(self.heap)
        self.bought.append(project)
        self.spent += self.election.costs[project]

    def verdicts(self) -> dict[int, Verdict]:
        """Why each won or not."""
        election, turns = self.election, {one: turn for turn, one in enumerate(self.bought, 1)}
        left = election.money(election.budget - self.spent)
        found = {}
        for one, cost in enumerate(election.costs):
            if one in turns and not election.votes[one]:
                found[one] = verdict(election, one, Why.NO_SUPPORT, won=True, turn=turns[one])
            elif one in turns:
                saved = self._load(turns[one]) / election.scale
                found[one] = verdict(election, one, Why.EARLIEST, won=True, turn=turns[one], saved=saved)
            elif cost > election.budget:
                missing = election.money(cost - election.budget)
                found[one] = verdict(election, one, Why.ABOVE_BUDGET, won=False, missing=missing)
            else:
                found[one] = verdict(election, one, Why.STOPPED, won=False, left=left)
        return found

"""One run of the method of equal shares: equal money for everybody, projects bought by those who support them."""

import heapq
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.allocation.elections import Election, Integers
from linli.algorithms.allocation.exact import ExactMoney
from linli.algorithms.allocation.greedy import Utility

Floats = NDArray[np.float64]
NEAR = 1e-9
"""Floats closer than this (relative) are compared as fractions."""
NOTHING = 1e-12
"""Less money than this share of the endowment is none."""
MOST_PENNILESS = 0.25
"""Above this share supporters without money are dropped from a project's row."""


@dataclass(frozen=True)
class Backing:
    """Supporters of a project: merged ballots, their heads (times points), and their points (None: all alike)."""

    voters: Integers
    weights: Floats
    heads: Floats
    points: Floats | None
    total: float

    def only(self, kept: NDArray[np.bool_]) -> "Backing":
        """Some of them."""
        points = None if self.points is None else self.points[kept]
        return backing(self.voters[kept], self.weights[kept], points)


def backing(voters: Integers, weights: Floats, points: Floats | None) -> Backing:
    """The backing with its sums."""
    heads = weights if points is None else weights * points
    return Backing(voters, weights, heads, points, float(heads.sum()))


@dataclass
class Shares:
    """What all runs of one election have in common: who backs what, and how a price follows from a cap."""

    election: Election
    utility: Utility
    backings: dict[int, Backing] = field(init=False, default_factory=dict)
    free: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        election, weights = self.election, self.election.weights.astype(float)
        self.pointed = self.utility is Utility.POINTS
        for one, cost in enumerate(election.costs):
            voters = election.supporters(one)
            if cost and len(voters):
                given = election.given(one) if self.pointed else None
                points = None if given is None else given.astype(float)
                self.backings[one] = backing(voters, weights[voters], points)
        without_cost = [one for one, cost in enumerate(election.costs) if not cost and election.votes[one]]
        self.free = () if self.utility is Utility.COST else tuple(without_cost)

    def per(self, project: int) -> int:
        """A cap's satisfaction: the price is cap ÷ this."""
        return self.election.costs[project] if self.utility is Utility.COST else 1


@dataclass(frozen=True)
class Purchase:
    """A bought project and its price, by the floats."""

    project: int
    price: float


class Run:
    """Money of each merged ballot (per head), a sieve of lower bounds on prices, and the purchases so far.

    A price found earlier stays a lower bound, because money only shrinks: only the projects at the top of the heap
    are worked out anew. Where floats cannot tell two projects apart, fractions do.
    """

    def __init__(self, shares: Shares, endowment: Fraction) -> None:
        self.shares, self.election, self.endowment = shares, shares.election, endowment
        self.money = np.full(len(self.election.weights), float(endowment))
        self.floor = float(endowment) * NOTHING
        self.exact = ExactMoney(self.election, endowment, pointed=shares.pointed)
        self.purchases: list[Purchase] = []
        self.backings = dict(shares.backings)
        self.caps = {one: self.election.costs[one] / backed.total for one, backed in self.backings.items()}
        self.heap = [(cap / shares.per(one), one) for one, cap in self.caps.items()]
        heapq.heapify(self.heap)

    def finish(self) -> "Run":
        """Buy until nobody can pay for anything."""
        while near := self._near():
            self._buy(near[0] if len(near) == 1 else min(near, key=lambda one: (self._exact_price(one), one)))
        return self

    def follows(self, low: "Run") -> bool:
        """Whether every endowment from ``low``'s up to this run's buys what ``low`` bought, in its order.

        With the same purchases money only grows and prices only fall in the endowment. So it does where each price
        paid at the low end is below all rivals' prices at the high end. False also where that cannot be shown.
        """
        for number, bought in enumerate(low.purchases):
            near = self._near(bought.price)
            if bought.project not in near:
                return False
            if not all(self._stays_behind(rival, low, number) for rival in near if rival != bought.project):
                return False
            self._buy(bought.project)
        return not self._near()

    def _stays_behind(self, rival: int, low: "Run", number: int) -> bool:
        project = low.purchases[number].project
        if self.caps[rival] / self.shares.per(rival) < low.purchases[number].price * (1 - NEAR):
            return False
        lowest, paid = self._exact_price(rival), low.exact.cap(number) / self.shares.per(project)
        return (paid, project) < (lowest, rival)

    def _near(self, ceiling: float | None = None) -> list[int]:
        """The projects whose price is about the lowest; or at most about ``ceiling``."""
        seen: list[tuple[float, int]] = []
        bound = float("inf") if ceiling is None else ceiling
        while self.heap and self.heap[0][0] <= bound * (1 + NEAR):
            project = heapq.heappop(self.heap)[1]
            price = self._price(project) if project in self.backings else None
            if price is None:
                self.backings.pop(project, None)
                continue
            seen.append((price, project))
            bound = min(bound, price) if ceiling is None else bound
        for one in seen:
            heapq.heappush(self.heap, one)
        return [project for price, project in seen if price <= bound * (1 + NEAR)]

    def _price(self, project: int) -> float | None:
        """The price now; None where the supporters' money is not enough, which it never will be again."""
        backed, cost = self.backings[project], self.election.costs[project]
        held = self.money[backed.voters]
        if np.count_nonzero(held) < (1 - MOST_PENNILESS) * len(held):
            backed = self.backings[project] = backed.only(held > 0)
            held = self.money[backed.voters]
        sums = held * backed.weights
        total = float(held.dot(backed.weights))
        if total < cost * (1 - NEAR):
            return None
        if total < cost * (1 + NEAR) and self.exact.held(backed.voters[held > 0]) < cost:
            return None
        limits = held if backed.points is None else held / backed.points
        self.caps[project] = cap = _cap(cost, limits, sums, backed, self.caps[project])
        return cap / self.shares.per(project)

    def _split(self, project: int) -> tuple[Integers, int]:
        """Who gives all they have, and the heads of those who pay the cap."""
        backed, cap = self.backings[project], self.caps[project]
        held = self.money[backed.voters]
        poor = (held if backed.points is None else held / backed.points) < cap
        return backed.voters[poor & (held > 0)], int(backed.total - float(backed.heads.dot(poor.astype(np.float64))))

    def _exact_price(self, project: int) -> Fraction:
        return self.exact.price(project, *self._split(project)) / self.shares.per(project)

    def _buy(self, project: int) -> None:
        self.exact.record(project, *self._split(project))
        backed, cap = self.backings.pop(project), self.caps[project]
        left = self.money[backed.voters] - (cap if backed.points is None else cap * backed.points)
        left[left < self.floor] = 0.0
        self.money[backed.voters] = left
        self.purchases.append(Purchase(project, cap / self.shares.per(project)))


def _cap(cost: int, limits: Floats, sums: Floats, backed: Backing, cap: float) -> float:
    """The cap at which the supporters pay the cost together: Newton's steps from a cap that is not too high.

    Those whose limit is below the cap give all they have; the cap of the others follows. What they pay is concave in
    the cap, so the steps come from below and end.
    """
    count = -1
    while True:
        poor = limits < cap
        now = int(np.count_nonzero(poor))
        if now <= count:
            return cap
        among = poor.astype(np.float64)
        rich = backed.total - float(backed.heads.dot(among))
        if rich <= 0:
            return float(limits.max())
        cap = (cost - float(sums.dot(among))) / rich
        count = now

"""Exact money of voters under equal shares, worked out only where floats cannot tell two prices apart."""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from linli.algorithms.allocation.elections import Election, Integers


@dataclass
class ExactMoney:
    """The purchases of one run, and from them exact sums.

    A voter who still has money paid the full cap of every bought project they support; so the money of a group is
    ``endowment × heads − Σ cap × (heads of the group among the project's supporters)``: as many fractions as there
    were purchases, however many voters. A voter who could not pay a full cap gave all and has nothing.
    """

    election: Election
    endowment: Fraction
    pointed: bool
    bought: list[int] = field(default_factory=list)
    poor: list[Integers] = field(default_factory=list)
    payers: list[int] = field(default_factory=list)
    caps: list[Fraction] = field(default_factory=list)

    def record(self, project: int, poor: Integers, payers: int) -> None:
        """Note a purchase: those who gave all they had, and the heads (or points) of those who paid the cap."""
        self.bought.append(project)
        self.poor.append(poor)
        self.payers.append(payers)

    def cap(self, purchase: int) -> Fraction:
        """What each payer gave (for each point) at a purchase, exactly."""
        while len(self.caps) <= purchase:
            number = len(self.caps)
            project = self.bought[number]
            held = self._held(self.poor[number], number)
            self.caps.append((self.election.costs[project] - held) / self.payers[number])
        return self.caps[purchase]

    def price(self, project: int, poor: Integers, payers: int) -> Fraction:
        """What each payer would give for a project now."""
        return (self.election.costs[project] - self.held(poor)) / payers

    def held(self, voters: Integers) -> Fraction:
        """The money that these voters, all of whom have some, hold now."""
        return self._held(voters, len(self.bought))

    def _held(self, voters: Integers, purchases: int) -> Fraction:
        if not len(voters):
            return Fraction(0)
        weights = self.election.weights
        group: Integers = np.zeros(len(weights), np.int64)
        group[voters] = weights[voters]
        total = self.endowment * int(group[voters].sum())
        for number in range(purchases):
            heads = group[self.election.supporters(self.bought[number])]
            given = self.election.given(self.bought[number])
            units = int(heads.sum()) if given is None or not self.pointed else int((heads * given).sum())
            if units:
                total -= self.cap(number) * units
        return total

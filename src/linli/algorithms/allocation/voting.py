"""A fund divided by a rule over residents' votes, within every purse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from linli.algorithms.allocation.dividing import (
    NO_BOUNDS,
    POT,
    Bounds,
    Claim,
    Division,
    Grant,
    Rooms,
    below_line,
    ending,
)
from linli.algorithms.allocation.elections import Election
from linli.algorithms.allocation.outcomes import Outcome, Verdict

FEN = 100
"""Fen in the currency's unit, in which elections count."""
Rule = Callable[[Election], Outcome]


def among(election: Election, costs: Mapping[str, int], budget: int, ballots: int) -> Election:
    """The same votes on these projects at these costs, in fen; what was not on the ballot has none."""
    number = {one: place for place, one in enumerate(election.ids)}
    ids = tuple(sorted(costs))
    rows = [number.get(one) for one in ids]
    empty = election.voters[:0]
    own = [empty if row is None else election.supporters(row) for row in rows]
    points = None
    if election.points is not None:
        points = np.concatenate([empty, *(empty if row is None else election.given(row) for row in rows)])
    starts = np.cumsum([0, *map(len, own)]).astype(np.int64)
    return replace(
        election, ids=ids, costs=tuple(costs[one] for one in ids), budget=budget, scale=FEN, ballots=ballots,
        starts=starts, voters=np.concatenate([empty, *own]), points=points,
    )  # fmt: skip


def by_votes(
    claims: Sequence[Claim], pot: int, election: Election, rule: Rule, *, bounds: Bounds = NO_BOUNDS
) -> Division:
    """What ``rule`` decides at the costs asked for; each class with a purse of its own has an election of its own.

    In a class vote those who voted for anything in it. Where a project that the rule chooses finds its purse without
    room, or no place left, it is taken off and the rule asked again. Kept off the ballot: what lies below the line of
    the score or below the floor, and what nobody voted for.
    """
    rooms = Rooms(pot, bounds.rooms)
    grants: dict[str, Grant] = {}
    for purse, group in _groups(claims).items():
        taken = sum(1 for grant in grants.values() if grant.amount)
        places = bounds.most - taken if bounds.most else len(claims)
        found = _Vote(election, rule, bounds, rooms, places).among(group, purse)
        for claim in group:
            rooms.take(claim, found[claim.id].amount)
        grants |= found
    return Division(tuple(grants[claim.id] for claim in claims), rooms.left[POT])


def _groups(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """The purse that is an election's budget → who stands in it: those of a class, or all."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        purse = next((one for one in claim.purses if one.startswith("class:")), POT)
        found.setdefault(purse, []).append(claim)
    return found


@dataclass(frozen=True)
class _Vote:
    """One election within what is left of pot, purses and places."""

    election: Election
    rule: Rule
    bounds: Bounds
    rooms: Rooms
    places: int

    def among(self, claims: Sequence[Claim], purse: str) -> dict[str, Grant]:
        """The grants of these claims out of ``purse``; asked again without whoever does not fit."""
        budget = min(self.rooms.left[POT], self.rooms.left.get(purse, 0))
        costs = {claim.id: self.bounds.wish(claim) for claim in claims}
        everybody = among(self.election, costs, budget, self.election.ballots)
        ballots = _heads(everybody) if purse else self.election.ballots
        votes = dict(zip(everybody.ids, everybody.votes, strict=True))
        grants = {claim.id: stop for claim in claims if (stop := self._kept_off(claim, votes[claim.id]))}
        standing = {claim.id: claim for claim in claims if claim.id not in grants}
        while standing:
            asked = among(self.election, {one: costs[one] for one in standing}, budget, ballots)
            outcome = self.rule(asked)
            stop = self._without_room([standing[asked.ids[one]] for one in outcome.chosen])
            if stop is None:
                told = (_told(one, costs[one.project], votes[one.project]) for one in outcome.verdicts)
                return grants | {grant.id: grant for grant in told}
            grants[stop.id] = stop
            del standing[stop.id]
        return grants

    def _kept_off(self, claim: Claim, votes: int) -> Grant | None:
        """Why a claim does not stand on the ballot at all."""
        wish = self.bounds.wish(claim)
        if wish < max(1, self.bounds.floor):
            return Grant(claim.id, 0, "below-floor", {"share": wish, "floor": self.bounds.floor})
        return below_line(claim, self.bounds) or (None if votes else Grant(claim.id, 0, "votes-no_support"))

    def _without_room(self, chosen: Sequence[Claim]) -> Grant | None:
        """The first, in the order the rule chose them, whose purse or place is gone."""
        left = Rooms(self.rooms.left[POT], self.rooms.left)
        for place, claim in enumerate(chosen):
            (room, purse), wish = left.tightest(claim), self.bounds.wish(claim)
            if place >= self.places:
                return Grant(claim.id, 0, "votes-past-places", {"places": self.bounds.most})
            if wish > room:
                return Grant(claim.id, 0, f"votes-room{ending(purse)}", {"wanted": wish, "left": max(room, 0)})
            left.take(claim, wish)
        return None


def _heads(election: Election) -> int:
    """How many voted for any of the projects."""
    return int(election.weights[np.unique(election.voters)].sum())


def _told(verdict: Verdict, cost: int, votes: int) -> Grant:
    """A verdict as a reason: amounts in fen, other figures as text."""
    facts: dict[str, int | str] = {"votes": votes}
    for name, value in verdict.figures.items():
        if name in {"left", "missing", "held", "each"}:
            facts[name] = int(Fraction(value) * FEN + Fraction(1, 2))
        else:
            facts[name] = value if isinstance(value, int) else f"{float(value):.4g}"
    return Grant(verdict.project, cost if verdict.won else 0, f"votes-{verdict.why.value}", facts)

"""A fund divided at one rate: in proportion to scores or to what is asked for, to the fen, within every purse."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from linli.algorithms.allocation.dividing import (
    NO_BOUNDS,
    POT,
    Bounds,
    Claim,
    Division,
    Grant,
    Rooms,
    ending,
    past_places,
    unfit,
    written,
)

NOTHING = Fraction(0)
Weights = Mapping[str, Fraction]


def by_score(claims: Sequence[Claim], pot: int, *, bounds: Bounds = NO_BOUNDS) -> Division:
    """In proportion to scores; nobody gets more than asked for or the cap, what they leave goes to the others.

    Whose share lies below the floor gets nothing, the lowest score first.
    """
    grants = {claim.id: stop for claim in claims if (stop := unfit(claim, bounds, needs_rank=False))}
    grants |= {one.id: Grant(one.id, 0, "no-score") for one in claims if one.id not in grants and not one.score}
    running = [claim for claim in claims if claim.id not in grants]
    running.sort(key=lambda one: (-(one.score or 0), one.id))
    weights = {one.id: one.score or NOTHING for one in running}

    def told(claim: Claim, amount: int, how: str) -> Grant:
        return Grant(claim.id, amount, f"score{how}", {"score": written(weights[claim.id])})

    return _shared(claims, grants, running, weights=weights, pot=pot, bounds=bounds, told=told)


def at_one_rate(claims: Sequence[Claim], pot: int, *, bounds: Bounds = NO_BOUNDS) -> Division:
    """Everybody the same part of what they asked for (``percent``), within the cap; a purse has a rate of its own.

    Whose part lies below the floor gets nothing, the least first. Scores count only where there is a line.
    """
    lined = claims if bounds.line is not None else ()
    grants = {claim.id: stop for claim in lined if (stop := unfit(claim, bounds, needs_rank=False))}
    running = [claim for claim in claims if claim.id not in grants]
    running.sort(key=lambda one: (one.rank is None, one.rank or 0, one.id))
    weights = {one.id: Fraction(one.asked) for one in running}

    def told(claim: Claim, amount: int, how: str) -> Grant:
        return Grant(claim.id, amount, f"rate{how}", {"percent": written(Fraction(100 * amount, max(claim.asked, 1)))})

    return _shared(claims, grants, running, weights=weights, pot=pot, bounds=bounds, told=told)


def _shared(
    claims: Sequence[Claim], grants: dict[str, Grant], running: Sequence[Claim], *, weights: Weights, pot: int,
    bounds: Bounds, told: Callable[[Claim, int, str], Grant],
) -> Division:  # fmt: skip
    """The pot among ``running``, who stand in the order in which places are given; ``grants`` stand already."""
    places = bounds.most or len(running)
    grants |= {claim.id: past_places(claim, bounds) for claim in running[places:]}
    filled, small = _above_floor(running[:places], weights, pot, bounds)
    for claim in running[:places]:
        stop = small.get(claim.id)
        grants[claim.id] = stop or told(claim, filled.amounts[claim.id], filled.endings[claim.id])
    ordered = tuple(grants[claim.id] for claim in claims)
    return Division(ordered, pot - sum(grant.amount for grant in ordered))


@dataclass
class _Filled:
    """Fen for each claim, and how its reason ends: ``-capped`` where it has all it can, the sort of a full purse."""

    amounts: dict[str, int] = field(default_factory=dict)
    endings: dict[str, str] = field(default_factory=dict)


def _above_floor(
    claims: Sequence[Claim], weights: Weights, pot: int, bounds: Bounds
) -> tuple[_Filled, dict[str, Grant]]:
    """The shares once those below the floor have gone, the least weight first; and why these went."""
    running = list(claims)
    gone: dict[str, Grant] = {}
    while True:
        filled = _filled(running, weights, pot, bounds)
        amounts = filled.amounts
        small = [one for one in running if bounds.floor and amounts[one.id] < min(bounds.floor, bounds.wish(one))]
        if not small:
            return filled, gone
        lowest = min(small, key=lambda one: (weights[one.id], one.id))
        facts: dict[str, int | str] = {"share": amounts[lowest.id], "floor": bounds.floor}
        gone[lowest.id] = Grant(lowest.id, 0, "below-floor", facts)
        running.remove(lowest)


def _filled(claims: Sequence[Claim], weights: Weights, pot: int, bounds: Bounds) -> _Filled:
    """Shares that rise together in proportion to the weights until a claim has its wish, or a purse is empty.

    Whole fen: the largest remainders get the odd fen where their purses hold one, equal ones by id.
    """
    exact, filled = _risen(claims, weights, pot, bounds)
    filled.amounts = {name: int(share) for name, share in exact.items()}
    rooms = Rooms(pot, bounds.rooms)
    for claim in claims:
        rooms.take(claim, filled.amounts[claim.id])
    for claim in sorted(claims, key=lambda one: (filled.amounts[one.id] - exact[one.id], one.id)):
        if exact[claim.id] > filled.amounts[claim.id] and rooms.tightest(claim)[0] > 0:
            filled.amounts[claim.id] += 1
            rooms.take(claim, 1)
    return filled


def _risen(claims: Sequence[Claim], weights: Weights, pot: int, bounds: Bounds) -> tuple[dict[str, Fraction], _Filled]:
    exact, filled, running = {}, _Filled(), [one for one in claims if weights[one.id]]
    left = {name: Fraction(room) for name, room in Rooms(pot, bounds.rooms).left.items()}
    for claim in claims:
        if not weights[claim.id]:
            exact[claim.id], filled.endings[claim.id] = NOTHING, ""
    while running:
        heavy = {name: _weight(running, weights, name) for claim in running for name in (POT, *claim.purses)}
        full_at = {name: max(left.get(name, NOTHING), NOTHING) / weight for name, weight in heavy.items()}
        rate = min(*full_at.values(), *(bounds.wish(one) / weights[one.id] for one in running))
        full = [name for name in full_at if full_at[name] <= rate]
        for claim in list(running):
            over = [name for name in (*claim.purses, POT) if name in full]
            if bounds.wish(claim) <= rate * weights[claim.id]:
                exact[claim.id], filled.endings[claim.id] = Fraction(bounds.wish(claim)), "-capped"
            elif over:
                exact[claim.id], filled.endings[claim.id] = rate * weights[claim.id], ending(over[0])
            else:
                continue
            running.remove(claim)
            for name in (POT, *claim.purses):
                left[name] = left.get(name, NOTHING) - exact[claim.id]
    return exact, filled


def _weight(claims: Sequence[Claim], weights: Weights, purse: str) -> Fraction:
    return sum((weights[one.id] for one in claims if purse == POT or purse in one.purses), NOTHING)

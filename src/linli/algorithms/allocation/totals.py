"""The projects with the best total score that pot, purses and other things hold; what each left out would cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.algorithms.allocation.best import Best, best_of_stock
from linli.algorithms.allocation.dividing import (
    NO_BOUNDS,
    POT,
    Bounds,
    Claim,
    Division,
    Grant,
    unfit,
    written,
)

PLACES = "places:"
"""How many projects at most, as a thing of which each needs one."""
EXPLAINED = 24
"""Up to so many projects that share several scarce things each is told what a choice with it would score."""
FAMILIES = (("class",), ("quota", "free"))
"""Sorts of purses that may share the pot out among themselves."""
Needs = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Totals:
    """A division, its total score, and whether no choice scores more (else none scores more than ``bound``)."""

    division: Division
    total: Fraction
    bound: Fraction
    proven: bool


def best_total(
    claims: Sequence[Claim], pot: int, *, bounds: Bounds = NO_BOUNDS, stock: Mapping[str, int] | None = None
) -> Totals:
    """The projects whose scores sum to the most among all that fit as asked for; of equal ones those that need least.

    What each needs of ``stock`` must fit too. Facts of who is left out: the best ``total``, and ``other``, the best
    total of a choice with it. Raises ValueError for figures too large to compare exactly.
    """
    stops = {claim.id: stop for claim in claims if (stop := unfit(claim, bounds, needs_rank=False))}
    able = [one for one in claims if one.id not in stops and bounds.wish(one) >= max(1, bounds.floor) and one.score]
    kinds = {POT: pot, **bounds.rooms, **(stock or {})} | ({PLACES: bounds.most} if bounds.most else {})
    needs = {one.id: _needs(one, bounds) for one in able}
    best = _best(kinds, needs, {one.id: one.score or Fraction(0) for one in able})
    grants = tuple(stops.get(claim.id) or _told(claim, best, bounds) for claim in claims)
    left = pot - sum(grant.amount for grant in grants)
    return Totals(Division(grants, left), best.total, best.bound, best.proven)


def _needs(claim: Claim, bounds: Bounds) -> dict[str, int]:
    wish = bounds.wish(claim)
    money = dict.fromkeys((POT, *claim.purses), wish)
    return {**money, **{kind: many for kind, many in claim.needs.items() if many}, PLACES: 1}


def _told(claim: Claim, best: Best, bounds: Bounds) -> Grant:
    facts: dict[str, int | str] = {"score": written(claim.score or Fraction(0)), "wanted": bounds.wish(claim)}
    if claim.id in best.chosen:
        return Grant(claim.id, bounds.wish(claim), "best", facts)
    if not claim.score:
        return Grant(claim.id, 0, "no-score")
    if 0 < bounds.wish(claim) < bounds.floor:
        return Grant(claim.id, 0, "past-ranks", {"rank": claim.rank or 0})
    facts["total"] = written(best.total)
    if claim.id not in best.with_it:
        return Grant(claim.id, 0, "left-out", facts)
    other = best.with_it[claim.id]
    if other is None:
        return Grant(claim.id, 0, "never-fits", facts)
    return Grant(claim.id, 0, "not-best", {**facts, "other": written(other)})


def _best(kinds: Mapping[str, int], needs: Needs, scores: Mapping[str, Fraction]) -> Best:
    """The best of every part that shares nothing scarce with the others, put together with what always fits."""
    scarce = _scarce(kinds, needs)
    parts = [
        best_of_stock(
            {kind: kinds.get(kind, 0) for kind in sorted({kind for one in part for kind in needs[one]} & scarce)},
            {one: {kind: many for kind, many in needs[one].items() if kind in scarce} for one in part},
            {one: scores[one] for one in part},
            explained=len(part) <= EXPLAINED or len({kind for one in part for kind in needs[one]} & scarce) == 1,
        )
        for part in _parts(needs, scarce)
    ]
    free = [one for one, own in needs.items() if not own.keys() & scarce]
    always = sum((scores[one] for one in free), Fraction(0))
    total = always + sum((one.total for one in parts), Fraction(0))
    bound = always + sum((one.bound for one in parts), Fraction(0))
    others = [(one, other, part.total) for part in parts for one, other in part.with_it.items()]
    with_it = {one: None if other is None else total - own + other for one, other, own in others}
    chosen = tuple(sorted([*free, *(one for part in parts for one in part.chosen)]))
    return Best(chosen, total, bound, all(part.proven for part in parts), with_it)


def _scarce(kinds: Mapping[str, int], needs: Needs) -> set[str]:
    """The kinds of which not everybody can have what they need; not the pot where its purses hold no more than it."""
    wanted: dict[str, int] = {}
    for own in needs.values():
        for kind, many in own.items():
            wanted[kind] = wanted.get(kind, 0) + many
    most = {kind: min(many, kinds.get(kind, 0)) for kind, many in wanted.items()}
    scarce = {kind for kind, many in wanted.items() if many > most[kind] and (kind in kinds or kind != PLACES)}
    for family in FAMILIES:
        purses = {kind for kind in wanted if kind.partition(":")[0] in family}
        if all(own.keys() & purses for own in needs.values()) and sum(most[one] for one in purses) <= kinds[POT]:
            scarce.discard(POT)
    return scarce


def _parts(needs: Needs, scarce: set[str]) -> list[list[str]]:
    """Projects that share scarce kinds, directly or through others, stand together."""
    parts: list[tuple[set[str], list[str]]] = []
    for one in sorted(name for name, own in needs.items() if own.keys() & scarce):
        own, members = scarce & needs[one].keys(), [one]
        for shared in [part for part in parts if part[0] & own]:
            parts.remove(shared)
            own, members = own | shared[0], [*shared[1], *members]
        parts.append((own, members))
    return [sorted(members) for _kinds, members in parts]

"""A pot shared to the fen: by weights between floors and caps, and by a formula of residents."""

from collections.abc import Mapping
from fractions import Fraction

from linli.algorithms.allocation.dividing import Division, Grant

Figure = int | Fraction


def proportional(
    pot: int,
    weights: Mapping[str, Figure],
    *,
    floors: Mapping[str, int] | None = None,
    caps: Mapping[str, int] | None = None,
    step: int = 1,
) -> Division:
    """The pot in proportion to the weights, nobody below their floor or above their cap, in whole steps of fen.

    Those held at a floor or cap have it exactly, the others share the rest in proportion; what rounding down leaves
    goes step by step to the largest remainders, among equals to the smaller id. Something is left only where all are
    at their caps, where nobody has weight, or for less than a step. Reasons: ``share``, ``share-floor``, ``share-cap``.
    Raises ValueError where the floors are above the pot or a cap is below a floor.
    """
    low = {one: (floors or {}).get(one, 0) for one in weights}
    high = {one: max(0, pot) if caps is None else caps.get(one, pot) for one in weights}
    if any(weight < 0 for weight in weights.values()) or step < 1 or pot < 0:
        raise ValueError("expected weights and a pot from 0 and a step from 1")
    if sum(low.values()) > pot:
        raise ValueError(f"expected floors of together at most {pot}, found {sum(low.values())}")
    if any(low[one] > high[one] or low[one] < 0 for one in weights):
        raise ValueError("expected floors from 0 that are not above the caps")
    rate = _rate(pot, weights, low, high)
    exact = {one: max(Fraction(low[one]), min(Fraction(high[one]), rate * weights[one])) for one in weights}
    amounts = _rounded(pot, exact, low, high, step)
    total = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    grants = []
    for one, weight in weights.items():
        ending = "" if rate * weight == exact[one] else "-floor" if rate * weight < exact[one] else "-cap"
        facts = {"weight": str(weight), "weights": str(total)}
        grants.append(Grant(one, amounts[one], f"share{ending}", facts))
    return Division(tuple(grants), pot - sum(amounts.values()))


def _rate(pot: int, weights: Mapping[str, Figure], low: Mapping[str, int], high: Mapping[str, int]) -> Fraction:
    """The fen for each unit of weight at which the clamped shares make up the pot; the last bend where none does."""
    bends = {Fraction(0)}
    bends.update(Fraction(bound[one]) / weights[one] for bound in (low, high) for one in weights if weights[one])

    def shared(rate: Fraction) -> Fraction:
        return sum((max(Fraction(low[o]), min(Fraction(high[o]), rate * weights[o])) for o in weights), Fraction(0))

    before = Fraction(0)
    for bend in sorted(bends):
        if shared(bend) >= pot:
            slope = sum((Fraction(w) for o, w in weights.items() if w and low[o] <= before * w < high[o]), Fraction(0))
            return before + (pot - shared(before)) / slope if slope else bend
        before = bend
    return before


def _rounded(
    pot: int, exact: Mapping[str, Fraction], low: Mapping[str, int], high: Mapping[str, int], step: int
) -> dict[str, int]:
    """Whole steps, at least the floor; the steps left over to the largest remainders that stay within their caps."""
    amounts = {
        one: int(share) if share in {low[one], high[one]} else max(low[one], int(share // step) * step)
        for one, share in exact.items()
    }
    left = min(pot, int(sum(exact.values(), Fraction(0)))) - sum(amounts.values())
    open_ones = [one for one, share in exact.items() if amounts[one] < share]
    for one in sorted(open_ones, key=lambda one: (amounts[one] - exact[one], one)):
        if left >= step and amounts[one] + step <= high[one]:
            amounts[one] += step
            left -= step
    return amounts


def quotas(
    residents: Mapping[str, int],
    pot: int,
    *,
    base: int,
    per: int,
    each: int = 100,
    whole: bool = True,
    floor: int = 0,
    cap: int | None = None,
) -> Division:
    """``base + per × residents ÷ each`` fen for each community, not below ``floor`` and not above ``cap``.

    ``whole`` counts full groups of ``each`` residents only; without it half a fen is rounded up. Where the pot is less
    than all together, all have the same share of it. Reasons: ``formula``, ``formula-floor``, ``formula-cap``,
    ``formula-scaled`` (``wanted``). Raises ValueError for negative figures.
    """
    if min([base, per, floor, pot, *residents.values()]) < 0 or each < 1:
        raise ValueError("expected figures from 0 and groups of at least 1 resident")
    grants = []
    for one, many in residents.items():
        amount = int(base + per * (many // each if whole else Fraction(many, each)) + Fraction(1, 2))
        if amount < floor:
            grants.append(Grant(one, floor, "formula-floor", {"floor": floor, "residents": many}))
        elif cap is not None and amount > cap:
            grants.append(Grant(one, cap, "formula-cap", {"cap": cap, "residents": many}))
        else:
            facts = {"base": base, "per": per, "each": each, "residents": many}
            grants.append(Grant(one, amount, "formula", facts))
    wanted = {grant.id: grant.amount for grant in grants}
    if sum(wanted.values()) <= pot:
        return Division(tuple(grants), pot - sum(wanted.values()))
    scaled = proportional(pot, wanted, caps=wanted)
    return Division(
        tuple(Grant(one.id, one.amount, "formula-scaled", {"wanted": wanted[one.id]}) for one in scaled.grants),
        scaled.left,
    )

"""A fund divided by rank, tiers, score or best total: whole fen, exact, and for each project a reason with its figures.

Amounts are whole numbers of fen, scores exact fractions. Every division sums to its pot: grants and what is left.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple


@dataclass(frozen=True)
class Claim:
    """A project that asks for ``asked`` fen. ``rank`` 1 is the best; without score or rank it cannot be chosen by them.

    ``group`` is its class.
    """

    id: str
    asked: int
    score: Fraction | None = None
    rank: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Grant:
    """What a project gets in fen, and why: a code with figures (amounts in fen, scores as text)."""

    id: str
    amount: int
    why: str
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Division:
    """Grants in the order of the claims; ``left`` fen stay in the pot."""

    grants: tuple[Grant, ...]
    left: int

    @property
    def given(self) -> int:
        """Fen given in all."""
        return sum(grant.amount for grant in self.grants)


@dataclass(frozen=True)
class Bounds:
    """``cap``: most fen for one project (0: no cap); ``floor``: less than this is not given; ``line``: least score;
    ``most``: how many projects at most (0: any number)."""

    cap: int = 0
    floor: int = 0
    line: Fraction | None = None
    most: int = 0

    def wish(self, claim: Claim) -> int:
        """What a claim can get at most."""
        return min(claim.asked, self.cap) if self.cap else claim.asked


class Tier(NamedTuple):
    """Ranks up to ``upto`` get ``amount`` fen, or ``percent`` of what they asked for where that is set."""

    upto: int
    amount: int = 0
    percent: Fraction | None = None


NO_BOUNDS = Bounds()


def in_order(claims: Sequence[Claim], pot: int, *, bounds: Bounds = NO_BOUNDS, partly: bool = False) -> Division:
    """Each in order of rank what it asks for, while it fits; what does not fit is passed over, or partly given once."""
    return _walk(claims, pot, bounds, bounds.wish, why="rank", partly=partly)


def by_tiers(claims: Sequence[Claim], pot: int, tiers: Sequence[Tier], *, bounds: Bounds = NO_BOUNDS) -> Division:
    """Each in order of rank what its tier gives, never more than it asks for; past the last tier nothing."""
    steps = sorted(tiers)

    def wish(claim: Claim) -> int:
        tier = next((one for one in steps if claim.rank is not None and claim.rank <= one.upto), None)
        if tier is None:
            return 0
        wanted = tier.amount if tier.percent is None else int(Fraction(claim.asked) * tier.percent / 100)
        return min(bounds.wish(claim), wanted)

    return _walk(claims, pot, bounds, wish, why="tier", partly=False)


def _walk(
    claims: Sequence[Claim], pot: int, bounds: Bounds, wish: Callable[[Claim], int], *, why: str, partly: bool
) -> Division:
    grants: dict[str, Grant] = {}
    left, count = pot, 0
    for claim in sorted(claims, key=lambda one: (one.rank is None, one.rank or 0, one.id)):
        stopped = _unfit(claim, bounds, needs_rank=True)
        wanted = 0 if stopped else wish(claim)
        if stopped is not None:
            grants[claim.id] = stopped
        elif bounds.most and count >= bounds.most:
            grants[claim.id] = Grant(claim.id, 0, "past-places", {"rank": claim.rank or 0, "places": bounds.most})
        elif wanted <= 0 or wanted < bounds.floor:
            grants[claim.id] = Grant(claim.id, 0, f"past-{why}s", {"rank": claim.rank or 0})
        elif wanted <= left:
            capped = wanted < claim.asked
            grants[claim.id] = Grant(claim.id, wanted, f"{why}-capped" if capped else why, {"rank": claim.rank or 0})
            left, count = left - wanted, count + 1
        elif partly and left >= max(bounds.floor, 1):
            grants[claim.id] = Grant(claim.id, left, "partly", {"rank": claim.rank or 0, "wanted": wanted})
            left, count, partly = 0, count + 1, False
        else:
            grants[claim.id] = Grant(claim.id, 0, "no-room", {"wanted": wanted, "left": left, "rank": claim.rank or 0})
    return Division(tuple(grants[claim.id] for claim in claims), left)


def _unfit(claim: Claim, bounds: Bounds, *, needs_rank: bool) -> Grant | None:
    """A refusal for a claim that has no rank or score, or lies below the line."""
    if claim.score is None and (bounds.line is not None or not needs_rank):
        return Grant(claim.id, 0, "no-score")
    if needs_rank and claim.rank is None:
        return Grant(claim.id, 0, "no-score")
    if bounds.line is not None and claim.score is not None and claim.score < bounds.line:
        return Grant(claim.id, 0, "below-line", {"score": _text(claim.score), "line": _text(bounds.line)})
    return None


def by_score(claims: Sequence[Claim], pot: int, *, bounds: Bounds = NO_BOUNDS) -> Division:
    """The pot in proportion to scores; nobody gets more than asked for or the cap, what they leave goes to the others.

    Whose share lies below the floor gets nothing, the lowest score first.
    """
    grants = {claim.id: stop for claim in claims if (stop := _unfit(claim, bounds, needs_rank=False))}
    running = [claim for claim in claims if claim.id not in grants and claim.score]
    grants |= {
        claim.id: Grant(claim.id, 0, "no-score") for claim in claims if claim.id not in grants and not claim.score
    }
    if bounds.most and len(running) > bounds.most:
        running.sort(key=lambda one: (-(one.score or 0), one.id))
        for claim in running[bounds.most :]:
            grants[claim.id] = Grant(claim.id, 0, "past-places", {"rank": claim.rank or 0, "places": bounds.most})
        running = running[: bounds.most]
    shares = _shares(running, pot, bounds)
    while bounds.floor and (small := [one for one in running if shares[one.id] < min(bounds.floor, bounds.wish(one))]):
        lowest = min(small, key=lambda one: (one.score or 0, one.id))
        grants[lowest.id] = Grant(lowest.id, 0, "below-floor", {"share": shares[lowest.id], "floor": bounds.floor})
        running.remove(lowest)
        shares = _shares(running, pot, bounds)
    for claim in running:
        why = "score-capped" if shares[claim.id] == bounds.wish(claim) else "score"
        grants[claim.id] = Grant(claim.id, shares[claim.id], why, {"score": _text(claim.score or Fraction(0))})
    return Division(tuple(grants[claim.id] for claim in claims), pot - sum(shares.values()))


def _shares(claims: Sequence[Claim], pot: int, bounds: Bounds) -> dict[str, int]:
    """Whole fen in proportion to scores under the wishes; the largest remainders get the odd fen, equal ones by id."""
    fixed: dict[str, int] = {}
    while True:
        open_ones = [one for one in claims if one.id not in fixed]
        rest = pot - sum(fixed.values())
        total = sum((one.score or Fraction(0) for one in open_ones), Fraction(0))
        full = [one for one in open_ones if total and rest * (one.score or 0) >= bounds.wish(one) * total]
        if not full:
            break
        fixed |= {one.id: bounds.wish(one) for one in full}
    exact = {one.id: rest * (one.score or Fraction(0)) / total for one in open_ones}
    whole = {name: int(share) for name, share in exact.items()}
    odd = (rest if open_ones else 0) - sum(whole.values())
    for name in sorted(exact, key=lambda name: (whole[name] - exact[name], name))[:odd]:
        whole[name] += 1
    return fixed | whole


class _Choice(NamedTuple):
    """A set of projects as a chain: what it costs, what it scores, its last project and the set before."""

    cost: int
    score: Fraction
    last: int
    before: "_Choice | None"


def best_total(claims: Sequence[Claim], pot: int, *, bounds: Bounds = NO_BOUNDS) -> Division:
    """The projects whose scores sum to the most among all that fit the pot as asked for; of equal ones the cheapest.

    Exact: keeps every set that no other beats in both cost and score, unless even filling it up could not win.
    """
    grants = {claim.id: stop for claim in claims if (stop := _unfit(claim, bounds, needs_rank=False))}
    able = [one for one in claims if one.id not in grants and 0 < bounds.wish(one) <= pot and one.score]
    able.sort(key=lambda one: (-Fraction(one.score or 0) / bounds.wish(one), one.id))
    chosen = _chosen(able, pot, bounds)
    for claim in claims:
        facts: dict[str, int | str] = {"score": _text(claim.score or Fraction(0)), "wanted": bounds.wish(claim)}
        if claim.id not in grants:
            taken = claim.id in chosen
            grants[claim.id] = Grant(
                claim.id, bounds.wish(claim) if taken else 0, "best" if taken else "not-best", facts
            )
    done = Division(tuple(grants[claim.id] for claim in claims), 0)
    return replace(done, left=pot - done.given)


def _chosen(able: Sequence[Claim], pot: int, bounds: Bounds) -> set[str]:
    costs = [bounds.wish(one) for one in able]
    scores = [Fraction(one.score or 0) for one in able]
    best = sets = [_Choice(0, Fraction(0), -1, None)]
    floor = _greedily(costs, scores, pot)
    for place in range(len(able)):
        more = [
            _Choice(one.cost + costs[place], one.score + scores[place], place, one)
            for one in sets
            if one.cost + costs[place] <= pot
        ]
        sets = _undominated(sets, more)
        rest = list(zip(costs[place + 1 :], scores[place + 1 :], strict=True))
        sets = [one for one in sets if one.score + _most(rest, pot - one.cost) >= floor]
    best = [max(sets, key=lambda one: (one.score, -one.cost))]
    chosen: set[str] = set()
    link: _Choice | None = best[0]
    while link is not None and link.last >= 0:
        chosen.add(able[link.last].id)
        link = link.before
    return chosen


def _undominated(one: list[_Choice], other: list[_Choice]) -> list[_Choice]:
    """Both lists, which go up in cost and score, merged; a set that another beats in both goes."""
    merged = sorted([*one, *other], key=lambda choice: (choice.cost, -choice.score))
    kept: list[_Choice] = []
    for choice in merged:
        if not kept or choice.score > kept[-1].score:
            kept.append(choice)
    return kept


def _greedily(costs: Sequence[int], scores: Sequence[Fraction], pot: int) -> Fraction:
    """A score that can certainly be reached."""
    total = Fraction(0)
    for cost, score in zip(costs, scores, strict=True):
        if cost <= pot:
            pot, total = pot - cost, total + score
    return total


def _most(rest: Sequence[tuple[int, Fraction]], room: int) -> Fraction:
    """More than this the rest cannot add: the best ratios first, the last one in part."""
    total = Fraction(0)
    for cost, score in rest:
        if cost > room:
            return total + score * room / cost
        room, total = room - cost, total + score
    return total


def by_group(
    claims: Sequence[Claim],
    pot: int,
    shares: Mapping[str, Fraction],
    divide: Callable[[Sequence[Claim], int], Division],
) -> Division:
    """Each class its share of the pot in per cent, divided by ``divide``; what one class leaves stays left.

    Raises ValueError where shares sum to more than 100. Classes without a share get nothing.
    """
    if sum(shares.values(), Fraction(0)) > 100 or any(share < 0 for share in shares.values()):
        message = "shares of classes sum to more than 100"
        raise ValueError(message)
    grants: dict[str, Grant] = {}
    for group in dict.fromkeys(claim.group for claim in claims):
        of_it = [claim for claim in claims if claim.group == group]
        part = int(pot * shares.get(group, Fraction(0)) / 100)
        grants |= {grant.id: grant for grant in divide(of_it, part).grants}
    done = Division(tuple(grants[claim.id] for claim in claims), 0)
    return replace(done, left=pot - done.given)


def quota(residents: int, *, base: int, per_hundred: int) -> int:
    """A community's quota in fen: ``base`` and ``per_hundred`` for every full hundred residents (rules §2)."""
    return base + residents // 100 * per_hundred


def _text(value: Fraction) -> str:
    """A score with two decimals, half up."""
    hundredths = int((value * 200 + 1) // 2)
    return f"{hundredths // 100}.{hundredths % 100:02}"

"""A fund divided in order of rank or by tiers: whole fen, within every purse, and for each project a reason.

Amounts are whole numbers of fen, scores exact fractions. Every division sums to its pot: grants and what is left.
The pot may hold purses that only some projects may draw on (the part of a class, the quota of a community): a purse
is named by its sort and a colon, ``class:…``, ``quota:…``. Other rules stand in ``filling``, ``totals``, ``voting``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

POT = ""
"""The name of the pot among the purses."""


@dataclass(frozen=True)
class Claim:
    """A project that asks for ``asked`` fen. ``rank`` 1 is the best; without score or rank it cannot be chosen by them.

    ``purses`` are those it draws on besides the pot; ``needs`` is what it needs of things other than money.
    """

    id: str
    asked: int
    score: Fraction | None = None
    rank: int | None = None
    purses: tuple[str, ...] = ()
    needs: Mapping[str, int] = field(default_factory=dict)


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
    ``most``: how many projects at most (0: any number); ``rooms``: fen in each purse, none in one that is missing."""

    cap: int = 0
    floor: int = 0
    line: Fraction | None = None
    most: int = 0
    rooms: Mapping[str, int] = field(default_factory=dict)

    def wish(self, claim: Claim) -> int:
        """What a claim can get at most."""
        return min(claim.asked, self.cap) if self.cap else claim.asked


class Tier(NamedTuple):
    """Ranks up to ``upto`` get ``amount`` fen, or ``percent`` of what they asked for where that is set."""

    upto: int
    amount: int = 0
    percent: Fraction | None = None


NO_BOUNDS = Bounds()


class Rooms:
    """What is left in the pot and in every purse while it is given out."""

    def __init__(self, pot: int, rooms: Mapping[str, int]) -> None:
        self.left = {**rooms, POT: pot}

    def tightest(self, claim: Claim) -> tuple[int, str]:
        """The fen a claim can still draw, and the purse that holds the least; the pot last among equals."""
        purses = (*claim.purses, POT)
        name = min(purses, key=lambda one: self.left.get(one, 0))
        return self.left.get(name, 0), name

    def take(self, claim: Claim, amount: int) -> None:
        """Draw ``amount`` from the pot and every purse of a claim."""
        for name in (POT, *claim.purses):
            self.left[name] = self.left.get(name, 0) - amount


def ending(purse: str) -> str:
    """What a reason ends with where a purse and not the pot decided: ``-class``, ``-quota``."""
    return f"-{purse.partition(':')[0]}" if purse else ""


def in_order(claims: Sequence[Claim], pot: int, *, bounds: Bounds = NO_BOUNDS, partly: bool = False) -> Division:
    """Each in order of rank what it asks for, while it fits; what does not fit is passed over.

    With ``partly`` the first that does not fit its purse has what is left there.
    """
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
    rooms, count = Rooms(pot, bounds.rooms), 0
    for claim in sorted(claims, key=lambda one: (one.rank is None, one.rank or 0, one.id)):
        stopped = unfit(claim, bounds, needs_rank=True)
        wanted = 0 if stopped else wish(claim)
        if stopped is not None:
            grant = stopped
        elif bounds.most and count >= bounds.most:
            grant = past_places(claim, bounds)
        elif wanted <= 0 or wanted < bounds.floor:
            grant = Grant(claim.id, 0, f"past-{why}s", {"rank": claim.rank or 0})
        else:
            grant = _drawn(claim, wanted, rooms, why=why, least=max(bounds.floor, 1) if partly else None)
        grants[claim.id] = grant
        rooms.take(claim, grant.amount)
        count += grant.amount > 0
    return Division(tuple(grants[claim.id] for claim in claims), rooms.left[POT])


def _drawn(claim: Claim, wanted: int, rooms: Rooms, *, why: str, least: int | None) -> Grant:
    """What a claim gets of what is left; less than it is due only from ``least`` on (None: never)."""
    (room, purse), rank = rooms.tightest(claim), claim.rank or 0
    if wanted <= room:
        return Grant(claim.id, wanted, f"{why}-capped" if wanted < claim.asked else why, {"rank": rank})
    if least is not None and room >= least:
        return Grant(claim.id, room, f"partly{ending(purse)}", {"rank": rank, "wanted": wanted})
    return Grant(claim.id, 0, f"no-room{ending(purse)}", {"wanted": wanted, "left": max(room, 0), "rank": rank})


def unfit(claim: Claim, bounds: Bounds, *, needs_rank: bool) -> Grant | None:
    """A refusal for a claim that has no rank or score, or lies below the line."""
    if claim.score is None and (bounds.line is not None or not needs_rank):
        return Grant(claim.id, 0, "no-score")
    if needs_rank and claim.rank is None:
        return Grant(claim.id, 0, "no-score")
    return below_line(claim, bounds)


def below_line(claim: Claim, bounds: Bounds) -> Grant | None:
    """A refusal for a claim that was judged below the line."""
    if bounds.line is None or claim.score is None or claim.score >= bounds.line:
        return None
    return Grant(claim.id, 0, "below-line", {"score": written(claim.score), "line": written(bounds.line)})


def past_places(claim: Claim, bounds: Bounds) -> Grant:
    """A refusal for a claim behind those that can be supported."""
    return Grant(claim.id, 0, "past-places", {"rank": claim.rank or 0, "places": bounds.most})


def written(value: Fraction) -> str:
    """A score with two decimals, half up."""
    hundredths = int((value * 200 + 1) // 2)
    return f"{hundredths // 100}.{hundredths % 100:02}"

"""How sure a share is: Wilson's interval of a simple sample; a share by strata with finite-population correction.

Wilson: E. B. Wilson, J. Amer. Statist. Assoc. 22 (1927). By strata: W. G. Cochran, Sampling Techniques, 3rd ed., ch. 5
(5.52 for a share). Wilson's form with the effective number of answers: C. Franco, R. Little, T. Louis, E. Slud,
J. Surv. Stat. Methodol. 7 (2019).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEAST = 2
"""Answers a stratum needs for its own variance."""


@dataclass(frozen=True)
class Stratum:
    """``size`` households there are, ``n`` valid answers of them, ``k`` of those satisfied."""

    name: str
    size: int
    n: int
    k: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n <= self.size:
            message = f"{self.name}: {self.k} of {self.n} of {self.size}"
            raise ValueError(message)


@dataclass(frozen=True)
class Estimate:
    """A share by strata (0 to 1) with its interval; ``deviation`` is its standard error, ``merged`` says which strata
    were put together because one of them had fewer than two answers.
    """

    share: float
    low: float
    high: float
    deviation: float
    n: int
    merged: tuple[tuple[str, ...], ...] = ()


def wilson(k: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of ``k`` among ``n``, as shares of 0 to 1; (0, 1) where nobody answered.

    Raises ValueError unless 0 <= k <= n and 0 < level < 1.
    """
    if not 0 <= k <= n or not 0 < level < 1:
        message = f"no interval for {k} of {n} at {level}"
        raise ValueError(message)
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, squared = k / n, z * z
    middle = (share + squared / (2 * n)) / (1 + squared / n)
    reach = z / (1 + squared / n) * sqrt(share * (1 - share) / n + squared / (4 * n * n))
    low = 0.0 if k == 0 else max(0.0, middle - reach)
    return low, 1.0 if k == n else min(1.0, middle + reach)


def merged(strata: Iterable[Stratum], least: int = LEAST) -> list[tuple[Stratum, tuple[str, ...]]]:
    """Strata of at least ``least`` answers each, with the names each was put together from, in the order given.

    One with fewer is put together with the next in the list, the last with the one before it. Empty strata (no
    household) are left out. Where all answers together are fewer, one stratum is left.
    """
    piles: list[list[Stratum]] = []
    for stratum in (one for one in strata if one.size):
        if piles and sum(one.n for one in piles[-1]) < least:
            piles[-1].append(stratum)
        else:
            piles.append([stratum])
    if len(piles) > 1 and sum(one.n for one in piles[-1]) < least:
        last = piles.pop()
        piles[-1].extend(last)
    return [(_together(pile), tuple(one.name for one in pile)) for pile in piles]


def _together(pile: Sequence[Stratum]) -> Stratum:
    name = "+".join(one.name for one in pile)
    return Stratum(name, sum(one.size for one in pile), sum(one.n for one in pile), sum(one.k for one in pile))


def stratified(strata: Iterable[Stratum], level: float = 0.95) -> Estimate | None:
    """The share of all households, every stratum by its size; None where nobody answered.

    Variance: Σ W² (1 - n/N) p (1 - p) / (n - 1). The interval is Wilson's with as many answers as a simple sample of
    that variance would have; where all strata are unanimous, with n / (1 - n/N). A census has no interval.
    """
    piles = merged(strata)
    rows = [row for row, _names in piles]
    size, n = sum(row.size for row in rows), sum(row.n for row in rows)
    if n == 0:
        return None
    told = tuple(names for _row, names in piles if len(names) > 1)
    share = sum(row.size / size * row.k / row.n for row in rows)
    variance = sum(_variance(row, size) for row in rows)
    low, high = _interval(share, variance, n, size, level)
    return Estimate(share, low, high, sqrt(variance), n, told)


def _variance(row: Stratum, size: int) -> float:
    """What a stratum adds to the variance of the share of all; a lone answer tells nothing of it."""
    if row.n < LEAST:
        return 0.0
    share = row.k / row.n
    return (row.size / size) ** 2 * (1 - row.n / row.size) * share * (1 - share) / (row.n - 1)


def _interval(share: float, variance: float, n: int, size: int, level: float) -> tuple[float, float]:
    if n == size:
        return share, share
    answers = share * (1 - share) / variance if variance > 0 else n / (1 - n / size)
    share = min(max(share, 0.0), 1.0)
    return wilson(share * answers, answers, level)

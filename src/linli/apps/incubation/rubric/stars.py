"""The stars of a year (D19–D21): Party work is the gate, then months and review; the formula is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

HUNDREDTH, ALL = Decimal("0.01"), Decimal(100)


@dataclass(frozen=True)
class StarLine:
    """From so many points of a hundred on, so many stars."""

    least: Decimal
    stars: int


@dataclass(frozen=True)
class Formula:
    """What the stars are reckoned by; told to everybody with its version.

    ``months_share``: per cent the months have, the review has the rest. ``party_least``: the mean of the criterion of
    Party work, of its top mark, below which there are no stars.
    """

    version: str
    months_share: int
    least_months: int
    party_least: Decimal
    lines: tuple[StarLine, ...]


FORMULA = Formula(
    "2026-1", 60, 6, Decimal("1.2"), (StarLine(Decimal(90), 5), StarLine(Decimal(80), 4), StarLine(Decimal(70), 3))
)
"""The lines are those of rules 3.4 (nine, eight, seven of ten); share, months and gate are the street's to decide."""


@dataclass(frozen=True)
class Verdict:
    """The stars (0: none), the points of a hundred (None where it was not reckoned) and every step in words.

    ``mean``: of the months; ``party``: of Party work; ``passed``: its gate. None and False before they were reckoned.
    """

    stars: int
    points: Decimal | None
    steps: tuple[str, ...]
    mean: Decimal | None = None
    party: Decimal | None = None
    passed: bool = False


def stars_of(
    totals: Sequence[Decimal], party: Sequence[Decimal], review: Decimal | None, formula: Formula = FORMULA
) -> Verdict:
    """``totals``: final months of ten; ``party``: their marks of Party work; ``review``: of a hundred, or None.

    The gate stands first: who does not pass it gets no stars, whatever the points. Without a review nothing is
    reckoned.
    """
    if len(totals) < formula.least_months:
        words = {"n": len(totals), "least": formula.least_months}
        return Verdict(0, None, (_("%(n)d final months; at least %(least)d are needed. Not rated.") % words,))
    gate, mean = _mean(party), _mean(totals)
    about = {"mean": gate, "least": formula.party_least}
    if gate < formula.party_least:
        told = _("Party work first: %(mean)s on average, below %(least)s. No stars.") % about
        return Verdict(0, None, (told,), mean, gate)
    steps = [_("Party work first: %(mean)s on average, at least %(least)s. Passed.") % about]
    if review is None:
        told = _("The review of the year was not held. Not rated yet.")
        return Verdict(0, None, (*steps, told), mean, gate, passed=True)
    months = mean * 10
    points = (months * formula.months_share + review * (ALL - formula.months_share)) / ALL
    points = points.quantize(HUNDREDTH, ROUND_HALF_UP)
    figures: dict[str, object] = {
        "n": len(totals), "mean": mean, "months": formula.months_share, "review": review,
        "rest": 100 - formula.months_share, "points": points,
    }  # fmt: skip
    steps.append(_("Mean of %(n)d months: %(mean)s of 10.") % figures)
    sentence = _("%(mean)s × 10 × %(months)d%% + %(review)s × %(rest)d%% = %(points)s points.")
    steps.append(sentence % figures)
    stars = next((one.stars for one in formula.lines if points >= one.least), 0)
    steps.append(_line_told(points, stars, formula))
    return Verdict(stars, points, tuple(steps), mean, gate, passed=True)


def _mean(marks: Sequence[Decimal]) -> Decimal:
    return (sum(marks, Decimal(0)) / max(len(marks), 1)).quantize(HUNDREDTH, ROUND_HALF_UP)


def _line_told(points: Decimal, stars: int, formula: Formula) -> str:
    if not stars:
        return _("Below %(least)s points: no stars.") % {"least": min(one.least for one in formula.lines)}
    least = next(one.least for one in formula.lines if one.stars == stars)
    return _("At least %(least)s points: %(stars)d stars.") % {"least": least, "stars": stars}

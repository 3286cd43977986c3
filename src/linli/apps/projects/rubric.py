"""Bands of what was reached (rules §3), and the sheet of the mid-term evaluation (rules 3.2); pure arithmetic."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NOTHING, ALL = Decimal(0), Decimal(100)
BANDS = ((Decimal(100), 3), (Decimal(80), 2), (Decimal(60), 1))
"""At least so many per cent → points of three; below the last one none (绩效版 tree, rules §3)."""
CENT = Decimal("0.01")


def percent_reached(baseline: Decimal, target: Decimal, actual: Decimal) -> Decimal:
    """Per cent of the plan: actual ÷ target where it shall rise; the way down that was made where it shall fall.

    Never below zero; rounded to two decimals.
    """
    share = actual / target if target > baseline else (baseline - actual) / (baseline - target)
    return max(NOTHING, share * ALL).quantize(CENT, ROUND_HALF_UP)


def points_of(percent: Decimal) -> int:
    """≥100 % → 3, ≥80 % → 2, ≥60 % → 1, below 0."""
    return next((points for least, points in BANDS if percent >= least), 0)


def planned_by(baseline: Decimal, target: Decimal, begins_on: date, due: date, day: date) -> Decimal:
    """What would be reached on ``day``, were the way from baseline to target walked evenly until ``due``."""
    if day >= due or due <= begins_on:
        return target
    share = Decimal(max((day - begins_on).days, 0)) / Decimal((due - begins_on).days)
    return baseline + (target - baseline) * share


@dataclass(frozen=True)
class Criterion:
    """One line of the mid-term sheet."""

    code: str
    title: str
    top: Decimal


SHEET = (
    Criterion("schedule", "进度与计划一致", Decimal(25)),
    Criterion("output", "服务产出", Decimal(20)),
    Criterion("quality", "服务质量与满意度", Decimal(15)),
    Criterion("money", "经费使用与票据", Decimal(20)),
    Criterion("files", "档案完整", Decimal(10)),
    Criterion("risk", "风险与调整", Decimal(10)),
)
PASS, FIX = Decimal(80), Decimal(60)
"""At least so much: go on and pay; put right first, then pay. Below: stop and decide."""
MONEY_BANDS = ((Decimal(5), Decimal(20)), (Decimal(10), Decimal(14)))
"""Changes of at most so many per cent of the budget → mark; above the last one eight."""
MONEY_ABOVE = Decimal(8)
EACH_MISSING = Decimal(2)


def by_thirds(top: Decimal, points: Iterable[int]) -> Decimal | None:
    """The mean of several bands as a part of ``top``; None where there is nothing to judge."""
    given = list(points)
    if not given:
        return None
    return (top * sum(given) / (3 * len(given))).quantize(CENT, ROUND_HALF_UP)


def mark_of_money(changed: Decimal, *, overrun: bool) -> Decimal:
    """≤5 % → 20, ≤10 % → 14, above 8; a line spent beyond its plan without an approved change → 0."""
    if overrun:
        return NOTHING
    return next((mark for most, mark in MONEY_BANDS if changed <= most), MONEY_ABOVE)


def mark_of_files(missing: int) -> Decimal:
    """Ten, two less for each missing item."""
    return max(NOTHING, Decimal(10) - EACH_MISSING * missing)


def mark_of_rate(rate: Decimal) -> Decimal:
    """Satisfied share (0 to 1) × 15."""
    return (rate * 15).quantize(CENT, ROUND_HALF_UP)


def verdict_of(marks: Sequence[Decimal], *, misuse: bool) -> tuple[Decimal, str]:
    """The total and what follows: "continue", "fix" or "stop"; misuse of money sets the whole to zero."""
    total = NOTHING if misuse else sum(marks, NOTHING)
    if total >= PASS:
        return total, "continue"
    return total, "fix" if total >= FIX else "stop"


def change_percent(moved: Decimal, budget: Decimal) -> Decimal:
    """Money that moves in per cent of the budget; all of it where there was none."""
    if not budget:
        return ALL if moved else NOTHING
    return (moved * ALL / budget).quantize(CENT, ROUND_HALF_UP)


def band_of(percent: Decimal, small: Decimal, middle: Decimal) -> str:
    """The band: small up to ``small`` per cent, middle up to ``middle``, large above."""
    if percent <= small:
        return "small"
    return "middle" if percent <= middle else "large"


def moved_between(before: Sequence[Decimal], after: Sequence[Decimal]) -> Decimal:
    """Money that moves between lines given in one order: the greater of what is added and what is taken."""
    pairs = list(zip(before, after, strict=True))
    added = sum((new - old for old, new in pairs if new > old), NOTHING)
    taken = sum((old - new for old, new in pairs if new < old), NOTHING)
    return max(added, taken)

"""Bands and marks are plain arithmetic; their edges are the rule."""

from datetime import date
from decimal import Decimal as D

import pytest

from linli.apps.projects import rubric

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "percent", "points"),
    [
        ("0", "8", "8", "100.00", 3),
        ("0", "8", "10", "125.00", 3),
        ("0", "1000", "999.9", "99.99", 2),
        ("0", "10", "8", "80.00", 2),
        ("0", "1000", "799", "79.90", 1),
        ("0", "10", "6", "60.00", 1),
        ("0", "10", "5.99", "59.90", 0),
        ("20", "80", "50", "62.50", 1),
        ("40", "10", "10", "100.00", 3),
        ("40", "10", "16", "80.00", 2),
        ("40", "10", "55", "0.00", 0),
    ],
)
def test_bands_are_100_80_and_60_per_cent(baseline: str, target: str, actual: str, percent: str, points: int) -> None:
    found = rubric.percent_reached(D(baseline), D(target), D(actual))
    assert (found, rubric.points_of(found)) == (D(percent), points)


@pytest.mark.parametrize(
    ("percent", "band", "mark"),
    [("0", "small", "20"), ("5", "small", "20"), ("5.01", "middle", "14"), ("10", "middle", "14"),
     ("10.01", "large", "8")],
)  # fmt: skip
def test_changes_fall_into_bands_of_5_and_10_per_cent(percent: str, band: str, mark: str) -> None:
    assert rubric.band_of(D(percent), D(5), D(10)) == band
    assert rubric.mark_of_money(D(percent), overrun=False) == D(mark)
    assert rubric.mark_of_money(D(percent), overrun=True) == 0


def test_money_that_moves_is_the_greater_of_added_and_taken() -> None:
    assert rubric.moved_between([D(100), D(200), D(0)], [D(60), D(230), D(10)]) == D(40)
    assert rubric.moved_between([D(100)], [D(130)]) == D(30)
    assert rubric.change_percent(D(30), D(400)) == D("7.50")


@pytest.mark.parametrize(
    ("marks", "misuse", "found"),
    [((25, 20, 15, 20), False, (80, "continue")), ((25, 20, 15, 19), False, (79, "fix")),
     ((25, 20, 15), False, (60, "fix")), ((25, 20, 14), False, (59, "stop")), ((25, 20, 15, 20), True, (0, "stop"))],
)  # fmt: skip
def test_the_total_decides_and_misuse_is_zero(marks: tuple[int, ...], misuse: bool, found: tuple[int, str]) -> None:
    assert rubric.verdict_of([D(one) for one in marks], misuse=misuse) == found


def test_an_even_pace_is_what_is_planned_by_a_day() -> None:
    first, last = date(2026, 1, 1), date(2026, 1, 11)
    days = (date(2025, 12, 1), first, date(2026, 1, 6), last, date(2026, 2, 1))
    assert [rubric.planned_by(D(10), D(20), first, last, day) for day in days] == [10, 10, 15, 20, 20]


def test_the_sheet_sums_to_a_hundred() -> None:
    assert sum(one.top for one in rubric.SHEET) == 100
    assert (rubric.by_thirds(D(25), [2]), rubric.by_thirds(D(20), [3, 1, 0]), rubric.by_thirds(D(20), [])) == (
        D("16.67"), D("8.89"), None,
    )  # fmt: skip
    assert (rubric.mark_of_files(3), rubric.mark_of_files(9), rubric.mark_of_rate(D("0.9"))) == (4, 0, D("13.50"))

"""On which days festivals fall: compared with the calendars printed by the observatory."""

from datetime import date, timedelta

import pytest

from linli.apps.activities.kinds import festival_day, festivals, next_festival

pytestmark = pytest.mark.sqlite_only

KNOWN = (
    ("spring", "2024-02-10"), ("spring", "2025-01-29"), ("spring", "2026-02-17"), ("spring", "2027-02-06"),
    ("eve", "2026-02-16"), ("eve", "2025-01-28"), ("lantern", "2026-03-03"), ("dragon_boat", "2026-06-19"),
    ("double_seventh", "2025-08-29"), ("mid_autumn", "2025-10-06"), ("mid_autumn", "2026-09-25"),
    ("double_ninth", "2025-10-29"), ("double_ninth", "2026-10-18"), ("laba", "2025-01-07"),
    ("laba", "2026-01-26"), ("qingming", "2026-04-05"), ("qingming", "2025-04-04"),
)  # fmt: skip


@pytest.mark.parametrize(("code", "day"), KNOWN)
def test_it_knows_the_day_of_a_festival(code: str, day: str) -> None:
    asked = date.fromisoformat(day)
    assert next_festival(code, asked - timedelta(days=20)) == asked


@pytest.mark.slow
def test_every_festival_falls_into_its_part_of_every_year_after_a_leap_month_too() -> None:
    months = {
        "spring": (1, 2), "lantern": (2, 3), "dragon_boat": (5, 6), "double_seventh": (7, 8), "mid_autumn": (9, 10),
        "double_ninth": (10, 11), "laba": (12, 1), "eve": (1, 2), "qingming": (4,),
    }  # fmt: skip
    for code in festivals():
        found = {festival_day(code, year).month for year in range(1950, 2099)}
        assert found == set(months[code])


def test_the_next_one_may_lie_in_the_next_year() -> None:
    assert next_festival("mid_autumn", date(2026, 9, 25)) == date(2026, 9, 25)
    assert next_festival("mid_autumn", date(2026, 9, 26)) == date(2027, 9, 15)

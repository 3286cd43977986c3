"""Dates, sums and ages as people read them."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from linli.kernel.ui import words

NOON = dt.datetime(2026, 11, 22, 15, 30, tzinfo=timezone.get_default_timezone())


def test_it_writes_a_moment_in_chinese() -> None:
    assert words.moment(NOON) == "2026年11月22日 周日 15:30"


def test_it_writes_a_moment_of_another_zone_in_local_time() -> None:
    assert words.moment(NOON.astimezone(dt.UTC)) == "2026年11月22日 周日 15:30"


def test_it_writes_a_moment_in_english() -> None:
    with translation.override("en"):
        assert words.moment(NOON) == "22 November 2026, Sunday 15:30"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (dt.timedelta(hours=-15), "今天收到"),
        (dt.timedelta(hours=-16), "已等1天"),
        (dt.timedelta(days=-3, hours=-2), "已等3天"),
    ],
)
def test_it_says_how_long_something_has_waited_in_days_of_the_calendar(step: dt.timedelta, said: str) -> None:
    assert words.waited(NOON + step, now=NOON) == said


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (dt.timedelta(seconds=-5), "刚刚"),
        (dt.timedelta(minutes=-5), "5分钟前"),
        (dt.timedelta(hours=2), "2小时后"),
        (dt.timedelta(days=-3, hours=-2), "3天前"),
        (dt.timedelta(days=4, hours=1), "4天后"),
        (dt.timedelta(days=-3349), ""),
    ],
)
def test_it_says_how_far_a_moment_is(step: dt.timedelta, said: str) -> None:
    assert words.ago(NOON + step, now=NOON) == said


def test_it_says_today_of_a_date() -> None:
    assert words.ago(NOON.date(), now=NOON) == "今天"


@pytest.mark.parametrize(
    ("sum_", "said"), [(Decimal(12345), "¥12,345.00"), (Decimal("-0.5"), "-¥0.50"), (0, "¥0.00"), (None, "—")]
)
def test_it_writes_yuan_with_two_digits(sum_: Decimal | None, said: str) -> None:
    assert words.yuan(sum_) == said


def test_it_writes_big_sums_in_units_of_ten_thousand() -> None:
    assert words.big_yuan(Decimal("1234567.8")) == "123.46万元"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("日期：2026-11-13", "日期：2026年11月13日"),
        ("2026-07-07 09:00 → 2026-07-08 09:00", "2026年7月7日 09:00 → 2026年7月8日 09:00"),
        ("2027-01-16T09:00:00+00:00", "2027年1月16日 17:00"),
        ("申报 2017-03-001、13812-34-5678、2026-13-40", "申报 2017-03-001、13812-34-5678、2026-13-40"),
    ],
)
def test_it_says_days_written_for_machines_as_people_do(written: str, said: str) -> None:
    assert words.days_in_words(written) == said

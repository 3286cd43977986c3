"""The Chinese calendar: New Year and Spring Festival of 2026, make-up days, entered days, unknown years."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.deadlines import (
    CalendarDay,
    WorkCalendar,
    add_calendar_hours,
    add_working_days,
    add_working_hours,
    calendar_known_until,
    known_until_sentence,
)
from linli.kernel.deadlines.workdays import CHINA, office_spans

PUBLISHED = WorkCalendar()
DAYS = st.datetimes(datetime(2025, 1, 1), datetime(2028, 12, 31), timezones=st.just(CHINA))  # noqa: DTZ001


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2025-12-31", True),
        ("2026-01-01", False),
        ("2026-01-02", False),
        ("2026-01-03", False),
        ("2026-01-04", True),  # a make-up Sunday
        ("2026-02-14", True),  # a make-up Saturday
        ("2026-02-16", False),
        ("2026-02-28", True),
        ("2026-03-07", False),
    ],
)
def test_it_knows_holidays_and_make_up_days(day: str, working: bool) -> None:
    assert PUBLISHED.is_working(date.fromisoformat(day)) is working


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2025-12-29T10:00", 5, "2026-01-06T17:30"),
        ("2025-12-31T16:00", 1, "2026-01-04T17:30"),
        ("2026-02-13T10:00", 1, "2026-02-14T17:30"),
        ("2026-02-13T10:00", 2, "2026-02-24T17:30"),
        ("2026-02-20T10:00", 1, "2026-02-24T17:30"),
        ("2026-03-06T23:59", 1, "2026-03-09T17:30"),
    ],
)
def test_it_counts_working_days_from_the_day_after_to_closing_time(start: str, count: int, due: str) -> None:
    assert PUBLISHED.add_working_days(moment(start), count) == moment(due)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2025-12-31T16:00", 6, "2026-01-04T15:00"),
        ("2026-02-13T15:00", 8, "2026-02-14T16:00"),
        ("2026-03-04T08:00", 3, "2026-03-04T12:00"),
        ("2026-03-04T12:30", 1, "2026-03-04T14:30"),
        ("2026-03-04T17:30", 1, "2026-03-05T10:00"),
        ("2026-03-06T16:30", 2, "2026-03-09T10:00"),
    ],
)
def test_it_counts_office_hours(start: str, hours: int, due: str) -> None:
    assert PUBLISHED.add_working_time(moment(start), timedelta(hours=hours)) == moment(due)


@given(DAYS, st.integers(1, 120))
def test_it_measures_the_hours_it_added(start: datetime, hours: int) -> None:
    length = timedelta(hours=hours)
    assert PUBLISHED.working_time_between(start, PUBLISHED.add_working_time(start, length)) == length


@given(DAYS, st.integers(1, 60))
def test_it_measures_the_days_it_added(start: datetime, count: int) -> None:
    assert PUBLISHED.working_days_between(start, PUBLISHED.add_working_days(start, count)) == count


def test_it_finds_no_working_time_backwards() -> None:
    assert PUBLISHED.working_time_between(moment("2026-03-04T12:00"), moment("2026-03-04T09:00")) == timedelta(0)


def test_it_counts_calendar_hours_through_the_holiday() -> None:
    assert add_calendar_hours(moment("2026-02-13T10:00"), 24 * 7) == moment("2026-02-20T10:00")


def test_it_knows_weekends_only_past_the_last_known_year() -> None:
    year = calendar_known_until().year + 1
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [PUBLISHED.is_working(day) for day in days] == [day.weekday() < 5 for day in days]


def test_it_knows_weekends_only_before_the_first_known_year() -> None:
    assert PUBLISHED.is_working(date(1999, 10, 1)) is True


def test_it_says_until_when_it_knows() -> None:
    last = calendar_known_until()
    assert (last.month, last.day) == (12, 31)
    assert last.year >= 2026
    assert known_until_sentence() == (
        f"节假日和调休上班日的数据截至{last.year}年12月31日；此后按周一至周五为工作日计算，在此登记的日期除外。"
    )


def test_it_takes_the_office_hours_it_is_given() -> None:
    calendar = WorkCalendar(spans=office_spans("08:30-11:30, 14:00-18:00"))
    assert calendar.add_working_days(moment("2026-03-04T10:00"), 1) == moment("2026-03-05T18:00")
    assert calendar.spans == ((time(8, 30), time(11, 30)), (time(14), time(18)))


@pytest.mark.parametrize("wrong", ["12:00-09:00", "09:00-12:00,11:00-17:00", "nine to five"])
def test_it_refuses_office_hours_that_do_not_run_forward(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"forward|Invalid|unpack"):
        office_spans(wrong)


def test_it_does_not_search_for_ever() -> None:
    closed = WorkCalendar({date(2026, 1, 1) + timedelta(days=number): False for number in range(800)})
    with pytest.raises(ValueError, match="without one working day"):
        closed.add_working_days(moment("2026-01-05T10:00"), 1)


@pytest.mark.django_db
def test_it_lets_an_entered_day_win() -> None:
    CalendarDay.objects.create(day=date(2027, 2, 8), is_working=False, note="春节")
    CalendarDay.objects.create(day=date(2027, 2, 13), is_working=True, note="调休")
    assert add_working_days(moment("2027-02-05T10:00"), 1) == moment("2027-02-09T17:30")
    assert add_working_days(moment("2027-02-12T10:00"), 1) == moment("2027-02-13T17:30")


@pytest.mark.django_db
def test_it_lets_the_street_win_over_the_district() -> None:
    street = uuid4()
    CalendarDay.objects.create(day=date(2026, 3, 4), is_working=False)
    CalendarDay.objects.create(day=date(2026, 3, 4), is_working=True, street=street)
    start = moment("2026-03-03T17:00")
    assert add_working_hours(start, 1, street=street) == moment("2026-03-04T09:30")
    assert add_working_hours(start, 1, street=uuid4()) == moment("2026-03-05T09:30")
    assert add_working_hours(start, 1) == moment("2026-03-05T09:30")

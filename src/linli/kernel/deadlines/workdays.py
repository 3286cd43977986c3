"""Working days and hours of the Chinese calendar: holidays, make-up days, and days entered by hand. No table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

CHINA = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = "09:00-12:00,13:30-17:30"
ONE_DAY = timedelta(days=1)
Span = tuple[time, time]


def office_spans(text: str) -> tuple[Span, ...]:
    """The spans of "09:00-12:00,13:30-17:30". Raises ValueError where they overlap or run backwards."""
    spans = []
    for part in text.split(","):
        opens, closes = (time.fromisoformat(piece.strip()) for piece in part.split("-"))
        spans.append((opens, closes))
    edges = [edge for span in spans for edge in span]
    if any(earlier >= later for earlier, later in pairwise(edges)):
        message = f"office hours must run forward: {text!r}"
        raise ValueError(message)
    return tuple(spans)


@lru_cache(maxsize=1)
def calendar_known_until() -> date:
    """The last day for which holidays and make-up days are known from the published calendar."""
    from chinese_calendar import constants

    return date(max(day.year for day in constants.holidays), 12, 31)


def known_until_sentence() -> str:
    """One sentence for the page: until when the calendar is known, and what counts afterwards."""
    return _(
        "Holidays and make-up days are known until %(day)s. After that every Monday to Friday counts as a "
        "working day, unless a day is entered here."
    ) % {"day": date_format(calendar_known_until())}


def published_working(day: date) -> bool:
    """Whether offices work on ``day`` by the published calendar; weekends only where none is published."""
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.isoweekday() <= 5


@dataclass(frozen=True)
class WorkCalendar:
    """The calendar of one street: ``entered`` days win over the published ones. Moments must be aware."""

    entered: Mapping[date, bool] = field(default_factory=dict)
    spans: tuple[Span, ...] = office_spans(OFFICE_HOURS)

    def is_working(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        given = self.entered.get(day)
        return published_working(day) if given is None else given

    def working_days_from(self, day: date) -> Iterator[date]:
        """``day`` and the days after it on which offices work. Raises ValueError after a year without one."""
        idle = 0
        while idle < 366:
            if self.is_working(day):
                idle = 0
                yield day
            else:
                idle += 1
            day += ONE_DAY
        message = "a year without one working day"
        raise ValueError(message)

    def closing(self, day: date) -> datetime:
        """When office hours end on ``day``."""
        return datetime.combine(day, self.spans[-1][1], CHINA)

    def add_working_days(self, start: datetime, count: int) -> datetime:
        """Closing time of the ``count``-th working day after the day of ``start``.

        The first day is not counted, a last day that is a holiday moves on, and the last day ends when the
        office closes: 民法典 (2020) Art. 201, 203.
        """
        first = start.astimezone(CHINA).date() + ONE_DAY
        for number, day in enumerate(self.working_days_from(first), start=1):
            if number >= count:
                return self.closing(day)
        raise AssertionError  # the iterator does not end

    def _open_spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        for day in self.working_days_from(start.astimezone(CHINA).date()):
            for opens, closes in self.spans:
                begin = max(datetime.combine(day, opens, CHINA), start.astimezone(CHINA))
                end = datetime.combine(day, closes, CHINA)
                if begin < end:
                    yield begin, end

    def add_working_time(self, start: datetime, length: timedelta) -> datetime:
        """The moment at which ``length`` of office hours has passed since ``start``."""
        left = length
        for begin, end in self._open_spans(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise AssertionError  # the iterator does not end

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Office hours between two moments; zero where ``end`` is not later."""
        total = timedelta(0)
        if end <= start:
            return total
        for opens, closes in self._open_spans(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return total

    def working_days_between(self, start: datetime, end: datetime) -> int:
        """Working days after the day of ``start``, up to and with the day of ``end``."""
        first, last = start.astimezone(CHINA).date(), end.astimezone(CHINA).date()
        days = (first + ONE_DAY * number for number in range(1, (last - first).days + 1))
        return sum(1 for day in days if self.is_working(day))

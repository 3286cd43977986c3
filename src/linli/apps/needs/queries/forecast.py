"""What this time of the year brought in earlier years: a forecast by category for the weeks ahead."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from uuid import UUID

from django.db.models import QuerySet, Sum

from linli.apps.needs.models import Category
from linli.apps.needs.models.sums import DailySum

WEEKS = 4
YEARS = 3
LEAST = 8
"""Fewer matters in all earlier windows together say nothing about a season."""
WIDE = 1.64
"""Standard deviations of a 90 % range of a Poisson count."""
LEVELS = (0.5, 2.0)
"""The change of level from year to year is believed only within these bounds."""


@dataclass(frozen=True)
class Outlook:
    """What is to be expected of one category in the ``WEEKS`` after ``begins_on``; ``usual`` is an average window."""

    category: Category
    begins_on: date
    earlier: Sequence[int]
    expected: float
    low: float
    high: float
    usual: float

    @property
    def is_season(self) -> bool:
        """Whether clearly more is to be expected than in an average window."""
        return self.low > self.usual


def windows(begins_on: date) -> list[tuple[date, date]]:
    """The same weeks of the ``YEARS`` before, the latest first; both days counted."""
    found = []
    for back in range(1, YEARS + 1):
        begin = begins_on - timedelta(weeks=52 * back)
        found.append((begin, begin + timedelta(weeks=WEEKS) - timedelta(days=1)))
    return found


def expect(seasons: Sequence[int], *, level: float) -> tuple[float, float, float]:
    """The mean of earlier windows × the change of level, with a range of 90 % (Poisson, level taken as known)."""
    mean = sum(seasons) / len(seasons)
    expected = mean * min(max(level, LEVELS[0]), LEVELS[1])
    spread = WIDE * sqrt(expected + expected / len(seasons))
    return expected, max(0.0, expected - spread), expected + spread


def outlook(rows: QuerySet[DailySum], *, begins_on: date) -> list[Outlook]:
    """Categories with something to go by, those that stand out first. Two queries.

    Uses the windows for which sums exist; the level is this year's count of the last 26 weeks over that of the same
    weeks a year earlier.
    """
    oldest = begins_on - timedelta(weeks=52 * YEARS)
    days = rows.filter(day__gte=oldest, day__lt=begins_on, category__isnull=False)
    by_day: dict[UUID, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for key, day, n in days.values_list("category", "day").annotate(n=Sum("received")):
        by_day[key][day] += n
    first = min((day for counts in by_day.values() for day in counts), default=begins_on)
    known = [(begin, end) for begin, end in windows(begins_on) if begin >= first]
    if not known:
        return []
    names = Category.objects.in_bulk(list(by_day))
    found = [_one(names[key], counts, known, begins_on, first) for key, counts in by_day.items()]
    told = [one for one in found if sum(one.earlier) >= LEAST]
    return sorted(told, key=lambda one: (not one.is_season, -one.expected, one.category.code))


def _one(
    category: Category, counts: Mapping[date, int], known: Sequence[tuple[date, date]], begins_on: date, first: date
) -> Outlook:
    def within(begin: date, end: date) -> int:
        return sum(n for day, n in counts.items() if begin <= day <= end)

    half = timedelta(weeks=26)
    day_before = begins_on - timedelta(days=1)
    year = timedelta(weeks=52)
    now, then = within(begins_on - half, day_before), within(begins_on - half - year, day_before - year)
    level = now / then if then and begins_on - half - year >= first else 1.0
    earlier = [within(begin, end) for begin, end in known]
    expected, low, high = expect(earlier, level=level)
    weeks = max(1.0, (begins_on - first).days / 7)
    return Outlook(category, begins_on, earlier, expected, low, high, sum(counts.values()) / weeks * WEEKS)

"""The figures of a daily, weekly or monthly paper, each taken from rows; the words stand in ``tables``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from linli.apps.needs.models import Need
from linli.apps.needs.models.proactive import IssueState, ProactiveIssue
from linli.apps.needs.models.sums import DailySum
from linli.apps.needs.queries.facts import bounds, open_to_counting
from linli.apps.needs.queries.sums import CATEGORY, PLACE, Line, between, board, whole
from linli.apps.needs.rubric import Tally
from linli.apps.places.models import Place

DAY, WEEK, MONTH = "day", "week", "month"
SPANS = (DAY, WEEK, MONTH)
TOP = 10


@dataclass(frozen=True)
class Span:
    """A day, a week from Monday, or a month; both ends counted."""

    kind: str
    begins: date
    ends: date

    @property
    def before(self) -> "Span":
        """The span just before (环比)."""
        return span_of(self.kind, self.begins - timedelta(days=1))

    @property
    def year_before(self) -> "Span":
        """The same span a year earlier (同比); a week is the one 52 weeks before."""
        if self.kind == WEEK:
            return span_of(WEEK, self.begins - timedelta(weeks=52))
        leap = (self.begins.month, self.begins.day) == (2, 29)
        return span_of(self.kind, self.begins.replace(year=self.begins.year - 1, day=28 if leap else self.begins.day))


def span_of(kind: str, day: date) -> Span:
    """The span of a kind that ``day`` lies in."""
    if kind == DAY:
        return Span(kind, day, day)
    if kind == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(kind, monday, monday + timedelta(days=6))
    first = day.replace(day=1)
    return Span(kind, first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))


@dataclass(frozen=True)
class Source:
    """What a paper says of one source: tickets of 12345, or own matters (自测)."""

    official: bool
    now: Tally
    before: Tally
    year_before: Tally
    categories: Sequence[Line]
    places: Sequence[Line]


@dataclass(frozen=True)
class Report:
    """The figures of one paper of a street (documents.md, paper 31)."""

    street: Place
    span: Span
    sources: Sequence[Source]
    points: Sequence[tuple[str, int]]
    issues_open: int
    issues_late: int
    issues_struck_off: int


def report(street: Place, span: Span, *, today: date) -> Report:
    """The paper of a street; a fixed number of queries."""
    issues = ProactiveIssue.objects.filter(street=street)
    under_way = issues.filter(state__in=(IssueState.NOTICED, IssueState.UNDER_WAY))
    struck_off = issues.filter(struck_off_on__gte=span.begins, struck_off_on__lte=span.ends)
    return Report(
        street=street,
        span=span,
        sources=[_source(street, span, official=official) for official in (True, False)],
        points=points(street, span),
        issues_open=under_way.count(),
        issues_late=under_way.filter(due__lt=today).count(),
        issues_struck_off=struck_off.count(),
    )


def _rows(street: Place, span: Span, *, official: bool) -> QuerySet[DailySum]:
    return between(DailySum.objects.filter(street=street).order_by(), span.begins, span.ends, official=official)


def _source(street: Place, span: Span, *, official: bool) -> Source:
    rows = _rows(street, span, official=official)
    return Source(
        official=official,
        now=whole(rows),
        before=whole(_rows(street, span.before, official=official)),
        year_before=whole(_rows(street, span.year_before, official=official)),
        categories=board(rows, by=CATEGORY)[:TOP],
        places=board(rows, by=PLACE)[:TOP],
    )


def points(street: Place, span: Span) -> list[tuple[str, int]]:
    """The ten points most was said about: place and spot as written, most first. One query."""
    begins, ends = bounds(span.begins)[0], bounds(span.ends)[1]
    rows = open_to_counting(Need.objects.filter(street=street, received_at__gte=begins, received_at__lt=ends))
    found = rows.exclude(spot="").order_by().values_list("place__name", "spot").annotate(n=Count("pk"))
    named = sorted(((f"{place} {spot}", n) for place, spot, n in found), key=lambda one: (-one[1], one[0]))
    return named[:TOP]

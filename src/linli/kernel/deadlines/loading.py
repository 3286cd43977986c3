"""The calendar in force: published days, the district's entries, the street's entries on top."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q

from linli.kernel.deadlines.models import CalendarDay
from linli.kernel.deadlines.terms import Term, Unit
from linli.kernel.deadlines.workdays import OFFICE_HOURS, WorkCalendar, office_spans


def calendar_for(street: UUID | None = None) -> WorkCalendar:
    """The calendar of ``street`` (None: of the district), read in one query."""
    rows = CalendarDay.objects.filter(Q(street__isnull=True) | Q(street=street))
    rows = rows.order_by(F("street").asc(nulls_first=True))
    entered = dict(rows.values_list("day", "is_working"))
    return WorkCalendar(entered, office_spans(getattr(settings, "LINLI_OFFICE_HOURS", OFFICE_HOURS)))


def add_working_days(start: datetime, count: int, *, street: UUID | None = None) -> datetime:
    """Closing time of the ``count``-th working day after the day of ``start``."""
    return calendar_for(street).add_working_days(start, count)


def add_working_hours(start: datetime, count: int, *, street: UUID | None = None) -> datetime:
    """The moment at which ``count`` office hours have passed since ``start``."""
    return calendar_for(street).add_working_time(start, timedelta(hours=count))


def add_calendar_hours(start: datetime, count: int) -> datetime:
    """``count`` hours later, nights and holidays included."""
    return start + timedelta(hours=count)


def due_after(start: datetime, *terms: Term, street: UUID | None) -> list[datetime]:
    """When a deadline of each of ``terms`` that starts now is due; the calendar is read once, where one counts it."""
    by_calendar = any(term.unit != Unit.CALENDAR_HOURS for term in terms)
    calendar = calendar_for(street) if by_calendar else WorkCalendar()
    return [_due(calendar, start, term) for term in terms]


def _due(calendar: WorkCalendar, start: datetime, term: Term) -> datetime:
    if term.unit == Unit.WORKING_DAYS:
        return calendar.add_working_days(start, term.amount)
    if term.unit == Unit.WORKING_HOURS:
        return calendar.add_working_time(start, timedelta(hours=term.amount))
    return add_calendar_hours(start, term.amount)


def due_after_pause(due: datetime, unit: str, *, paused: datetime, resumed: datetime, street: UUID | None) -> datetime:
    """``due`` moved so that as much of ``unit`` is left at ``resumed`` as was left at ``paused``."""
    if unit == Unit.CALENDAR_HOURS:
        return due + (resumed - paused)
    calendar = calendar_for(street)
    if unit == Unit.WORKING_HOURS:
        return calendar.add_working_time(resumed, calendar.working_time_between(paused, due))
    left = calendar.working_days_between(paused, due)
    if left == 0 and _still_open(calendar, resumed):
        return max(due, calendar.closing(resumed))
    return max(due, calendar.add_working_days(resumed, max(left, 1)))


def _still_open(calendar: WorkCalendar, moment: datetime) -> bool:
    return calendar.is_working(moment.date()) and moment <= calendar.closing(moment.date())

"""Deadlines: clocks that run on any record, in working days and hours of the Chinese calendar or round the clock."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.deadlines.terms import Term, calendar_hours, working_days, working_hours
from linli.kernel.deadlines.workdays import WorkCalendar, calendar_known_until, known_until_sentence

if TYPE_CHECKING:
    from linli.kernel.deadlines.clocks import correct, extend, meet, pause, resume, start, start_many
    from linli.kernel.deadlines.days import clear_day, entered_days, may_keep, set_day
    from linli.kernel.deadlines.loading import (
        add_calendar_hours,
        add_working_days,
        add_working_hours,
        calendar_for,
    )
    from linli.kernel.deadlines.models import CalendarDay, Deadline
    from linli.kernel.deadlines.reading import Remaining, of, overdue, remaining, running
else:
    __getattr__ = lazily(
        __name__,
        clocks="correct extend meet pause resume start start_many",
        days="clear_day entered_days may_keep set_day",
        loading="add_calendar_hours add_working_days add_working_hours calendar_for",
        models="CalendarDay Deadline",
        reading="Remaining of overdue remaining running",
    )

__all__ = [
    "CalendarDay",
    "Deadline",
    "Remaining",
    "Term",
    "WorkCalendar",
    "add_calendar_hours",
    "add_working_days",
    "add_working_hours",
    "calendar_for",
    "calendar_hours",
    "calendar_known_until",
    "clear_day",
    "correct",
    "entered_days",
    "extend",
    "known_until_sentence",
    "may_keep",
    "meet",
    "of",
    "overdue",
    "pause",
    "remaining",
    "resume",
    "running",
    "set_day",
    "start",
    "start_many",
    "working_days",
    "working_hours",
]

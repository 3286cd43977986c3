"""The rules of the incubator as pure functions: the sheet of a month, the way out of the center, the stars."""

from linli.apps.incubation.rubric.exiting import Course, Leave, MonthFact, Outcome, Step, Taken, course_of, next_month
from linli.apps.incubation.rubric.idle import Signs, idle, months_before
from linli.apps.incubation.rubric.month import (
    SHEET,
    TOP,
    VERSION,
    Criterion,
    Facts,
    Proposed,
    combined,
    month_of,
    proposals,
    total_of,
)
from linli.apps.incubation.rubric.stars import FORMULA, Formula, StarLine, Verdict, stars_of

__all__ = [
    "FORMULA",
    "SHEET",
    "TOP",
    "VERSION",
    "Course",
    "Criterion",
    "Facts",
    "Formula",
    "Leave",
    "MonthFact",
    "Outcome",
    "Proposed",
    "Signs",
    "StarLine",
    "Step",
    "Taken",
    "Verdict",
    "combined",
    "course_of",
    "idle",
    "month_of",
    "months_before",
    "next_month",
    "proposals",
    "stars_of",
    "total_of",
]

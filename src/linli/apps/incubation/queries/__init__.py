"""Reads of incubation."""

from linli.apps.incubation.queries.course import STAY, cases_visible_to, course, joined_on, members_on, read_by, stands
from linli.apps.incubation.queries.evidence import facts_of
from linli.apps.incubation.queries.months import (
    BoardRow,
    board,
    marks_of,
    objections_visible_to,
    speakers,
    visible_to,
    warnings_of,
)

__all__ = [
    "STAY",
    "BoardRow",
    "board",
    "cases_visible_to",
    "course",
    "facts_of",
    "joined_on",
    "marks_of",
    "members_on",
    "objections_visible_to",
    "read_by",
    "speakers",
    "stands",
    "visible_to",
    "warnings_of",
]

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
from linli.apps.incubation.queries.stars import (
    GRADE,
    STARS,
    Basis,
    bases_of,
    given_rounds,
    grades_of,
    rated_in,
    ratings_visible_to,
    rounds_visible_to,
    star_objections_visible_to,
    starred_on,
    stars_of_organization,
)

__all__ = [
    "GRADE",
    "STARS",
    "STAY",
    "Basis",
    "BoardRow",
    "bases_of",
    "board",
    "cases_visible_to",
    "course",
    "facts_of",
    "given_rounds",
    "grades_of",
    "joined_on",
    "marks_of",
    "members_on",
    "objections_visible_to",
    "rated_in",
    "ratings_visible_to",
    "read_by",
    "rounds_visible_to",
    "speakers",
    "stands",
    "star_objections_visible_to",
    "starred_on",
    "stars_of_organization",
    "visible_to",
    "warnings_of",
]

"""Reads of needs; whoever reads asks the wall."""

from linli.apps.needs.queries.callers import SHOWN, history_of, open_around
from linli.apps.needs.queries.issues import board_of_issues, issues_for
from linli.apps.needs.queries.likeness import Alike, alike
from linli.apps.needs.queries.telling import Told, phone_of, told
from linli.apps.needs.queries.tickets import (
    answer_hours,
    answers_to_take,
    files_visible_to,
    last_answers,
    mappings_visible_to,
    requests_visible_to,
    streets_of_imports,
    tickets_visible_to,
)
from linli.apps.needs.queries.wall import (
    before_the_wall,
    has_part,
    hidden_from,
    is_visible,
    may_be_told,
    may_see_contact,
    stands_before,
    visible_to,
)
from linli.apps.needs.queries.watching import alarms_visible_to, on_watch, to_be_told, watches_visible_to

__all__ = [
    "SHOWN",
    "Alike",
    "Told",
    "alarms_visible_to",
    "alike",
    "answer_hours",
    "answers_to_take",
    "before_the_wall",
    "board_of_issues",
    "files_visible_to",
    "has_part",
    "hidden_from",
    "history_of",
    "is_visible",
    "issues_for",
    "last_answers",
    "mappings_visible_to",
    "may_be_told",
    "may_see_contact",
    "on_watch",
    "open_around",
    "phone_of",
    "requests_visible_to",
    "stands_before",
    "streets_of_imports",
    "tickets_visible_to",
    "to_be_told",
    "told",
    "visible_to",
    "watches_visible_to",
]

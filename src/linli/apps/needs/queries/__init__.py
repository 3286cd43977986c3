"""Reads of needs; whoever reads asks the wall."""

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

__all__ = [
    "answer_hours",
    "answers_to_take",
    "before_the_wall",
    "files_visible_to",
    "has_part",
    "hidden_from",
    "is_visible",
    "last_answers",
    "mappings_visible_to",
    "may_be_told",
    "may_see_contact",
    "requests_visible_to",
    "stands_before",
    "streets_of_imports",
    "tickets_visible_to",
    "visible_to",
]

"""Reads of needs; whoever reads asks the wall."""

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
    "before_the_wall",
    "has_part",
    "hidden_from",
    "is_visible",
    "may_be_told",
    "may_see_contact",
    "stands_before",
    "visible_to",
]

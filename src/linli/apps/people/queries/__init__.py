"""Reads of accounts, persons, posts and contact cards."""

from linli.apps.people.queries.cards import (
    public_cards,
    public_cards_for,
    verbs_for,
    visible_to,
    waiting_for,
    writable_communities,
)
from linli.apps.people.queries.persons import persons_visible_to
from linli.apps.people.queries.posts import holders, names_of, posts_visible_to, users_visible_to

__all__ = [
    "holders",
    "names_of",
    "persons_visible_to",
    "posts_visible_to",
    "public_cards",
    "public_cards_for",
    "users_visible_to",
    "verbs_for",
    "visible_to",
    "waiting_for",
    "writable_communities",
]

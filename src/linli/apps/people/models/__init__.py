"""Accounts, persons, posts and contact cards."""

from linli.apps.people.models.card import CardState, ContactCard
from linli.apps.people.models.document import DOCUMENT, DocumentKind
from linli.apps.people.models.person import Gender, Person, Purpose, Source
from linli.apps.people.models.post import Post
from linli.apps.people.models.user import User

__all__ = [
    "DOCUMENT",
    "CardState",
    "ContactCard",
    "DocumentKind",
    "Gender",
    "Person",
    "Post",
    "Purpose",
    "Source",
    "User",
]

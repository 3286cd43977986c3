"""Accounts, posts and contact cards."""

from linli.apps.people.models.card import CardState, ContactCard
from linli.apps.people.models.post import Post
from linli.apps.people.models.user import User

__all__ = ["CardState", "ContactCard", "Post", "User"]

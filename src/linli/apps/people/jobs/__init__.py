"""Who is told what about people."""

from linli.apps.people.jobs import office
from linli.apps.people.jobs.cards import (
    tell_author_it_is_gone,
    tell_author_why,
    tell_checkers,
    tell_it_is_public,
    tell_signers,
)

__all__ = [
    "office",
    "tell_author_it_is_gone",
    "tell_author_why",
    "tell_checkers",
    "tell_it_is_public",
    "tell_signers",
]

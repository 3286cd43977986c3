"""Scopes: what a token may be used for. Apps declare them; a route, token or page naming another one fails."""

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

NO_TOKEN = ""
"""A route that answers without a token."""
ANY_TOKEN = "*"  # noqa: S105  # a mark, not a secret
"""A route that answers every valid token."""


@dataclass(frozen=True)
class Scope:
    """``name`` is "app:read", "app.noun:read" or "app.noun:write"; ``title`` says it in plain words."""

    name: str
    title: str | Promise


_declared: dict[str, Scope] = {}


def declare(name: str, title: str | Promise) -> Scope:
    """Make a scope known; a second one of the same name fails at start."""
    if name in _declared:
        message = f"the scope {name!r} is declared twice"
        raise ImproperlyConfigured(message)
    _declared[name] = Scope(name, title)
    return _declared[name]


def declared() -> tuple[Scope, ...]:
    """All scopes by name."""
    return tuple(_declared[name] for name in sorted(_declared))


def known(name: str) -> str:
    """``name`` itself. Raises ImproperlyConfigured for one that no app declared."""
    if name not in (NO_TOKEN, ANY_TOKEN) and name not in _declared:
        message = f"no app declares the scope {name!r}"
        raise ImproperlyConfigured(message)
    return name

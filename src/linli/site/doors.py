"""Addresses by door: a process answers only those of the doors it opens (``LINLI_DOORS``); the others are not found.

Links to closed doors can still be written, so that a page of the desk may print a resident's address.
"""

from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

BEHIND = {
    "desk": {"desk"},
    "room": {"room"},
    "api": {"api"},
    "open311": {"api"},
    "accounts": {"desk", "portal", "room"},
    "first-run": {"desk", "portal"},
    "look": {"desk", "portal", "room"},
    "keep-alive": {"desk", "portal", "room"},
    "files": {"desk", "portal", "room"},
    "feedback": {"desk", "portal"},
}
"""The first word of an address, and the doors it stands behind; all others are the portal's."""


def doors_of(path: str) -> set[str]:
    """The doors that lead to ``path`` (without the leading slash)."""
    return BEHIND.get(path.partition("/")[0].partition("(")[0].lstrip("^"), {"portal"})


class DoorPattern(RoutePattern):
    """Matches what stands behind an open door."""

    def match(self, path: str) -> tuple[str, tuple[Any, ...], dict[str, Any]] | None:
        """As Django's; None for what stands behind closed doors only."""
        if not doors_of(path) & set(settings.LINLI_DOORS):
            return None
        found: tuple[str, tuple[Any, ...], dict[str, Any]] | None = super().match(path)
        return found


def behind_doors(patterns: list[URLPattern | URLResolver]) -> URLResolver:
    """``patterns`` as one, tried only where their door is open."""
    return URLResolver(DoorPattern("", is_endpoint=False), patterns)

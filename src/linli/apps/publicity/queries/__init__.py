"""Reads of public notices and objections."""

from linli.apps.publicity.kinds import notice_kinds
from linli.apps.publicity.queries.notices import (
    KIND,
    line_total,
    notices_about,
    objections_visible_to,
    open_objections,
    over,
    public_at,
    public_notices,
    settings_of,
    upheld_for,
    visible_to,
    with_counts,
    writable_places,
)

__all__ = [
    "KIND",
    "line_total",
    "notice_kinds",
    "notices_about",
    "objections_visible_to",
    "open_objections",
    "over",
    "public_at",
    "public_notices",
    "settings_of",
    "upheld_for",
    "visible_to",
    "with_counts",
    "writable_places",
]

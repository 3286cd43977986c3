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
from linli.apps.publicity.queries.telling import group_text, period

__all__ = [
    "KIND",
    "group_text",
    "line_total",
    "notice_kinds",
    "notices_about",
    "objections_visible_to",
    "open_objections",
    "over",
    "period",
    "public_at",
    "public_notices",
    "settings_of",
    "upheld_for",
    "visible_to",
    "with_counts",
    "writable_places",
]

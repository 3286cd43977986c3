"""Which column of an export is which: by its words, by what a street said once before, or not known yet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linli.kernel.tables.declared import Column, Sheet, folded
from linli.kernel.tables.headings import find_heading

IGNORED = ""
"""What a street says of a column it does not need."""


@dataclass(frozen=True)
class Recognised:
    """Positions by key (from 0); ``last`` row of the headings (from 1); headings nobody knows; titles not found;
    headings that are never read."""

    positions: Mapping[str, int]
    last: int
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    never: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether the rows can be read: nothing is unknown and nothing needed is missing."""
        return not self.unknown and not self.missing


def recognise(
    rows: Sequence[Sequence[Any]],
    columns: Sequence[Column],
    said: Mapping[str, str] | None = None,
    *,
    never: Callable[[str], bool] = lambda _heading: False,
) -> Recognised | None:
    """The headings among the first ``rows``; None where no row names a column.

    ``said`` gives, by folded heading, the key of its column or "" for one to ignore; it goes before our own words, but
    not where ``never`` holds.
    """
    said = {folded(heading): key for heading, key in (said or {}).items() if not never(heading)}
    sheet = _sheet(columns, said)
    found = find_heading(rows, sheet)
    if found is None or not found.positions:
        return None
    ignored = {heading for heading, key in said.items() if key == IGNORED}
    unknown = dict.fromkeys(t for t in found.ignored if folded(t) not in ignored and not never(t))
    missing = tuple(c.title for c in columns if c.required and c.key not in found.positions)
    unread = dict.fromkeys(title for title in found.ignored if never(title))
    return Recognised(found.positions, found.last, tuple(unknown), missing, tuple(unread))


def _sheet(columns: Sequence[Column], said: Mapping[str, str]) -> Sheet:
    """The columns with the words that lead to each: our own, unless the street said otherwise."""
    own = {folded(word): column.key for column in columns for word in (column.title, *column.synonyms)}
    words = {**own, **said}
    led = {column.key: [word for word, key in words.items() if key == column.key] for column in columns}
    told = tuple(
        replace(column, title=(led[column.key] or [column.key])[0], synonyms=tuple(led[column.key][1:]))
        for column in columns
    )
    return Sheet(name="needs.export", title="工单", columns=told, key=("content",), commit=lambda *_a, **_w: None)

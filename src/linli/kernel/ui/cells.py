"""A list on a narrow screen: every cell carries the head it stands under, so that a row reads as a card."""

import re
from collections.abc import Iterable, Iterator

from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
START = re.compile(r"<(tr|td|th)(?=[\s>])")


def heads_in(markup: str) -> list[str]:
    """The words of the ``<th>`` in ``markup``, in order."""
    return [strip_tags(words).strip() for words in HEAD.findall(markup)]


def labelled(rows: str, heads: Iterable[str]) -> SafeString:
    """``rows`` (the markup of a table's body) with ``data-label`` on each ``<td>``: the head of its column.

    The ``<th>`` of a row is the title of its card. It, a cell that spans columns and one beyond the last head stay.
    """
    names = list(heads)
    waiting: Iterator[str] = iter(names)

    def mark(found: re.Match[str]) -> str:
        nonlocal waiting
        if found.group(1) == "tr":
            waiting = iter(names)
            return found.group(0)
        name = "" if _spans(rows, found.end()) else next(waiting, "")
        shown = name and found.group(1) == "td"
        return f'{found.group(0)} data-label="{escape(name)}"' if shown else found.group(0)

    return mark_safe(START.sub(mark, str(rows)))  # noqa: S308 - what it adds is escaped, the rest was rendered


def _spans(rows: str, start: int) -> bool:
    return "colspan" in rows[start : rows.index(">", start)]

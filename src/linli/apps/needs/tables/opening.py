"""An uploaded export opened: the sheet whose headings say most, and all its rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from linli.apps.needs.tables.cases import CASES, is_never_read
from linli.apps.needs.tables.dispatch import DISPATCH, OWN
from linli.apps.needs.tables.recognising import Recognised, recognise
from linli.kernel.files import StoredFile
from linli.kernel.tables.declared import Column
from linli.kernel.tables.reading import opened_table
from linli.kernel.tables.refusing import refusal, too_many_rows
from linli.kernel.tables.staging import local_copy

COLUMNS: Mapping[str, Sequence[Column]] = {"tickets": DISPATCH, "needs": OWN, "grid": CASES}
NEVER: Mapping[str, Callable[[str], bool]] = {"grid": is_never_read}
"""Of which files some headings are never read."""
MOST_ROWS = 20_000
"""A street's export of a year is shorter."""


@dataclass(frozen=True)
class Opened:
    """All rows of the chosen sheet, and what its headings are."""

    rows: Sequence[Sequence[Any]]
    head: Recognised


def open_export(stored: StoredFile, *, purpose: str, said: Mapping[str, str]) -> Opened:
    """The rows of an upload. Raises Refusal (damaged, no headings, too long)."""
    columns, never = COLUMNS[purpose], NEVER.get(purpose, lambda _heading: False)
    with local_copy(stored) as path, opened_table(path, stored.content_type) as table:
        heads = [(recognise(head.first, columns, said, never=never), index) for index, head in enumerate(table.heads)]
        found = [(head, index) for head, index in heads if head is not None]
        if not found:
            raise refusal("no-heading", rows=30, titles="、".join(column.title for column in columns[:12]))
        head, index = max(found, key=lambda pair: (-len(pair[0].missing), len(pair[0].positions), -pair[1]))
        rows = list(islice(table.rows(index), MOST_ROWS + head.last + 1))
    if len(rows) > MOST_ROWS + head.last:
        raise too_many_rows(MOST_ROWS)
    if len(rows) <= head.last:
        raise refusal("no-rows")
    return Opened(rows, head)

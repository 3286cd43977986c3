"""The rows of an export, read: what each says, or why a cell of it cannot be taken; nothing is guessed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from linli.apps.needs.tables.cells import DayOrder, Limit, content_of, day_order, limit_of, reader_of
from linli.apps.needs.tables.recognising import Recognised
from linli.kernel.tables.cells import Bad, as_text
from linli.kernel.tables.declared import Column, Type

PERSONAL = frozenset({"caller", "phone", "content", "title", "point", "reply"})
"""Columns whose cells are never repeated in a sentence about them."""

FURTHER = {"limit": limit_of, "satisfied": content_of}
"""Texts that say more than text."""


@dataclass
class Read:
    """One row: its number in the file, what it says by key, and the problems (column, code, value, facts)."""

    number: int
    data: dict[str, Any]
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def limit(self) -> Limit | None:
        """The limit the row names."""
        found: Limit | None = self.data.get("limit")
        return found


def read_rows(
    rows: Sequence[Sequence[Any]], head: Recognised, columns: Sequence[Column], *, told: DayOrder = DayOrder.UNTOLD
) -> Iterator[Read]:
    """Every filled row below the headings. ``rows`` are all rows of the sheet, ``told`` how days are written where
    the column itself does not tell."""
    body = [(number, row) for number, row in enumerate(rows, start=1) if number > head.last]
    known = {column.key: column for column in columns}
    readers = []
    for key, index in head.positions.items():
        column = known[key]
        order = DayOrder.UNTOLD
        if column.type is Type.MOMENT:
            order = day_order(row[index] for _number, row in body if index < len(row))
            order = told if order is DayOrder.UNTOLD else order
        readers.append((key, index, reader_of(column, order)))
    seen: dict[str, int] = {}
    for number, row in body:
        if any(as_text(row[index]) for index in head.positions.values() if index < len(row)):
            yield _read(number, row, readers, seen)


def _read(number: int, row: Sequence[Any], readers: Iterable[tuple[str, int, Any]], seen: dict[str, int]) -> Read:
    read = Read(number, {})
    for key, index, reader in readers:
        raw = row[index] if index < len(row) else ""
        try:
            value = reader(raw)
            read.data[key] = FURTHER[key](value) if key in FURTHER else value
        except Bad as bad:
            shown = "" if key in PERSONAL else as_text(raw)[:60]
            read.problems.append({**bad.facts, "column": key, "code": bad.code, "value": shown})
    name = str(read.data.get("number") or "")
    if name and seen.setdefault(name, number) != number:
        read.problems.append({"column": "number", "code": "twice", "row": seen[name], "value": name})
    return read

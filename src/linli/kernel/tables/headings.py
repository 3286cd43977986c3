"""Finding the headings: title rows above them, two-row heads with merged cells, words people use."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from linli.kernel.tables.cells import as_text
from linli.kernel.tables.declared import Sheet, folded

LOOK = 30
"""Rows searched for headings."""
WIDEST = 500
"""Columns with a heading; more is no table people fill in."""


@dataclass(frozen=True)
class Heading:
    """Where the columns are: ``positions`` by key, counted from 0; data starts after row ``last`` (from 1)."""

    positions: dict[str, int]
    last: int
    missing: tuple[str, ...]
    ignored: tuple[str, ...]


def find_heading(rows: Sequence[Sequence[Any]], sheet: Sheet) -> Heading | None:
    """The heading that names the most columns, one or two rows high; None where no row names any."""
    words = sheet.words()
    best: Heading | None = None
    texts = [[as_text(cell) for cell in row[: WIDEST + 1]] for row in rows[: LOOK + 1]]
    for index, row in enumerate(texts[:LOOK]):
        for found in _candidates(row, texts[index + 1] if index + 1 < len(texts) else [], index + 1, words, sheet):
            if found.positions and (best is None or len(found.positions) > len(best.positions)):
                best = found
    return best


def _candidates(row: list[str], below: list[str], number: int, words: dict[str, str], sheet: Sheet) -> list[Heading]:
    single = _heading([(title,) for title in row], number, words, sheet)
    if not any(below) or (row and row[0] and not any(row[1:])):  # a title, not the upper half of headings
        return [single]
    return [single, _heading(_joined(row, below), number + 1, words, sheet)]


def _joined(row: list[str], below: list[str]) -> list[tuple[str, ...]]:
    """Each column's names from two rows: the lower, upper and lower together, or the upper alone."""
    names: list[tuple[str, ...]] = []
    above = ""
    for column in range(max(len(row), len(below))):
        upper = row[column] if column < len(row) else ""
        lower = below[column] if column < len(below) else ""
        above = upper or (above if lower else "")
        names.append((above + lower, lower) if lower else (upper,))
    return names


def _heading(names: list[tuple[str, ...]], last: int, words: dict[str, str], sheet: Sheet) -> Heading:
    positions: dict[str, int] = {}
    ignored: list[str] = []
    for column, options in enumerate(names):
        key = next((words[folded(name)] for name in options if name and folded(name) in words), None)
        if key is None or key in positions:
            ignored.extend(name for name in options[:1] if name)
        else:
            positions[key] = column
    missing = tuple(c.title for c in sheet.columns if c.required and c.key not in positions)
    return Heading(positions, last, missing, tuple(ignored))

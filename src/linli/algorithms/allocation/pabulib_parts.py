"""A part of a Pabulib file, line by line, and how a malformed one is told."""

import csv
from dataclasses import dataclass, field
from itertools import repeat
from operator import contains


class Malformed(ValueError):
    """A file that cannot be read: the line it is about, and what was expected there."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(f"line {line}: expected {expected}")
        self.line, self.expected = line, expected


@dataclass
class Section:
    """One part of a file: its columns and rows, with the numbers of their lines."""

    name: str
    line: int
    columns: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def place(self, column: str) -> int:
        """Which column it is. Raises Malformed where there is none."""
        if column not in self.columns:
            raise Malformed(self.line + 1, f"a column {column!r} in {self.name}")
        return self.columns.index(column)

    def cells(self, upto: int | None = None) -> list[list[str]]:
        """The rows split into cells, at least up to that column. Raises Malformed where one has too many or too few."""
        width = len(self.columns)
        if any(map(contains, self.rows, repeat('"'))):
            found = [cells_of(row, line) for row, line in zip(self.rows, self.lines, strict=True)]
            self._check_widths(list(map(len, found)))
            return found
        self._check_widths([many + 1 for many in map(str.count, self.rows, repeat(";"))])
        most = width if upto is None else upto + 1
        return list(map(str.split, self.rows, repeat(";"), repeat(most)))

    def _check_widths(self, widths: list[int]) -> None:
        width = len(self.columns)
        if widths.count(width) != len(widths):
            row = next(row for row, found in enumerate(widths) if found != width)
            raise Malformed(self.lines[row], f"{width} cells separated by ';' in {self.name}, found {widths[row]}")


def cells_of(row: str, line: int) -> list[str]:
    """The cells of a row that holds quotation marks."""
    try:
        return next(csv.reader([row], delimiter=";", strict=True))
    except csv.Error:
        raise Malformed(line, "a cell closed by its quotation mark on the same line") from None

"""Checking rows against a sheet: parsed values, problems by cell, keys, and what is already there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from linli.kernel.tables import storing
from linli.kernel.tables.cells import Bad, as_text, parser
from linli.kernel.tables.declared import Match, Problem, Sheet
from linli.kernel.tables.models import Change

LONGEST_SHOWN = 200
LONGEST_KEPT = 5_000


@dataclass
class Checked:
    """One row: its number in the file, parsed values, raw texts where it is bad, problems, key and action."""

    number: int
    data: dict[str, Any]
    problems: list[dict[str, Any]] = field(default_factory=list)
    key: tuple[Any, ...] = ()
    action: Change = Change.NEW
    matches: Sequence[Match] = ()


class Checker:
    """Checks the rows of one import, batch by batch, and remembers the keys seen."""

    def __init__(self, sheet: Sheet, positions: dict[str, int], *, actor: Any) -> None:
        self.sheet = sheet
        self.actor = actor
        self.positions = positions
        self.parsers = [(key, index, parser(sheet.column(key))) for key, index in positions.items()]
        self.columns = sorted(positions.values())
        self.width = self.columns[-1] + 1
        self.seen: dict[tuple[Any, ...], int] = {}
        self.is_empty = storing.is_empty(sheet)

    def is_blank(self, row: Sequence[Any]) -> bool:
        """Whether the row holds nothing in the sheet's columns, or is the template's example."""
        width = len(row)
        for index in self.columns:
            if index < width and row[index] != "" and row[index] is not None:
                cell = row[index]
                if isinstance(cell, str):
                    if not cell.strip():
                        continue
                    return cell.lstrip().startswith("示例")
                return False
        return True

    def check(self, rows: Sequence[tuple[int, Sequence[Any]]]) -> list[Checked]:
        """Check (number, cells) rows of one batch, in order."""
        raw = dict(rows)
        checked = [self._parse(number, row) for number, row in rows]
        good = [row for row in checked if not row.problems]
        self._review(good)
        for row in checked:
            if not row.problems:
                self._find_key(row)
        self._compare([row for row in checked if not row.problems])
        self._find_doubles([row for row in checked if not row.problems and row.action == Change.NEW])
        for row in checked:
            if row.problems:
                self._keep_as_typed(row, raw[row.number])
        return checked

    def _parse(self, number: int, row: Sequence[Any]) -> Checked:
        if len(row) < self.width:
            row = [*row, *[""] * (self.width - len(row))]
        try:
            return Checked(number, {key: parse(row[index]) for key, index, parse in self.parsers})
        except Bad:
            return self._parse_each(number, row)

    def _parse_each(self, number: int, row: Sequence[Any]) -> Checked:
        """The row again, cell by cell, because one of them is bad."""
        data: dict[str, Any] = {}
        problems: list[dict[str, Any]] = []
        for key, index, parse in self.parsers:
            raw = row[index]
            try:
                data[key] = parse(raw)
            except Bad as bad:
                problems.append({**bad.facts, "column": key, "code": bad.code, "value": as_text(raw)[:LONGEST_SHOWN]})
        return Checked(number, data, problems)

    def _review(self, rows: list[Checked]) -> None:
        if self.sheet.review is None or not rows:
            return
        found: Sequence[Sequence[Problem]] = self.sheet.review([row.data for row in rows], actor=self.actor)
        for row, problems in zip(rows, found, strict=True):
            row.problems.extend(
                {
                    **problem.facts,
                    "column": problem.column,
                    "code": problem.code,
                    "value": str(row.data.get(problem.column, ""))[:LONGEST_SHOWN],
                }
                for problem in problems
            )

    def _find_key(self, row: Checked) -> None:
        row.key = tuple(row.data.get(part) for part in self.sheet.key)
        first = self.seen.setdefault(row.key, row.number)
        if first != row.number:
            titles = {column.key for column in self.sheet.columns}
            column = next((part for part in self.sheet.key if part in titles), self.sheet.columns[0].key)
            value = str(row.data.get(column) or "")[:LONGEST_SHOWN]
            row.problems.append({"column": column, "code": "twice", "row": first, "value": value})

    def _compare(self, rows: list[Checked]) -> None:
        if self.is_empty:
            return
        stored = storing.existing(self.sheet, [row.key for row in rows], actor=self.actor)
        for row in rows:
            there = stored.get(row.key)
            if there is not None:
                same = all(there.get(key) == value for key, value in row.data.items() if key in there)
                row.action = Change.SAME if same else Change.CHANGED

    def _find_doubles(self, rows: list[Checked]) -> None:
        if self.sheet.likely is None or not rows:
            return
        found = self.sheet.likely([row.data for row in rows], actor=self.actor)
        for row, matches in zip(rows, found, strict=True):
            row.matches = matches

    def _keep_as_typed(self, row: Checked, cells: Sequence[Any]) -> None:
        row.action = Change.BAD
        row.data = {
            key: as_text(cells[index])[:LONGEST_KEPT] if index < len(cells) else ""
            for key, index in self.positions.items()
        }

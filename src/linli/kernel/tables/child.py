"""A process of its own that opens one workbook, with bounds on memory and time, and hands its rows on.

A workbook can make any reader ask for more memory than there is, or run for ever. Here that ends this process
alone. :mod:`linli.kernel.tables.reading` starts it with a path; it writes pickled messages: ("heads",
[(sheet, rows in all, first rows)]) for the visible sheets, then, after a line with an index was read, ("rows",
[…]) until ("end", None); or ("refused", code).
"""

import pickle
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

HEAD = 40
BATCH = 1_000
MEMORY = 2 * 2**30
SECONDS = 240
FORMULA = "#公式"
"""Stands in a cell whose formula is not taken."""


def bound() -> None:
    """Limit this process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say(word: str, content: Any) -> None:
    """Send one message to the process that started this one."""
    pickle.dump((word, content), sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.flush()


def rows_of(sheet: Any, errors: dict[tuple[int, int], str]) -> Iterator[list[Any]]:
    """The rows from the first one, without empty cells at their ends; errors of formulas put back."""
    failed: dict[int, dict[int, str]] = {}
    for (row, column), error in errors.items():
        failed.setdefault(row, {})[column] = error
    for number, row in enumerate(sheet.iter_rows()):
        cells: list[Any] = row
        for column, error in failed.get(number, {}).items():
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = error
        while cells and cells[-1] == "":
            cells.pop()
        yield cells


def _marked(path: str, *, formulas: bool) -> dict[str, dict[tuple[int, int], str]] | None:
    """What the reader hides: errors of formulas; and, where none are taken, every formula. None: cannot be told."""
    from pathlib import Path

    from linli.kernel.tables import archives

    marks = archives.formula_errors(Path(path)) if path.endswith(".xlsx") else {}
    if formulas:
        return marks
    if not path.endswith(".xlsx"):
        return None if path.endswith(".xls") or archives.ods_has_formulas(Path(path)) else marks
    for name, cells in archives.formula_cells(Path(path)).items():
        marks.setdefault(name, {}).update(dict.fromkeys(cells, FORMULA))
    return marks


def serve(path: str, formulas: str = "formulas") -> None:
    """Open the workbook and answer. Errors of the reader become ("refused", code)."""

    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        errors = _marked(path, formulas=formulas == "formulas")
        book = CalamineWorkbook.from_path(path)
        shown = [
            about.name
            for about in book.sheets_metadata
            if about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = [book.get_sheet_by_name(name) for name in shown]
    except PasswordError:
        say("refused", "locked")
        return
    except Exception:  # noqa: BLE001  # the reader has many errors; all of them say that the file is damaged
        say("refused", "damaged")
        return
    if errors is None:
        say("refused", "formulas")
        return
    heads = []
    for name, sheet in zip(shown, sheets, strict=True):
        first = list(islice(rows_of(sheet, errors.get(name, {})), HEAD))
        heads.append((name, sheet.total_height if sheet.end else 0, first))
    say("heads", heads)
    answer = sys.stdin.readline().strip()
    if not answer:
        return
    index = int(answer)
    rows = rows_of(sheets[index], errors.get(shown[index], {}))
    while batch := list(islice(rows, BATCH)):
        say("rows", batch)
    say("end", None)

"""From cells to fields: what was bound is taken by its name; what lost its binding by the label before it."""

from collections.abc import Mapping, Sequence
from typing import Any

from linli.kernel.tables.bound.declared import CODE, CODE_LABEL, BoundForm, Grid, Raw, plain

Rows = Sequence[Sequence[Any]]


def paired(form: BoundForm, rows: Rows, bound: Mapping[str, Any]) -> Raw:
    """The fields of ``form`` in the rows of a paper; ``bound`` holds those whose binding survived."""
    labels = form.labels()
    fields: dict[str, Any] = {key: value for key, value in bound.items() if key in set(labels.values())}
    grids: dict[str, list[dict[str, Any]]] = {grid.key: [] for grid in form.grids}
    code, open_grid, positions = "", None, dict[int, str]()
    for row in rows:
        code = code or _code(row)
        heading = _heading(form, row)
        if heading is not None:
            open_grid, positions = heading
        elif _starts_field(row, labels) or _is_title(form, row):
            open_grid = None
        elif open_grid is not None and len(grids[open_grid.key]) < open_grid.most:
            _take_row(grids[open_grid.key], row, positions)
        if open_grid is None:
            for key, value in _pairs(row, labels):
                fields.setdefault(key, value)
    return Raw(fields, grids, code)


def _code(row: Sequence[Any]) -> str:
    """The number printed on the paper, from the cell that says so or the one after it."""
    text = " ".join(str(cell) for cell in row if cell not in (None, ""))
    _before, said, after = text.partition(CODE_LABEL)
    found = CODE.search(after.upper()) if said else None
    return found.group() if found else ""


def _heading(form: BoundForm, row: Sequence[Any]) -> tuple[Grid, dict[int, str]] | None:
    """The grid whose columns stand in this row, and where; every required column must be there, and two at least."""
    words = [plain(cell) for cell in row]
    for grid in form.grids:
        titles = {plain(word): column.key for column in grid.columns for word in (column.title, *column.synonyms)}
        positions = {place: titles[word] for place, word in enumerate(words) if word in titles}
        needed = {column.key for column in grid.columns if column.required}
        if len(positions) >= min(2, len(grid.columns)) and needed <= set(positions.values()):
            return grid, positions
    return None


def _starts_field(row: Sequence[Any], labels: Mapping[str, str]) -> bool:
    first = next((plain(cell) for cell in row if cell not in (None, "")), "")
    return first in labels


def _is_title(form: BoundForm, row: Sequence[Any]) -> bool:
    """Whether nothing but the title of a grid stands in the row: what is above it ends there."""
    said = [plain(cell) for cell in row if cell not in (None, "")]
    return len(said) == 1 and said[0] in {plain(grid.title) for grid in form.grids}


def _take_row(into: list[dict[str, Any]], row: Sequence[Any], positions: Mapping[int, str]) -> None:
    """One row of a grid, unless nothing stands in it."""
    cells = {key: row[place] if place < len(row) else None for place, key in positions.items()}
    if any(cell not in (None, "") for cell in cells.values()):
        into.append(cells)


def _pairs(row: Sequence[Any], labels: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Label and value side by side: each label with the first cell after it that is no label itself."""
    found = []
    for place, cell in enumerate(row):
        key = labels.get(plain(cell)) if cell not in (None, "") else None
        if key is None:
            continue
        rest = [other for other in row[place + 1 :] if plain(other) != plain(cell)]  # a merged cell repeats itself
        value = rest[0] if rest else None
        found.append((key, None if plain(value) in labels else value))
    return found

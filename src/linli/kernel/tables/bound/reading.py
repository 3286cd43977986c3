"""``read``: a form that came back, field by field, each value checked as a cell of an import is."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

from linli.kernel.files.accepting import Accept, check_size, check_type
from linli.kernel.files.media import DOCX, XLSX
from linli.kernel.tables.archives import check_claims
from linli.kernel.tables.bound.declared import BoundForm, Filled, Place, Raw
from linli.kernel.tables.bound.word import raw_docx
from linli.kernel.tables.bound.workbook import raw_workbook
from linli.kernel.tables.cells import Bad, parser
from linli.kernel.tables.declared import Column, Problem

FORMS = Accept("forms", frozenset({DOCX, XLSX}), 20 * 2**20)


def read(file: IO[bytes], form: BoundForm) -> Filled:
    """Read a filled form by its content, whatever its name says. Raises Refusal for a file that is no form."""
    file.seek(0, 2)
    check_size(file.tell(), FORMS)
    file.seek(0)
    media = check_type(file, FORMS)
    file.seek(0)
    content = file.read()
    if media == DOCX:
        return parsed(form, raw_docx(content, form))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        path.write_bytes(content)
        check_claims(path)
        return parsed(form, raw_workbook(path, form))


def parsed(form: BoundForm, raw: Raw) -> Filled:
    """Values as they are stored; each that cannot be is a problem, and its field holds what stood there as text."""
    values, wrong = _parse(form.fields, raw.fields)
    problems = [Place(problem) for problem in wrong]
    grids: dict[str, list[dict[str, Any]]] = {}
    for grid in form.grids:
        grids[grid.key] = []
        for number, row in enumerate(raw.grids.get(grid.key, ()), start=1):
            cells, wrong = _parse(grid.columns, row)
            grids[grid.key].append(cells)
            problems += [Place(problem, grid.key, number) for problem in wrong]
    return Filled(raw.code, values, grids, tuple(problems), frozenset(raw.fields))


def _parse(columns: Sequence[Column], raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for column in columns:
        cell = raw.get(column.key)
        try:
            values[column.key] = parser(column)(cell)
        except Bad as bad:
            values[column.key] = "" if cell is None else str(cell)
            problems.append(Problem(column.key, bad.code, bad.facts))
    return values, problems

"""Bound forms in Excel: each answer's cell has a name; read from Excel, WPS or LibreOffice by name, else by label."""

import html
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from linli.kernel.files.media import XLSX
from linli.kernel.tables.bound.declared import CODE_LABEL, BoundForm, Grid, Raw
from linli.kernel.tables.bound.pairing import paired
from linli.kernel.tables.bound.word import shown
from linli.kernel.tables.declared import Type
from linli.kernel.tables.reading import opened_table
from linli.kernel.tables.template import OPTIONS, explanation, heading
from linli.kernel.tables.writing import sheet_title

NAME = "linli_"
_NAMES = re.compile(r"<(?:\w+:)?definedName\b[^>]*\bname=\"linli_(\w+)\"[^>]*>([^<]*)</")
_PLACE = re.compile(r"^'?(.+?)'?!\$?([A-Z]{1,2})\$?(\d{1,5})$")
MOST_BOOK = 2 * 2**20


def write_workbook(form: BoundForm, *, code: str = "", values: Mapping[str, Any] | None = None) -> bytes:
    """The form on one visible sheet, its answers named; ``values`` stand in it already."""
    import xlsxwriter

    given = values or {}
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        title = sheet_title(form.title)
        page = book.add_worksheet(title)
        page.set_column(0, 0, 24)
        page.set_column(1, max(3, *(len(grid.columns) for grid in form.grids), 0), 26)
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        big = book.add_format({"bold": True, "font_size": 18, "align": "center"})
        label = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top", "bg_color": "#F5F3EF"})
        answer = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "num_format": "@"})
        page.merge_range(0, 0, 0, 3, form.title, big)
        if code:
            page.write_string(1, 0, f"{CODE_LABEL}：{code}（请勿改动）")
        if form.note:
            page.write_string(2, 0, form.note)
        row = 3
        for column in form.fields:
            page.write_string(row, 0, heading(column), label)
            page.write_comment(row, 0, explanation(column), {"author": ""})
            page.write_string(row, 1, shown(column, given.get(column.key)), answer)
            book.define_name(f"{NAME}{column.key}", f"='{title}'!$B${row + 1}")
            words = [word for _stored, word in column.choices] or (["是", "否"] if column.type is Type.YES_NO else [])
            if words and sum(len(word) + 1 for word in words) < 250:
                page.data_validation(row, 1, row, 1, {"validate": "list", "source": words, "error_type": "warning"})
            row += 1
        for grid in form.grids:
            row = _grid(page, grid, given.get(grid.key) or (), row + 1, (label, answer))
    return out.getvalue()


def _grid(page: Any, grid: Grid, rows: Sequence[Mapping[str, Any]], row: int, looks: tuple[Any, Any]) -> int:
    """Write a grid from ``row`` on; returns the row after it."""
    label, answer = looks
    page.write_string(row, 0, grid.title)
    for place, column in enumerate(grid.columns):
        page.write_string(row + 1, place, heading(column), label)
    for number in range(max(len(rows), grid.rows)):
        given = rows[number] if number < len(rows) else {}
        for place, column in enumerate(grid.columns):
            page.write_string(row + 2 + number, place, shown(column, given.get(column.key)), answer)
    return row + 2 + max(len(rows), grid.rows)


def raw_workbook(path: Path, form: BoundForm) -> Raw:
    """What stands in a workbook, as the form's fields; the first visible sheet that holds any. Raises Refusal."""
    names = _named(path)
    with opened_table(path, XLSX) as table:
        for index, head in enumerate(table.heads):
            if not any(any(row) for row in head.first):
                continue
            rows = list(table.rows(index))
            at = {key: (row, column) for key, (sheet, row, column) in names.items() if sheet == head.name}
            bound = {
                key: rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
                for key, (row, column) in at.items()
            }
            return paired(form, rows, bound)
    return Raw({}, {grid.key: [] for grid in form.grids})


def _named(path: Path) -> dict[str, tuple[str, int, int]]:
    """The cells that carry our names: key → (sheet, row, column), counted from 0."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/workbook.xml") as file:
            text = file.read(MOST_BOOK).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, EOFError):
        return {}
    found = {}
    for key, place in _NAMES.findall(text):
        match = _PLACE.match(html.unescape(place))
        if match:
            column = 0
            for letter in match[2]:
                column = column * 26 + ord(letter) - 64
            found[key] = (match[1].replace("''", "'"), int(match[3]) - 1, column - 1)
    return found

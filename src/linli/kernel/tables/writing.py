"""Tables out: xlsx and csv that open in Excel and WPS, hold no formulas, and need little memory however long."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from linli.kernel.privacy.leaving import mark_for
from linli.kernel.tables.marking import mark_pages
from linli.kernel.tables.refusing import too_many_rows

MOST_ROWS = 1_048_575
LONGEST_CELL = 32_767
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def tidy(value: Any) -> Any:
    """A value as a cell takes it: local time, no control characters, at most 32,767 characters, yes and no in words."""
    if isinstance(value, str):
        return _CONTROL.sub("", value)[:LONGEST_CELL]
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return float(value) if len(value.as_tuple().digits) <= 15 else str(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    return value


def write_xlsx(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str) -> None:
    """Write one sheet with a bold, frozen heading row. Text is written as text, so "=1+1" stays those four signs.

    ``rows`` may be a generator; they are not held in memory. Raises TooMany beyond Excel's 1,048,576 rows.
    A table about people that somebody fetches carries in its last row and on every printed page who took it, when and
    what for; raises ReasonWanted until he has said so (:mod:`linli.kernel.privacy.leaving`).
    """
    import rustpy_xlsxwriter

    names = [str(tidy(heading)) for heading in headings]
    mark = mark_for(title, names)

    def records() -> Iterator[dict[str, Any]]:
        number = -1
        for number, row in enumerate(rows):
            if number >= MOST_ROWS:
                raise too_many_rows(MOST_ROWS)
            yield dict(zip(names, map(tidy, row), strict=True))
        if number < 0:
            yield dict.fromkeys(names)
        if mark:
            yield dict.fromkeys(names) | {names[0]: mark}

    rustpy_xlsxwriter.write_worksheet(
        records(),
        str(path),
        sheet_name=sheet_title(title),
        freeze_row=1,
        bold_headers=True,
        datetime_format="yyyy-mm-dd hh:mm",
    )
    if mark:
        mark_pages(path, mark)


def harmless(value: Any) -> Any:
    """A csv cell that no program takes for a formula: text that begins like one gets a leading apostrophe."""
    value = tidy(value)
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return "'" + value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return "" if value is None else value


def write_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write UTF-8 with a mark, by which Excel knows it. A table about people as :func:`write_xlsx` has it."""
    mark = mark_for(path.stem, headings)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([harmless(heading) for heading in headings])
        writer.writerows([harmless(cell) for cell in row] for row in rows)
        if mark:
            writer.writerow([harmless(mark)])


def sheet_title(title: str) -> str:
    """A name Excel takes for a sheet: at most 31 characters, none of them special."""
    return re.sub(r"[\[\]:*?/\\']", "", title)[:31] or "表"

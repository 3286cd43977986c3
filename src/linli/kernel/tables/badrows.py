"""The rows that could not be taken, as a workbook to correct and upload again."""

from pathlib import Path

from linli.kernel.tables.declared import Sheet
from linli.kernel.tables.models import Change, Import, StagedRow
from linli.kernel.tables.reasons import letter, sentence
from linli.kernel.tables.writing import sheet_title, tidy

MOST_NOTES = 5_000
REASON, ROW = "原因", "原行号"


def write_bad_rows(batch: Import, sheet: Sheet, path: Path) -> int:
    """Write the bad rows with their cells marked and explained; returns how many.

    Texts stand as they were typed. The two last columns name the row of the upload and the reasons; a corrected
    file can be uploaded as it is.
    """
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    columns = [column for column in sheet.columns if column.key in batch.positions]
    places = {column.key: index for index, column in enumerate(columns)}
    rows = StagedRow.objects.filter(batch=batch, action=Change.BAD).order_by("number")
    count = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet(sheet_title(sheet.title))
        head = book.add_format({"bold": True, "bg_color": "#E8EEF7", "border": 1})
        red = book.add_format({"bg_color": "#FBE3E0", "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        for index, title in enumerate([*(column.title for column in columns), ROW, REASON]):
            page.write_string(0, index, title, head)
        for count, row in enumerate(rows.iterator(chunk_size=1_000), start=1):
            bad = {problem["column"]: sentence(problem) for problem in row.problems}
            for key, index in places.items():
                page.write_string(count, index, str(tidy(str(row.data.get(key, "")))), red if key in bad else text)
                if key in bad and count <= MOST_NOTES:
                    page.write_comment(count, index, bad[key], {"author": ""})
            page.write_number(count, len(columns), row.number)
            page.write_string(count, len(columns) + 1, "；".join(f"{sheet.column(k).title}{s}" for k, s in bad.items()))
    return count


def problems_of(row: StagedRow, batch: Import, sheet: Sheet) -> list[dict[str, str]]:
    """The problems of a row for a page: ``cell`` (D12), ``title`` of the column, ``value``, ``reason``."""
    return [
        {
            "cell": f"{letter(batch.positions[problem['column']])}{row.number}"
            if problem["column"] in batch.positions
            else str(row.number),
            "title": sheet.column(problem["column"]).title,
            "value": problem["value"],
            "reason": sentence(problem),
        }
        for problem in row.problems
    ]

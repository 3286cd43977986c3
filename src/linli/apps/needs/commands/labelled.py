"""Rows of a CSV file by the names of its columns, packed with gzip or not; what is wrong is said with its line."""

import csv
import gzip
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from linli.kernel.contributions.commands import Malformed

LARGEST = 512 * 1024 * 1024
"""Bytes of a file, unpacked."""
LONGEST_CELL = 16 * 1024 * 1024


@contextmanager
def long_cells() -> Iterator[None]:
    """Cells of up to 16 MiB for as long as this lasts; the limit belongs to the whole process."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row, in the order of ``columns``; empty lines are passed over.

    Raises Malformed where the file cannot be read, a column is missing or there twice, a cell is empty, or there is
    no row at all.
    """
    with long_cells():
        yield from _rows(file, columns)


def _rows(file: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    lines = csv.reader(io.StringIO(_text(file), newline=""))
    found = False
    try:
        head = [cell.strip().lower() for cell in next(lines, [])]
        at = [_column(file, head, name, columns) for name in columns]
        for cells in lines:
            if any(cell.strip() for cell in cells):
                found = True
                yield lines.line_num, _row(file, lines.line_num, cells, head, at)
    except csv.Error as error:
        raise Malformed(file, lines.line_num, f"expected CSV ({error})") from None
    if not found:
        raise Malformed(file, 2, "expected at least one row below the head")


def refused(sentence: object) -> int:
    """The exit code of a refusal, told in one line."""
    sys.stderr.write(str(sentence).replace("\n", " ") + "\n")
    return 2


def _row(file: Path, line: int, cells: list[str], head: list[str], at: list[int]) -> list[str]:
    if len(cells) != len(head):
        raise Malformed(file, line, f"expected {len(head)} cells, found {len(cells)}")
    told = [cells[column].strip() for column in at]
    for column, cell in zip(at, told, strict=True):
        if not cell:
            raise Malformed(file, line, f"expected {head[column]}, found an empty cell")
    return told


def _column(file: Path, head: list[str], name: str, columns: Sequence[str]) -> int:
    if head.count(name) != 1:
        told = f"found {head.count(name)} of them" if name in head else f"found no column {name}"
        raise Malformed(file, 1, f"expected the columns {' and '.join(columns)}, {told}")
    return head.index(name)


def _text(file: Path) -> str:
    """The file's text, UTF-8 or as Excel writes it in Chinese."""
    try:
        raw = file.read_bytes()
        if raw[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                raw = packed.read(LARGEST + 1)
    except (gzip.BadGzipFile, EOFError):
        raise Malformed(file, 0, "expected a whole gzip file") from None
    except OSError as error:
        raise Malformed(file, 0, f"expected a file that can be read ({error.strerror or error})") from None
    if len(raw) > LARGEST:
        raise Malformed(file, 0, f"expected at most {LARGEST // 1024 // 1024} MB, unpacked")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Malformed(file, 1, "expected UTF-8 or GB 18030")

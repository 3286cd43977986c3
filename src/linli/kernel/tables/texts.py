"""Reading text tables: the encoding found by the whole file, the separator by its first line."""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from linli.kernel.tables.refusing import refusal

CHUNK = 2**20
HEAD = 40


def encoding_of(path: Path) -> str:
    """ "utf-8-sig", "utf-16" or "gb18030": the one in which the whole file reads. Raises Refusal."""
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _first_fault(path, "utf-16", raising=True)
        return "utf-16"
    _refuse_nul(path)
    if _first_fault(path, "utf-8-sig") is None:
        return "utf-8-sig"
    marked = start.startswith(codecs.BOM_UTF8)
    _first_fault(path, "utf-8-sig" if marked else "gb18030", raising=True)
    return "gb18030"


def _refuse_nul(path: Path) -> None:
    line = 1
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            at = chunk.find(b"\0")
            if at >= 0:
                raise refusal("nul", line=line + chunk.count(b"\n", 0, at))
            line += chunk.count(b"\n")


def _first_fault(path: Path, encoding: str, *, raising: bool = False) -> int | None:
    """The line of the first bytes that do not read in ``encoding``, or None."""
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    line = 1
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                bad = line + bytes(error.object[: error.start]).count(b"\n")
                if raising:
                    raise refusal("encoding", line=bad) from error
                return bad
            if not chunk:
                return None


def rows_of(path: Path, encoding: str) -> Iterator[list[str]]:
    """The rows of the file. Raises Refusal where quotation marks run away."""
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(CHUNK)
        separator = max(",\t;", key=lambda mark: (first.count(mark), mark == ","))
        file.seek(0)
        reader = csv.reader(file, delimiter=separator)
        try:
            yield from reader
        except csv.Error as error:
            raise refusal("cell-too-long", line=reader.line_num) from error


def head_of(path: Path, encoding: str) -> list[list[str]]:
    """The first rows."""
    return list(islice(rows_of(path, encoding), HEAD))


def lines_in(path: Path) -> int:
    """How many lines the file has: at least as many as rows."""
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b"")) + 1

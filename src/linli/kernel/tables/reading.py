"""Opening a table of any kind: its sheets and their first rows, then the rows of the chosen one."""

import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import linli
from linli.kernel.files.media import ODS, TEXT, XLSX
from linli.kernel.tables import texts
from linli.kernel.tables.archives import check_claims
from linli.kernel.tables.declared import Sheet
from linli.kernel.tables.headings import LOOK, Heading, find_heading
from linli.kernel.tables.refusing import refusal

Row = list[Any]
SUFFIX = {XLSX: ".xlsx", ODS: ".ods", TEXT: ".csv"}
WAIT = 300


@dataclass(frozen=True)
class Head:
    """A sheet seen from its first rows; ``rows`` is how many it has, at least about."""

    name: str
    rows: int
    first: list[Row]


class Table(Protocol):
    """An open table."""

    heads: list[Head]

    def rows(self, index: int) -> Iterator[Row]:
        """The rows of the sheet from its first one; to be called once."""
        ...


class _Text:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.encoding = texts.encoding_of(path)
        self.heads = [Head(path.stem, texts.lines_in(path), texts.head_of(path, self.encoding))]

    def rows(self, index: int) -> Iterator[Row]:
        return texts.rows_of(self.path, self.encoding)


class _Workbook:
    def __init__(self, child: "subprocess.Popen[bytes]") -> None:
        self.child = child
        self.heads = [Head(*head) for head in self._hear("heads")]

    def rows(self, index: int) -> Iterator[Row]:
        assert self.child.stdin is not None
        self.child.stdin.write(f"{index}\n".encode())
        self.child.stdin.flush()
        while (batch := self._hear("rows")) is not None:
            yield from batch

    def _hear(self, wanted: str) -> Any:
        """The next message; None at the end. What ends the child is told as a sentence."""
        assert self.child.stdout is not None
        try:
            word, content = pickle.load(self.child.stdout)  # noqa: S301  # written by our own child process
        except (EOFError, pickle.UnpicklingError) as error:
            code = self.child.wait(WAIT)
            raise refusal("too-slow" if code in {-24, -9} else "too-wide-apart") from error
        if word == "refused":
            raise refusal(content)
        return content if word == wanted else None


@contextmanager
def opened_table(path: Path, media: str, *, formulas: bool = True) -> Iterator[Table]:
    """Open the file at ``path``, which is of type ``media`` by its content. Raises Refusal.

    Without ``formulas`` a cell that holds one reads as a mark that no column takes.
    """
    if media == TEXT:
        yield _Text(path)
        return
    if media in {XLSX, ODS}:
        check_claims(path)
    source = Path(linli.__file__).parents[1]
    words = "formulas" if formulas else "values"
    child = subprocess.Popen(  # noqa: S603  # our own code; the path is one we made
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(source)!r}); {_RUN}", str(path), words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield _Workbook(child)
    finally:
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                _shut(stream)


_RUN = "from linli.kernel.tables import child; child.bound(); child.serve(*sys.argv[1:])"


def _shut(stream: Any) -> None:
    with suppress(BrokenPipeError):  # the child may have ended before it read everything
        stream.close()


@dataclass(frozen=True)
class Choice:
    """The sheet and heading that fit a declaration best."""

    index: int
    name: str
    rows: int
    heading: Heading


def choose(heads: list[Head], sheet: Sheet) -> Choice:
    """The sheet whose headings name the most columns, the declared title first. Raises Refusal."""
    if not any(any(row) for head in heads for row in head.first):
        raise refusal("no-sheet")
    found = [
        Choice(index, head.name, max(0, head.rows - heading.last), heading)
        for index, head in enumerate(heads)
        if (heading := find_heading(head.first, sheet)) is not None
    ]
    if not found:
        raise refusal("no-heading", rows=LOOK, titles="、".join(column.title for column in sheet.columns[:12]))
    best = max(found, key=lambda c: (-len(c.heading.missing), len(c.heading.positions), c.name == sheet.title))
    if best.heading.missing:
        raise refusal("heading-missing", titles="、".join(best.heading.missing))
    return best

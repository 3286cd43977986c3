"""A sealed copy read from its beginning to its end, by whoever looks it through and whoever restores it."""

import gzip
import io
import json
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from linli.site.keeping.layout import END, FORMAT, HOUSE, Progress, silent
from linli.site.keeping.rows import Column, Digest, Table
from linli.site.keeping.sealed import SealedReader, damaged
from linli.site.troubles import Trouble


@dataclass
class Read:
    """What a copy held, as far as it was read: its house, its digests by table, its files."""

    house: dict[str, Any] = field(default_factory=dict)
    digests: dict[str, Digest] = field(default_factory=dict)
    files: int = 0
    size: int = 0

    @property
    def tables(self) -> list[Table]:
        """The tables with the columns they had."""
        return [Table(name, tuple(Column(*one) for one in columns)) for name, columns in self.house["tables"]]

    def check(self, end: dict[str, Any]) -> None:
        """Whether all that was written was read. Raises Trouble."""
        rows = {name: self.digests[name].told for name in self.digests}
        if rows != end["rows"] or [self.files, self.size] != end["files"]:
            raise damaged()


@dataclass
class Takers:
    """Who takes what is read from a copy."""

    rows: Callable[[Table, list[list[Any]]], object] = lambda _table, _rows: None
    file: Callable[[str, IO[bytes]], object] = lambda _name, _body: None


def read_copy(path: Path, takers: Takers, *, progress: Progress = silent) -> Read:
    """Read a copy to its end and hand on each part. Raises Trouble for a wrong key, damage, a newer version."""
    found, end = Read(), None
    size = path.stat().st_size
    with path.open("rb") as file:
        sealed = SealedReader(file)
        try:
            with gzip.GzipFile(fileobj=io.BufferedReader(sealed)) as plain:
                with tarfile.open(fileobj=plain, mode="r|") as tar:
                    for member in tar:
                        body = tar.extractfile(member)
                        assert body is not None  # we write nothing but files
                        end = _take(found, member.name, body, takers)
                        progress(_("copy"), file.tell(), size)
                while plain.read(1 << 16):
                    pass
        except (tarfile.TarError, EOFError, gzip.BadGzipFile, ValueError, KeyError):
            raise damaged() from None
    if end is None:
        raise damaged()
    found.check(end)
    return found


def _take(found: Read, name: str, body: IO[bytes], takers: Takers) -> dict[str, Any] | None:
    """One part; what the end says where it is the end."""
    kind, _slash, rest = name.partition("/")
    if name == HOUSE:
        found.house = json.load(body)
        _check_version(found.house)
        found.digests = {table.name: Digest(table) for table in found.tables}
    elif kind == "rows":
        table = next(table for table in found.tables if table.name == rest.split("/")[0])
        digest = found.digests[table.name]
        takers.rows(table, [digest.take(json.loads(line)) for line in body.read().decode("utf-8").split("\n")])
    elif kind == "files":
        raw = body.read()
        found.files, found.size = found.files + 1, found.size + len(raw)
        takers.file(name, io.BytesIO(raw))
    elif kind == "anchors":
        takers.file(name, body)
    elif name == END:
        end: dict[str, Any] = json.load(body)
        return end
    return None


def _known() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}


def _check_version(house: dict[str, Any]) -> None:
    if house["format"] > FORMAT or not set(house["migrations"]) <= _known():
        sentence = _("This copy was made by a newer version (%(version)s). Install that version, then restore.")
        raise Trouble(sentence % {"version": house["version"]})

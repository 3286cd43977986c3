"""Sealed copies of a house, made while it runs.

A copy holds every row, every file and the anchors of the audit; never a key. Its key comes from the keyring of the
house, which is kept apart: whoever has the copy alone reads nothing, whoever has the keys alone has nothing.
"""

import errno
import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.storage import Storage, default_storage
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.site.keeping.layout import END, FORMAT, HOUSE, Progress, anchors, silent
from linli.site.keeping.rows import Digest, Table, migrations_of, read, tables
from linli.site.keeping.sealed import SealedWriter
from linli.site.troubles import Trouble
from linli.site.watching.figures import release

ENDING = ".linli"
PILE = 2_000
"""Rows of a part."""
LIGHT = 3
"""How hard a copy is pressed: beyond it the time doubles for a twentieth less."""
SNAPSHOT = "snapshot"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def snapshot(source: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """The database as it stands now, whatever is written meanwhile; writers do not wait for it."""
    config = deepcopy(connections.databases[source])
    if "transaction_mode" in config["OPTIONS"]:
        config["OPTIONS"]["transaction_mode"] = "DEFERRED"
    connections.databases[SNAPSHOT] = config
    database = connections[SNAPSHOT]
    try:
        with transaction.atomic(using=SNAPSHOT):
            with database.cursor() as cursor:
                if database.vendor == "postgresql":
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                cursor.execute("SELECT count(*) FROM django_migrations")  # from here on it stands
            yield database
    finally:
        database.close()
        del connections[SNAPSHOT], connections.databases[SNAPSHOT]


def file_names(storage: Storage = default_storage, folder: str = "") -> Iterator[str]:
    """The names of all kept files."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield str(PurePosixPath(folder, name))
    for name in folders:
        yield from file_names(storage, str(PurePosixPath(folder, name)))


def _add(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    told = tarfile.TarInfo(name)
    told.size = len(body)
    tar.addfile(told, io.BytesIO(body))


def _add_rows(tar: tarfile.TarFile, database: BaseDatabaseWrapper, table: Table) -> list[Any]:
    found, pile, part = Digest(table), [], 0
    for row in read(database, table):
        pile.append(json.dumps(found.take(row), ensure_ascii=False))
        if len(pile) == PILE:
            _add(tar, f"rows/{table.name}/{part}", "\n".join(pile).encode("utf-8"))
            pile, part = [], part + 1
    if pile:
        _add(tar, f"rows/{table.name}/{part}", "\n".join(pile).encode("utf-8"))
    return found.told


def _add_files(tar: tarfile.TarFile, progress: Progress) -> list[int]:
    names = sorted(file_names())
    count = size = 0
    for done, name in enumerate(names, 1):
        try:
            with default_storage.open(name) as file:
                _add(tar, f"files/{name}", file.read())
                count, size = count + 1, size + int(file.size)
        except FileNotFoundError:  # erased meanwhile; its row was erased before it
            continue
        progress(_("files"), done, len(names))
    for path in sorted(anchors().glob("*.jsonl")):
        _add(tar, f"anchors/{path.name}", path.read_bytes())
    return [count, size]


def _fill(tar: tarfile.TarFile, progress: Progress) -> None:
    with snapshot() as database:
        all_tables = tables()
        house = {
            "format": FORMAT, "version": release(), "migrations": migrations_of(database),
            "tables": [[table.name, table.columns] for table in all_tables],
        }  # fmt: skip
        _add(tar, HOUSE, json.dumps(house).encode("utf-8"))
        digests = {}
        for done, table in enumerate(all_tables, 1):
            digests[table.name] = _add_rows(tar, database, table)
            progress(_("tables"), done, len(all_tables))
    _add(tar, END, json.dumps({"rows": digests, "files": _add_files(tar, progress)}).encode("utf-8"))


def make(target: Path, *, progress: Progress = silent) -> Path:
    """Write a copy of this house to ``target`` (a folder: under a name with the moment). Its path.

    It is written beside the target and put there whole, or not at all. Raises Trouble.
    """
    now = timezone.localtime()
    if target.is_dir():
        target /= f"linli-{now:%Y%m%d-%H%M%S}{ENDING}"
    if target.exists():
        raise Trouble(_("%(file)s is there already. Give another name.") % {"file": target})
    draft = target.with_name(f".{target.name}.part")
    try:
        with draft.open("wb") as file:
            sealed = SealedWriter(file, {"made": now.isoformat(timespec="seconds"), "version": release()})
            with (
                gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=LIGHT) as pressed,
                tarfile.open(fileobj=pressed, mode="w|") as tar,
            ):
                _fill(tar, progress)
            sealed.close()
        draft.chmod(0o600)
        draft.rename(target)
    except OSError as error:
        if error.errno in NO_ROOM:
            sentence = _("There is no room left for the copy in %(folder)s. Nothing was changed; older copies stand.")
            raise Trouble(sentence % {"folder": target.parent}) from error
        raise
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    return target


def thin(folder: Path, keep: int) -> list[Path]:
    """Remove all copies in a folder but the newest ``keep``; those removed."""
    old = sorted(folder.glob(f"linli-*{ENDING}"))[: -keep or None] if keep > 0 else []
    for path in old:
        path.unlink()
    return old

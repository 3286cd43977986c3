"""A house moves from one database to another: every row with its id, all or nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from linli.site.keeping.layout import Progress, silent
from linli.site.keeping.making import snapshot
from linli.site.keeping.restoring import is_empty
from linli.site.keeping.rows import Digest, clear, digest_of, migrations_of, read, reset_counters, tables, write
from linli.site.settings.databases import database
from linli.site.troubles import Trouble

TARGET = "target"


def _linli(address: str, *words: str) -> None:
    """A ``linli`` command for the house with its database there. Raises Trouble with what it said."""
    run = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-m", "linli.site.cli", *words],
        env={**os.environ, "DATABASE_URL": address, "LINLI_HOME": str(settings.LINLI_HOME)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise Trouble((run.stderr or run.stdout).strip())


@contextmanager
def target_at(address: str) -> Iterator[BaseDatabaseWrapper]:
    """The database at ``address`` beside this house's own, as long as the block lasts; its alias is TARGET."""
    known = connections.databases["default"]
    connections.databases[TARGET] = {**known, "OPTIONS": {}, **database(address)}
    try:
        yield connections[TARGET]
    finally:
        connections[TARGET].close()
        del connections[TARGET], connections.databases[TARGET]


def move(address: str, *, progress: Progress = silent) -> dict[str, int]:
    """Write every row of this house into the empty database at ``address``; rows by table.

    What was written is read again and compared before it counts; what is here stays as it is. Raises Trouble.
    """
    with target_at(address) as target:
        if not is_empty(target):
            raise Trouble(_("The database to move to is not empty. Nothing was written; name a fresh one."))
    _linli(address, "setup")
    found = {}
    with target_at(address) as target, snapshot() as source:
        if migrations_of(source) != migrations_of(target):
            raise Trouble(_("The database is not up to date. Run: linli setup"))
        with transaction.atomic(using=TARGET):
            all_tables = tables()
            clear(target, all_tables)
            for done, table in enumerate(all_tables, 1):
                digest = Digest(table)
                found[table.name] = write(target, table, map(digest.take, read(source, table)))
                if digest_of(target, table) != digest.told:
                    sentence = _("Table %(table)s did not arrive as it was. Nothing was changed.")
                    raise Trouble(sentence % {"table": table.name})
                progress(_("tables"), done, len(all_tables))
            target.check_constraints()
            reset_counters(target)
    _linli(address, "search", "rebuild")
    return found

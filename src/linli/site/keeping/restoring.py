"""The way back from a copy: rows, files and anchors, all of it or nothing."""

import shutil
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from linli.kernel.audit.checking import verify
from linli.kernel.audit.models import ChainHead
from linli.kernel.search.writing import rebuild
from linli.site.keeping.layout import Progress, anchors, silent
from linli.site.keeping.reading import Read, Takers, read_copy
from linli.site.keeping.rows import clear, digest_of, migrations_of, reset_counters, write
from linli.site.keeping.sealed import damaged
from linli.site.troubles import Trouble

SIGNS_OF_LIFE = ("places_place", "people_user")


def is_empty(database: BaseDatabaseWrapper) -> bool:
    """Whether nobody lives there yet: no tables, or no place and no account in them."""
    there = set(database.introspection.table_names())
    with database.cursor() as cursor:
        for table in SIGNS_OF_LIFE:
            if table in there:
                cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')  # noqa: S608  # two names of ours
                if cursor.fetchone()[0]:
                    return False
    return True


class _Coming:
    """Files on their way: beside the house until its rows stand, then in their place; what was there waits aside."""

    def __init__(self) -> None:
        home = Path(settings.LINLI_HOME)
        self._folder = home / "coming"
        self._places = {"files": Path(settings.LINLI_FILES), "anchors": anchors()}
        self._moved: list[tuple[Path, Path]] = []
        shutil.rmtree(self._folder, ignore_errors=True)

    def take(self, name: str, body: IO[bytes]) -> None:
        """One file, ``files/…`` or ``anchors/…``."""
        kind, _slash, rest = name.partition("/")
        if kind == "files" and not isinstance(storages["default"], FileSystemStorage):
            if not default_storage.exists(rest):
                default_storage.save(rest, File(body))
            return
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder.resolve()):
            raise damaged()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            shutil.copyfileobj(body, out)

    def settle(self) -> None:
        """Put what came in its place."""
        for kind, place in self._places.items():
            aside = place.with_name(f"{place.name}.before")
            shutil.rmtree(aside, ignore_errors=True)
            if place.exists():
                place.rename(aside)
            self._moved.append((place, aside))
            came = self._folder / kind
            if came.exists():
                came.rename(place)
            else:
                place.mkdir(parents=True)

    def undo(self) -> None:
        """Put back what was there."""
        for place, aside in self._moved:
            shutil.rmtree(place, ignore_errors=True)
            if aside.exists():
                aside.rename(place)
        shutil.rmtree(self._folder, ignore_errors=True)

    def done(self) -> None:
        """Forget what was there."""
        for _place, aside in self._moved:
            shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(self._folder, ignore_errors=True)


def _prepare(found: Read) -> None:
    """Give the database the tables of the copy, as old as they were. Raises Trouble."""
    wanted, there = found.house["migrations"], migrations_of(connection)
    if there == wanted:
        return
    if there:
        sentence = _(
            "The database is not as old as this copy. Restore into a fresh, empty database, then run linli setup."
        )
        raise Trouble(sentence)
    newest: dict[str, str] = {}
    for one in wanted:
        app, _dot, name = one.partition(".")
        newest[app] = max(newest.get(app, ""), name)
    for app, name in newest.items():
        call_command("migrate", app, name, verbosity=0, interactive=False)


def restore(path: Path, *, replace: bool = False, progress: Progress = silent) -> Read:
    """Bring back the house a copy holds: rows, files, anchors. All of it, or nothing. Raises Trouble.

    Read once before anything is touched. ``replace``: over a house that is not empty; it stays where this fails.
    """
    if not replace and not is_empty(connection):
        raise Trouble(
            _("There is a house here already. Restore elsewhere, or say --replace to put the copy in its place.")
        )
    first = read_copy(path, Takers(), progress=progress)
    coming = _Coming()
    try:
        found = _load(path, first, coming, progress)
    except BaseException:
        coming.undo()
        raise
    coming.done()
    call_command("migrate", verbosity=0, interactive=False)
    rebuild(progress=lambda done, total: progress(_("search"), done, total))
    return found


def _load(path: Path, first: Read, coming: _Coming, progress: Progress) -> Read:
    _prepare(first)
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            clear(connection, first.tables)
            takers = Takers(lambda table, rows: write(connection, table, rows), coming.take)
            found = read_copy(path, takers, progress=progress)
            connection.check_constraints()
            reset_counters(connection)
            _check_digests(found)
            coming.settle()
    finally:
        connection.enable_constraint_checking()
    return found


def _check_digests(found: Read) -> None:
    for table in found.tables:
        if digest_of(connection, table) != found.digests[table.name].told:
            raise Trouble(_("Table %(table)s did not arrive as it was. Nothing was changed.") % {"table": table.name})


def broken_chains() -> list[str]:
    """The audit chains of this house that are not whole."""
    chains = ChainHead.objects.order_by("chain").values_list("chain", flat=True)
    return [chain for chain in chains if not verify(chain).whole]

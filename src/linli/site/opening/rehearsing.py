"""A rehearsal: begun with what was set up, worked in as long as one likes, wiped whole; its record stays here.

It is a house of its own in a folder of its own, on SQLite, with its own keys, and it runs as any house does. So nothing
that is done there can take a number, a fund or a row of the real house, and no message leaves it
(``linli.site.settings.rehearsal``).
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.people.models import User
from linli.apps.people.queries import holders
from linli.apps.places.models import Level, Place
from linli.kernel.audit import Keep, register_action
from linli.kernel.events import record
from linli.kernel.refs.keys import new_key
from linli.kernel.scope import Role
from linli.kernel.search import rebuild
from linli.site.keeping.layout import Progress, silent
from linli.site.keeping.making import snapshot
from linli.site.keeping.moving import TARGET, target_at
from linli.site.keeping.rows import clear, read, tables, write
from linli.site.opening.models import Rehearsal
from linli.site.opening.services.beginning import call_off
from linli.site.opening.set_up import plain, taken
from linli.site.settings.rehearsal import MARK
from linli.site.troubles import Trouble

DATABASE = "linli.sqlite3"
WORDS = {"name": gettext_lazy("name"), "rows": gettext_lazy("rows"), "folder": gettext_lazy("folder")}
register_action("opening.rehearsal.begin", gettext_lazy("began a rehearsal"), keep=Keep.FOR_EVER, words=WORDS)
register_action("opening.rehearsal.end", gettext_lazy("wiped a rehearsal"), keep=Keep.FOR_EVER, words=WORDS)


def begin(folder: Path, *, name: str, by: str, progress: Progress = silent, at: datetime | None = None) -> Rehearsal:
    """Make a rehearsal in an empty folder. Raises Trouble; then the folder is as it was."""
    _require_real()
    user = _administrator(by)
    place = folder.resolve()
    if not name.strip() or len(name) > 40:
        raise Trouble(_("Give the rehearsal a name of at most 40 characters, such as 2027."))
    _require_apart(place)
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise Trouble(_("%(folder)s is not empty. A rehearsal begins in an empty folder.") % {"folder": place})
    made = not place.exists()
    row = Rehearsal(
        pk=new_key(), name=name.strip(), folder=str(place), begun_at=at or timezone.now(), begun_by=user.username
    )
    try:
        count = _found(place, row, progress)
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"name": row.name, "rows": count, "folder": row.folder}
            record("opening.rehearsal.begin", None, actor=user, facts=facts, at=row.begun_at)
    except BaseException:
        for path in place.iterdir() if place.is_dir() else ():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if made and place.is_dir():
            place.rmdir()
        raise
    return row


def _found(place: Path, row: Rehearsal, progress: Progress) -> int:
    """The house itself: marked first, set up, given its rows; how many."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / MARK).write_text(json.dumps({"rehearsal": str(row.pk), "name": row.name}), encoding="utf-8")
    except OSError as error:
        raise Trouble(_("%(folder)s cannot be written to.") % {"folder": place}) from error
    _linli(place, "setup")
    count, all_taken = 0, taken()
    address = f"sqlite:///{place / DATABASE}"
    with target_at(address) as target, snapshot() as source, transaction.atomic(using=TARGET):
        clear(target, all_taken)
        for done, table in enumerate(all_taken, 1):
            count += write(target, table, map(plain(table), read(source, table)))
            progress(_("tables"), done, len(all_taken))
        here = Rehearsal(
            pk=row.pk, name=row.name, folder=row.folder, begun_at=row.begun_at, begun_by=row.begun_by, is_here=True
        )
        here.save(using=TARGET, force_insert=True)
        target.check_constraints()
    _linli(place, "rehearsal", "ready")
    return count


def end(folder: Path, *, name: str, by: str, at: datetime | None = None) -> Rehearsal:
    """Wipe a rehearsal of this house and write down what went. Killed half-way, it is run again. Raises Trouble."""
    _require_real()
    user, place = _administrator(by), folder.resolve()
    _require_apart(place)
    row = _rehearsal_in(place)
    if name.strip() != row.name:
        raise Trouble(_("Type the name of the rehearsal, %(name)s, to wipe it.") % {"name": row.name})
    if (place / DATABASE).exists():
        wiped = _counted(place / DATABASE, row.pk)
        Rehearsal.objects.filter(pk=row.pk).update(wiped=wiped)
    row.refresh_from_db()
    _wipe(place)
    with transaction.atomic():
        row.ended_at, row.ended_by = at or timezone.now(), user.username
        row.save(update_fields=["ended_at", "ended_by"])
        facts = {"name": row.name, "rows": row.rows_wiped, "folder": row.folder}
        record("opening.rehearsal.end", None, actor=user, facts=facts, at=row.ended_at)
    return row


def ready() -> None:
    """The last step inside a rehearsal: its first page is called off, its words can be searched."""
    if not settings.LINLI_REHEARSAL:
        raise Trouble(_("This house is no rehearsal."))
    call_off()
    rebuild()


def _require_real() -> None:
    if settings.LINLI_REHEARSAL:
        raise Trouble(_("This house is a rehearsal itself. Run this in the real house."))


def _administrator(username: str) -> User:
    district = Place.objects.filter(level=Level.DISTRICT).first()
    if district is not None:
        known = holders((Role.SYSTEM_ADMINISTRATOR,), district)
        user = User.objects.filter(pk__in=known, username=username, is_active=True).first()
        if user is not None:
            return user
    raise Trouble(_("%(name)s is not the user name of a system administrator.") % {"name": username})


def _require_apart(place: Path) -> None:
    """Neither the house nor anything it keeps lies in the folder, nor the folder in them."""
    own = [Path(settings.LINLI_HOME), Path(settings.LINLI_FILES), Path(settings.LINLI_KEYS)]
    for kept in (path.resolve() for path in own):
        if place == kept or place in kept.parents or kept in place.parents:
            raise Trouble(_("%(folder)s belongs to this house. Name a folder apart from it.") % {"folder": place})


def _rehearsal_in(place: Path) -> Rehearsal:
    try:
        told = json.loads((place / MARK).read_text(encoding="utf-8"))
        row = Rehearsal.objects.get(pk=UUID(str(told["rehearsal"])), is_here=False, ended_at__isnull=True)
    except (OSError, ValueError, TypeError, KeyError, Rehearsal.DoesNotExist) as error:
        raise Trouble(
            _("%(folder)s holds no rehearsal of this house. Nothing was touched.") % {"folder": place}
        ) from error
    return row


def _counted(database: Path, key: UUID) -> dict[str, int]:
    """Table → rows, read without writing. Raises Trouble for a database that does not say it is this rehearsal."""
    mark = _table(Rehearsal)
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as there:
        try:
            here = there.execute(f'SELECT count(*) FROM "{mark}" WHERE is_here AND id = ?', [key.hex]).fetchone()[0]  # noqa: S608  # our own name
            names = {name for (name,) in there.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if here == 1:
                counts = {
                    table.name: there.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()[0]  # noqa: S608  # as above
                    for table in tables()
                    if table.name in names
                }
                return {name: count for name, count in counts.items() if count}
        except sqlite3.DatabaseError as error:
            raise Trouble(_("%(file)s cannot be read. Nothing was touched.") % {"file": database}) from error
    raise Trouble(_("%(file)s does not say that it is this rehearsal. Nothing was touched.") % {"file": database})


def _table(model: type[Rehearsal]) -> str:
    return str(model._meta.db_table)


def _wipe(place: Path) -> None:
    """Everything in the folder, its mark last."""
    try:
        for path in sorted(place.iterdir()):
            if path.name != MARK:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        (place / MARK).unlink()
        place.rmdir()
    except OSError as error:
        said = _("%(folder)s could not be removed whole. Stop the rehearsal and run this again.")
        raise Trouble(said % {"folder": place}) from error


def _linli(place: Path, *words: str) -> None:
    """A ``linli`` command for the house in the folder, whose mark keeps this house's environment away."""
    run = subprocess.run(  # noqa: S603  # ourselves
        [sys.executable, "-m", "linli.site.cli", *words],
        env={**os.environ, "LINLI_HOME": str(place)},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise Trouble((run.stderr or run.stdout).strip())

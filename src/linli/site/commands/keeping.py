"""``linli backup``, ``linli restore``, ``linli move-database``: sealed copies, the way back, another database."""

import sys
import time
from argparse import Namespace
from pathlib import Path

from django.utils.translation import gettext as _

from linli.site.keeping.making import make, thin
from linli.site.keeping.reading import Takers, read_copy
from linli.site.keeping.restoring import broken_chains
from linli.site.keeping.restoring import restore as bring_back
from linli.site.troubles import Trouble

WIDTH, EACH = 30, 0.2
"""Signs of a bar; seconds between two looks of it."""


class Bar:
    """How far long work is, in one line of a terminal; nothing where nobody looks."""

    def __init__(self) -> None:
        self._shown, self._last = sys.stderr.isatty(), 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self._shown and (done >= total or now - self._last > EACH):
            full = WIDTH * done // max(total, 1)
            sys.stderr.write(f"\r{what:8} [{'#' * full}{'.' * (WIDTH - full)}] {done:,}/{total:,}\033[K")
            self._last = now

    def end(self) -> None:
        """Leave the line."""
        if self._shown:
            sys.stderr.write("\r\033[K")


def _there(path: Path) -> Path:
    if not path.is_file():
        raise Trouble(_("There is no file %(file)s.") % {"file": path})
    return path


def backup(options: Namespace) -> None:
    """Make a copy and thin the old ones, or look one through. Raises Trouble."""
    bar = Bar()
    if options.verify:
        found = read_copy(_there(options.target), Takers(), progress=bar)
        bar.end()
        said = _("The copy is whole: %(rows)s rows, %(files)s files.")
    else:
        if not options.target.is_dir() and not options.target.parent.is_dir():
            raise Trouble(_("There is no folder %(folder)s.") % {"folder": options.target.parent})
        path = make(options.target, progress=bar)
        bar.end()
        found = read_copy(path, Takers())
        sys.stdout.write(f"{path}\n")
        for old in thin(path.parent, options.keep):
            sys.stdout.write(_("Removed the old copy %(file)s.") % {"file": old.name} + "\n")
        said = _("Made a sealed copy and read it again: %(rows)s rows, %(files)s files. Keep the keys elsewhere.")
    rows = sum(digest.rows for digest in found.digests.values())
    sys.stdout.write(said % {"rows": f"{rows:,}", "files": f"{found.files:,}"} + "\n")


def restore(options: Namespace) -> int:
    """Bring a house back and check the chains of its audit; 1 where one is broken. Raises Trouble."""
    bar = Bar()
    found = bring_back(_there(options.copy), replace=options.replace, progress=bar)
    broken = broken_chains()
    bar.end()
    rows = sum(digest.rows for digest in found.digests.values())
    said = _("Restored %(rows)s rows and %(files)s files; every table was compared with the copy.")
    sys.stdout.write(said % {"rows": f"{rows:,}", "files": f"{found.files:,}"} + "\n")
    for chain in broken:
        sys.stdout.write(_("The audit chain %(chain)s is not whole; see linli audit verify.") % {"chain": chain} + "\n")
    return int(bool(broken))


def move(options: Namespace) -> None:
    """Write this house into another database. Raises Trouble."""
    from linli.site.keeping.moving import move as move_to

    bar = Bar()
    found = move_to(options.to, progress=bar)
    bar.end()
    said = _("Moved %(rows)s rows, each table compared. Now set DATABASE_URL to the new database and start the site.")
    sys.stdout.write(said % {"rows": f"{sum(found.values()):,}"} + "\n")

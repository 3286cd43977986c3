"""A folder into which a scanner drops files: each is taken whole, once, and moved where one sees what became of it.

folder/            what the scanner writes; a file is taken when it has not changed for a while
folder/.linli/     the file being taken: moved here first, so that the scanner cannot write over it
folder/taken/      what stands in the inbox
folder/refused/    what could not be taken, each with a text that says why
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from django.core.files.base import File
from django.db import Error as DatabaseError
from django.db import close_old_connections
from django.utils.translation import gettext as _

from linli.kernel.errors import Refusal
from linli.kernel.files.scans.inbox import Tray, file_in

SETTLED = 4.0
"""Seconds without a change after which a file is looked into."""
PATIENCE = 120.0
"""Seconds without a change after which a file that is not whole is given up: slow scanners pause between pages."""
HALF = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".lock")
UNFINISHED = {"file-damaged", "file-empty"}
NOT_ITS_FAULT = {"no-room", "no-store"}
CLAIMED, TAKEN, REFUSED = ".linli", "taken", "refused"


@dataclass
class Mark:
    """A file as it was seen: its size and time of change, and since when they have been so (seconds)."""

    size: int
    changed: int
    since: float


@dataclass
class Drop:
    """A watched folder. ``clock`` counts seconds; nothing is done between two calls of :meth:`look`."""

    folder: Path
    tray: Tray
    clock: Callable[[], float] = time.monotonic
    _seen: dict[str, Mark] = field(default_factory=dict)
    _said: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """Make the three folders. Raises OSError where this account may not."""
        for name in (CLAIMED, TAKEN, REFUSED):
            (self.folder / name).mkdir(exist_ok=True)

    def look(self) -> Iterator[str]:
        """Take what is whole; yields a sentence for each file that found its place, or could not yet."""
        for left in sorted((self.folder / CLAIMED).iterdir()):
            yield from self._take(left, patient=False)
        for name in self._settled():
            claimed = self.folder / CLAIMED / name
            mark = self._seen[name]
            try:
                (self.folder / name).rename(claimed)
            except FileNotFoundError:  # another one who watches this folder was faster
                continue
            yield from self._take(claimed, patient=self.clock() - mark.since < PATIENCE)

    def _settled(self) -> list[str]:
        """The names of files that have not changed for a while; what is gone is forgotten."""
        now, found = self.clock(), {}
        for entry in os.scandir(self.folder):
            if not _is_scan(entry):
                continue
            stat = entry.stat(follow_symlinks=False)
            old = self._seen.get(entry.name)
            same = old is not None and (old.size, old.changed) == (stat.st_size, stat.st_mtime_ns)
            found[entry.name] = old if old is not None and same else Mark(stat.st_size, stat.st_mtime_ns, now)
        self._seen = found
        return sorted(name for name, mark in found.items() if now - mark.since >= SETTLED)

    def _take(self, claimed: Path, *, patient: bool) -> Iterator[str]:
        try:
            with claimed.open("rb") as file:
                row, new = file_in(File(file), tray=self.tray, folder=self.folder.name, name=claimed.name, actor=None)
        except FileNotFoundError:
            return
        except Refusal as refusal:
            yield from self._not_taken(claimed, refusal, patient=patient)
        except DatabaseError:
            close_old_connections()
            sentence = _("%(name)s waits: the database does not answer.")
            yield from self._once(claimed.name, sentence % {"name": claimed.name})
        else:
            _move(claimed, self.folder / TAKEN)
            self._said.pop(claimed.name, None)
            words = {"name": claimed.name, "place": self.tray.name, "pages": row.pages}
            if new:
                yield _("%(name)s: in the inbox of %(place)s, pages: %(pages)s.") % words
            else:
                yield _("%(name)s: was taken in before, not taken again.") % words

    def _not_taken(self, claimed: Path, refusal: Refusal, *, patient: bool) -> Iterator[str]:
        if refusal.code in NOT_ITS_FAULT:
            yield from self._once(claimed.name, _("%(name)s: %(why)s") % {"name": claimed.name, "why": refusal})
        elif patient and refusal.code in UNFINISHED:
            back = self.folder / claimed.name
            if not back.exists():  # the scanner may have begun a new file of the same name
                claimed.rename(back)
        else:
            self._said.pop(claimed.name, None)
            place = _move(claimed, self.folder / REFUSED)
            place.with_name(f"{place.name}.txt").write_text(f"{refusal}\n", encoding="utf-8")
            yield _("%(name)s: not taken, moved to %(folder)s. %(why)s") % {
                "name": claimed.name, "folder": place.parent, "why": refusal,
            }  # fmt: skip

    def _once(self, name: str, sentence: str) -> Iterator[str]:
        """The sentence, unless it was said of this file already."""
        if self._said.get(name) != sentence:
            self._said[name] = sentence
            yield sentence


def _is_scan(entry: os.DirEntry[str]) -> bool:
    hidden = entry.name.startswith((".", "~")) or entry.name.lower().endswith(HALF)
    return not hidden and entry.is_file(follow_symlinks=False)


def _move(file: Path, folder: Path) -> Path:
    """Where the file stands in ``folder`` now; beside one of the same name it gets a number."""
    place, number = folder / file.name, 1
    while place.exists():
        number += 1
        place = folder / f"{file.stem} ({number}){file.suffix}"
    try:
        file.rename(place)
    except FileNotFoundError:  # another one who watches this folder has moved it
        return place
    return place


def watch(drop: Drop, *, every: float, say: Callable[[str], None], stop: Event) -> None:
    """Look every ``every`` seconds until ``stop`` is set. A folder that is away is said once and waited for."""
    away = False
    while not stop.is_set():
        try:
            drop.open()
            for sentence in drop.look():
                say(sentence)
            away = False
        except OSError as error:
            if not away:
                sentence = _("%(folder)s cannot be read or written: %(why)s. Waiting for it.")
                say(sentence % {"folder": drop.folder, "why": error.strerror})
            away = True
        stop.wait(every)

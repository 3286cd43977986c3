"""The house under load: a street of the size asked for on a database of its own, and ``linli up`` as it is operated."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.support.postgres import Server, find_binaries, free_port, unprivileged_user
from tests.support.sites import ROOT, Site, linli, running, site_environment

LAYOUT = ("--processes", "2", "--threads", "8", "--workers", "1")
"""As docs/operate/install.md runs it."""
CHILDREN = ("web server", "worker", "scheduler")
"""In the order in which they are started."""
SETTINGS = ("shared_buffers=256MB", "max_connections=100")
"""Every commit is on the disk before it is acknowledged, as PostgreSQL comes."""
BUILD = 3 * 3600.0


@dataclass
class House:
    """A filled street: its home, its database, and what is known of it (see ``filling``)."""

    home: Path
    facts: dict[str, Any]
    server: Server | None = None
    names: dict[int, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, Any]:
        """What its processes are told besides."""
        return {"DATABASE_URL": self.server.url} if self.server else {}

    def opened(self) -> contextlib.AbstractContextManager[Site]:
        """``linli up``, in the layout of production."""
        return running(self.home, *LAYOUT, **self.environment)

    def asked(self, question: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of the database, read past the house; ``%s`` marks a value."""
        if self.server is not None:
            with psycopg.connect(self.server.url) as database:
                return database.execute(question.encode(), values).fetchall()
        import sqlite3

        with contextlib.closing(sqlite3.connect(self.home / "linli.sqlite3")) as lite:
            return lite.execute(question.replace("%s", "?"), values).fetchall()

    def processes(self, site: Site) -> dict[int, str]:
        """Every process of the site by number, and what it is; a server of the database among them as "database"."""
        found = {site.process.pid: "supervisor"}
        for pid in self._known(children(site.process.pid)):
            found[pid] = self.names[pid]
            found |= {one: f"web {number}" for number, one in enumerate(children(pid), start=1)}
        if self.server is not None and self.server.process is not None:
            found[self.server.process.pid] = "database"
            found |= dict.fromkeys(children(self.server.process.pid), "database")
        return found

    def _known(self, living: list[int]) -> list[int]:
        """Children of the supervisor; one that was started again is who is missing."""
        self.names = {pid: name for pid, name in self.names.items() if pid in living}
        missing = [name for name in CHILDREN if name not in self.names.values()]
        self.names |= dict(zip([pid for pid in living if pid not in self.names], missing, strict=False))
        return list(self.names)


def children(pid: int) -> list[int]:
    """Those a process started and that live, in the order in which they came."""
    with contextlib.suppress(OSError):
        return sorted(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    return []


@contextlib.contextmanager
def built(*, residents: int, needs: int, postgres: bool) -> Iterator[House]:
    """A house in a temporary folder, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="linli-load-"))
    folder.chmod(0o755)
    house = House(folder / "home", {})
    try:
        if postgres:
            (folder / "database").mkdir()
            house.server = Server(
                folder / "database", find_binaries(), unprivileged_user(), free_port(), settings=SETTINGS
            )
            house.server.start()
        began = time.monotonic()
        fill(house, residents, needs)
        told = f"{residents:,} residents, {needs:,} further needs, {'PostgreSQL' if postgres else 'SQLite'}"
        print(f"{told}: filled in {time.monotonic() - began:.0f} s", flush=True)
        yield house
    finally:
        if house.server is not None:
            house.server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def fill(house: House, residents: int, needs: int) -> None:
    """Build the demo, then what ``filling`` adds. Raises RuntimeError with what the house said."""
    words = ["demo", "--residents", str(residents)]
    done = linli(house.home, *words, timeout=BUILD, **house.environment)
    if done.returncode == 0:
        command = [sys.executable, "-m", "tests.load.filling", str(residents), str(needs)]
        told = site_environment(house.home, **house.environment)
        done = subprocess.run(command, env=told, cwd=ROOT, capture_output=True, text=True, check=False, timeout=BUILD)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    house.facts = json.loads(done.stdout.splitlines()[-1])


def end_at_once(pids: Iterable[int]) -> None:
    """No process of these has a last word."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

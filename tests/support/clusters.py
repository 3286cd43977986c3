"""Two private PostgreSQL servers, one following the other synchronously, and a pgbouncer before the first."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.support.postgres import NoPostgres, Server, find_binaries, free_port, unprivileged_user

DURABLE = ("fsync=off", "synchronous_commit=on", "max_connections=40", "shared_buffers=64MB", "wal_receiver_timeout=5s")
"""The machine does not fall, its processes do: what a process handed to the system is not lost."""


class Pair:
    """A primary, and a standby that has each commit before it is acknowledged."""

    def __init__(self, folder: Path) -> None:
        binaries, user = find_binaries(), unprivileged_user()
        self.primary, self.standby = (
            Server(folder / name, binaries, user, free_port(), settings=DURABLE) for name in ("primary", "standby")
        )
        for server in (self.primary, self.standby):
            server.folder.mkdir()

    def start(self) -> None:
        """Both; commits wait for the standby from here on. Raises NoPostgres."""
        self.primary.start()
        self.standby.binaries = self.primary.binaries
        if self.standby.user:
            shutil.chown(self.standby.folder, self.standby.user)
        words = ["-h", "127.0.0.1", "-p", str(self.primary.port), "-U", "linli", "-R", "-X", "stream", "-c", "fast"]
        words += ["--no-sync", "-D", str(self.standby.folder / "data")]
        copied = self.standby._run("pg_basebackup", *words)
        if copied.returncode:
            raise NoPostgres(f"the standby could not be copied: {copied.stderr.strip()}")
        self.standby._launch()
        self.ask(self.primary, "ALTER SYSTEM SET synchronous_standby_names = '*'")
        self.ask(self.primary, "SELECT pg_reload_conf()")
        self._until("SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')")

    def _until(self, question: str) -> None:
        end = time.monotonic() + 20
        while not self.ask(self.primary, question):
            if time.monotonic() > end:
                raise NoPostgres(f"the standby never came: {(self.standby.folder / 'log').read_text()[-600:]}")
            time.sleep(0.05)

    def ask(self, server: Server, question: str) -> object:
        """The one value of an administrator's question; None for a statement without rows."""
        with psycopg.connect(server.url, autocommit=True) as connection:
            cursor = connection.execute(question)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def kill_primary(self) -> None:
        """The primary and all its processes, at once, as a power cut would."""
        process = self.primary.process
        assert process is not None
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
        process.send_signal(signal.SIGKILL)
        for pid in map(int, listed.split()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()

    def promote(self) -> None:
        """The standby takes writes from here on, and waits for nobody."""
        assert self.ask(self.standby, "SELECT pg_promote(true, 20)") is True
        self.ask(self.standby, "ALTER SYSTEM SET synchronous_standby_names = ''")
        self.ask(self.standby, "SELECT pg_reload_conf()")

    def stop(self) -> None:
        """What still runs of them, at once: nobody reads these folders again."""
        for server in (self.standby, self.primary):
            if server.process is not None and server.process.poll() is None:
                server.process.send_signal(signal.SIGQUIT)
            server.stop()


def find_pgbouncer() -> str | None:
    """The program: this machine's, else apt's, as root or by sudo; None where there is none."""
    found = _installed()
    apt = shutil.which("apt-get")
    if found or apt is None:
        return found
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and shutil.which("sudo") is None:
        return None
    words = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", apt, "-qq", "-o", "DPkg::Lock::Timeout=120"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    install = [*words, "install", "-y", "--no-install-recommends", "pgbouncer"]
    if subprocess.run(install, check=False, **quiet).returncode:
        subprocess.run([*words, "update"], check=False, **quiet)
        subprocess.run(install, check=False, **quiet)
    return _installed()


def _installed() -> str | None:
    return shutil.which("pgbouncer", path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


@dataclass
class Pooler:
    """A pgbouncer in transaction mode that lends two connections to whoever asks."""

    port: int
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """At once."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


CONFIGURATION = """
[databases]
* = host=127.0.0.1 port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {own}
unix_socket_dir =
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 2
max_client_conn = 60
"""


@contextlib.contextmanager
def pooled(program: str, server: Server, roles: list[str]) -> Iterator[Pooler]:
    """pgbouncer before ``server`` for these roles, stopped at the end."""
    folder = Path(tempfile.mkdtemp(prefix="linli-pgbouncer-"))
    own = free_port()
    (folder / "users").write_text("".join(f'"{role}" ""\n' for role in roles))
    (folder / "ini").write_text(CONFIGURATION.format(port=server.port, own=own, folder=folder))
    for path in (folder, folder / "users", folder / "ini"):
        path.chmod(0o755)
    with (folder / "log").open("wb") as log:
        words = [program, str(folder / "ini")]
        process = subprocess.Popen(words, user=server.user, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    pooler = Pooler(own, process)
    try:
        _until_it_answers(own, roles[0], folder / "log")
        yield pooler
    finally:
        pooler.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _until_it_answers(port: int, role: str, log: Path) -> None:
    for _ in range(100):
        try:
            with psycopg.connect(f"postgresql://{role}@127.0.0.1:{port}/linli"):
                return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise NoPostgres(f"pgbouncer did not start: {log.read_text(errors='replace')[-600:]}")

"""Real sites for journeys: the demo is built once, copied, and run by ``linli up`` in processes of its own."""

import fcntl
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
START = 240.0


def site_environment(home: Path, **extra: str) -> dict[str, str]:
    """The environment of a site in ``home``: base settings, SQLite, nothing inherited from the suite's own."""
    dropped = (
        "DATABASE_URL",
        "LINLI_KEYS",
        "DJANGO_SECRET_KEY",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
        "PORT",
        "PYTEST_XDIST_WORKER",
    )
    inherited = {name: value for name, value in os.environ.items() if name not in dropped}
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    own = {
        "LINLI_HOME": str(home),
        "PYTHONPATH": paths,
        "DJANGO_SETTINGS_MODULE": "linli.site.settings.base",
        "PYTHONUNBUFFERED": "1",
        "LC_ALL": "C.UTF-8",
    }
    return {**inherited, **own, **extra}


def linli(home: Path, *words: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a ``linli`` command for the site in ``home`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "linli.site.cli", *words],
        env=site_environment(home, **extra),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def own_certificate() -> ssl.SSLContext:
    """A context that takes the certificate a site made for itself."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@dataclass
class Site:
    """A site that runs: where it answers, where its data lie, its processes' parent and their words."""

    address: str
    home: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def password(self) -> str:
        """The password of this site's demo accounts."""
        return (self.home / "demo-accounts.txt").read_text(encoding="ascii").strip()

    def answers(self) -> bool:
        """Whether the first page is answered, with whatever status."""
        try:
            with urllib.request.urlopen(f"{self.address}/", timeout=5, context=own_certificate()):
                return True
        except urllib.error.HTTPError as error:
            error.close()
            return True
        except OSError:
            return False

    def words_with(self, last: str) -> str:
        """What it printed, once ``last`` is among it; waits for that."""
        end = time.monotonic() + START
        while time.monotonic() < end:
            said = self.log.read_text(encoding="utf-8", errors="replace")
            if last in said:
                return said
            time.sleep(0.1)
        pytest.fail(f"it never said {last!r}:\n{said}")

    def stop(self) -> int:
        """Ask it to stop as Ctrl-C would; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def wait_until_it_answers(site: Site) -> None:
    """Return when the site answers; fail the test, with its words, where it ends or takes too long."""
    end = time.monotonic() + START
    while not site.answers():
        if site.process.poll() is not None or time.monotonic() > end:
            pytest.fail(f"the site did not start:\n{site.log.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(0.1)


@contextmanager
def running(home: Path, *words: str, secure: bool = False, **extra: str) -> Iterator[Site]:
    """``linli up`` in ``home`` on a free port, stopped at the end; ``secure`` goes with the word ``--tls``."""
    port = free_port()
    log = home.parent / f"{home.name}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "linli.site.cli", "up", "--port", str(port), *words],
            env=site_environment(home, **extra),
            cwd=ROOT,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    site = Site(f"http{'s' if secure else ''}://127.0.0.1:{port}", home, process, log)
    try:
        wait_until_it_answers(site)
        yield site
    finally:
        site.stop()


def made_once(factory: pytest.TempPathFactory, command: str, start: Path | None = None) -> Path:
    """A home in which ``linli <command>`` ran, once for all processes of this run; it begins as a copy of ``start``."""
    base = factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    home, made = shared / f"{command}-home", shared / f"{command}-home.made"
    with (shared / f"{command}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(home, ignore_errors=True)
            if start:
                shutil.copytree(start, home)
            run = linli(home, command)
            if run.returncode:
                pytest.fail(f"linli {command} failed:\n{run.stdout}\n{run.stderr}")
            made.touch()
    return home


@pytest.fixture(scope="session")
def set_up_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house after ``linli setup``: all tables, keys. Copy it; never write into it."""
    return made_once(tmp_path_factory, "setup")


@pytest.fixture
def house(set_up_home: Path, tmp_path: Path) -> Path:
    """A house of this test's own, set up and empty."""
    return Path(shutil.copytree(set_up_home, tmp_path / "house"))


@pytest.fixture(scope="session")
def demo_home(set_up_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demo built once for all test processes of this run. Copy it; never write into it."""
    return made_once(tmp_path_factory, "demo", set_up_home)


@pytest.fixture(scope="session")
def site(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running demo shared by the journeys of one test process; do not count on rows being untouched."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(demo_home, home)
    with running(home) as one:
        yield one


@pytest.fixture
def fresh_site(demo_home: Path, tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """``fresh_site(*words_of_up)`` -> a running demo of this test's own."""
    stack: list[object] = []

    def start(*words: str, **extra: str) -> Site:
        home = tmp_path / f"home-{len(stack)}"
        shutil.copytree(demo_home, home)
        manager = running(home, *words, **extra)
        stack.append(manager)
        return manager.__enter__()

    yield start
    for manager in stack:
        manager.__exit__(None, None, None)  # type: ignore[attr-defined]  # a context manager of ``running``

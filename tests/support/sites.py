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
from pytest_django import DjangoDbBlocker

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


def linli(home: Path, *words: str, timeout: float = 300, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a ``linli`` command for the site in ``home`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "linli.site.cli", *words],
        env=site_environment(home, **extra),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=timeout,
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


@contextmanager
def shared(factory: pytest.TempPathFactory, name: str) -> Iterator[tuple[Path, Path]]:
    """A path for what all processes of this run share, and the file that says it is made; nobody else is in here."""
    base = factory.getbasetemp()
    folder = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / name, folder / f"{name}.made"


def made_once(factory: pytest.TempPathFactory, name: str, *words: str, start: Path | None = None, **extra: str) -> Path:
    """A home in which ``linli <words>`` ran, once for all processes of this run; it begins as a copy of ``start``.

    What the command said lies beside it, in ``<name>.made``.
    """
    with shared(factory, f"{name}-home") as (home, made):
        if not made.exists():
            shutil.rmtree(home, ignore_errors=True)
            if start:
                shutil.copytree(start, home)
            run = linli(home, *words, timeout=1500, **extra)
            if run.returncode:
                pytest.fail(f"linli {words} failed:\n{run.stdout}\n{run.stderr}")
            made.write_text(run.stdout, encoding="utf-8")
    return home


@contextmanager
def looking_into(home: Path, blocker: DjangoDbBlocker) -> Iterator[None]:
    """This process looks into the house in ``home``: its SQLite database, keys and files, by the suite's settings.

    A transaction stands around the tests of a module, as around those of ``module_db``. ``home`` is a copy: the tables
    that only tests need are added to it.
    """
    from django.apps import apps
    from django.conf import settings
    from django.db import connection
    from django.test import TestCase, override_settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    places = {"LINLI_HOME": home, "LINLI_KEYS": home / "keys", "LINLI_FILES": home / "files"}
    with override_settings(**places), blocker.unblock():
        connection.close()
        usual, connection.settings_dict["NAME"] = connection.settings_dict["NAME"], str(home / "linli.sqlite3")
        try:
            with connection.schema_editor() as editor:
                for model in apps.get_app_config("playground").get_models():
                    editor.create_model(model)
            around = TestCase._enter_atomics()  # type: ignore[attr-defined]  # as each test's own transaction
            yield
            TestCase._rollback_atomics(around)  # type: ignore[attr-defined]  # same
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual


@pytest.fixture(scope="session")
def set_up_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty house after ``linli setup``: all tables, keys. Copy it; never write into it."""
    return made_once(tmp_path_factory, "setup", "setup")


@pytest.fixture
def house(set_up_home: Path, tmp_path: Path) -> Path:
    """A house of this test's own, set up and empty."""
    return Path(shutil.copytree(set_up_home, tmp_path / "house"))


@pytest.fixture(scope="session")
def lived_in(set_up_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small house with an administrator and a file; never write into it."""
    home = Path(shutil.copytree(set_up_home, tmp_path_factory.mktemp("lived-in") / "home"))
    words = ("createadmin", "zhang", "--district", "和安区", "--code", "990101000000", "--password", "Kept-9-and-safe!")
    made = linli(home, *words)
    assert made.returncode == 0, made.stderr
    (home / "files" / "kept" / "ab").mkdir(parents=True)
    (home / "files" / "kept" / "ab" / "cd").write_bytes(os.urandom(500_000))
    return home


@pytest.fixture(scope="session")
def demo_home(set_up_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a demo built once for all test processes of this run. Copy it; never write into it."""
    return made_once(tmp_path_factory, "demo", "demo", start=set_up_home)


@pytest.fixture(scope="module")
def in_demo(
    demo_home: Path, tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Path]:
    """The demo, for the tests of a module that look at its rows (SQLite only); a home of this module's own."""
    home = Path(shutil.copytree(demo_home, tmp_path_factory.mktemp("looked-into") / "home"))
    with looking_into(home, django_db_blocker):
        yield home


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

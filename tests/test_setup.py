"""Set-up: what stands in the way is one sentence without a traceback; a kill half way loses nothing."""

import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sites import linli, running, site_environment

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home."""
    return tmp_path / "home"


@pytest.fixture
def used_port() -> Iterator[int]:
    """A port somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        yield listener.getsockname()[1]


def tables(home: Path) -> set[str]:
    """The tables of the SQLite database in ``home``."""
    with sqlite3.connect(home / "linli.sqlite3") as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    return {name for (name,) in rows}


def make(target: str, folder: Path = ROOT, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a target of the Makefile in a copy of the house's own set-up."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", **extra}
    environment.pop("MAKEFLAGS", None)
    return subprocess.run(
        ["make", "--no-print-directory", "-C", str(folder), target, f"PYTHON={extra.get('PYTHON', sys.executable)}"],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A copy of what set-up needs, without an environment."""
    folder = tmp_path / "house"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    for name in ("tools", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def first_line(run: subprocess.CompletedProcess[str]) -> str:
    """The one sentence said; more than make's own closing word beside it fails."""
    lines = [line for line in run.stderr.splitlines() if line and not line.startswith("make")]
    assert len(lines) == 1, run.stderr
    return lines[0]


@pytest.mark.slow
def test_it_says_that_a_port_is_in_use(home: Path, used_port: int) -> None:
    run = linli(home, "up", "--port", str(used_port))
    assert (run.returncode, first_line(run)) == (
        1,
        f"Port {used_port} is in use. Choose another: --port {used_port + 1}, or PORT={used_port + 1} make demo",
    )


@pytest.mark.slow
def test_it_says_so_in_chinese_to_a_chinese_terminal(home: Path, used_port: int) -> None:
    run = linli(home, "up", "--port", str(used_port), LC_ALL="zh_CN.UTF-8")
    assert first_line(run).startswith(f"端口 {used_port} 已被占用。")


def test_it_says_before_installing_that_a_port_is_in_use(bare: Path, used_port: int) -> None:
    run = make("demo", bare, PORT=str(used_port))
    assert first_line(run) == f"Port {used_port} is in use. Choose another one: PORT={used_port + 1} make demo"


@pytest.mark.parametrize("port", ["many", "0", "70000"])
def test_it_says_what_a_port_is(bare: Path, port: str) -> None:
    assert first_line(make("demo", bare, PORT=port)) == "PORT must be a number between 1 and 65535."


def test_it_says_that_the_venv_module_is_missing(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / "ensurepip.py").write_text("raise ImportError('left out')")
    run = make("demo", bare, PYTHONPATH=str(tmp_path / "hidden"), PORT="8931")
    assert first_line(run) == "Python's venv module is missing. On Debian or Ubuntu: apt install python3-venv"


def test_it_says_that_python_is_missing(bare: Path) -> None:
    run = make("demo", bare, PYTHON="python-that-is-not-here")
    assert first_line(run).startswith("python-that-is-not-here was not found: install Python 3.11 or newer.")


def test_it_says_that_python_is_too_old(bare: Path) -> None:
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 2); sys.argv = ['tools/setup.py', 'demo'];"
        "import os; os.environ['PATH'] = ''; runpy.run_path('tools/setup.py', run_name='__main__')"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=bare,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, first_line(run).split(". ")[0]) == (1, "Linli needs Python 3.11 or newer; this is 3.9")


@pytest.fixture
def stranger() -> str:
    """An account without rights, to run commands as; skipped where we may not change accounts."""
    if os.geteuid() != 0:
        pytest.skip("only root may run a command as somebody else")
    return pwd.getpwnam("nobody").pw_name


def test_it_says_that_the_folder_is_read_only(bare: Path, stranger: str) -> None:
    for folder in (bare, *bare.parents):
        if folder.stat().st_uid == os.geteuid() and folder not in (Path("/"), Path("/tmp")):
            folder.chmod(0o755)
    words = ["/usr/bin/env", "python3", str(bare / "tools" / "setup.py"), "demo"]
    run = subprocess.run(
        words,
        cwd="/",
        user=stranger,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PORT": "8932"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert first_line(run).endswith("cannot be written. Move the folder to a place where this account may write.")


@pytest.mark.slow
def test_it_says_that_the_home_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    run = linli(tmp_path / "file" / "home", "setup")
    sentence = f"{tmp_path}/file/home cannot be written. Give this account the right, or set LINLI_HOME elsewhere."
    assert (run.returncode, first_line(run)) == (1, sentence)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["setup", "up"])
def test_it_says_that_the_database_does_not_answer(home: Path, command: str) -> None:
    run = linli(home, command, DATABASE_URL="postgresql://nobody@127.0.0.1:9/nothing")
    sentence = "The database at 127.0.0.1:9 does not answer. Check that it runs and that DATABASE_URL is right."
    assert (run.returncode, first_line(run)) == (1, sentence)


@pytest.mark.slow
def test_it_says_that_the_database_is_not_set_up(home: Path) -> None:
    home.mkdir()
    run = linli(home, "createadmin", "boss", "--password", "a-long-enough-word-7")
    assert (run.returncode, first_line(run)) == (1, "The database is not set up yet. Run: linli setup")


@pytest.mark.slow
def test_it_says_that_an_address_is_not_this_machines(home: Path) -> None:
    run = linli(home, "up", "--host", "203.0.113.7", "--port", "8933")
    assert first_line(run) == "203.0.113.7 is not an address of this machine."


@pytest.mark.slow
def test_it_can_be_set_up_again(house: Path) -> None:
    before = tables(house)
    assert (linli(house, "setup").returncode, tables(house)) == (0, before)


KILLED = """
import os, sys
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.executor import MigrationExecutor

def killed_at(home, name, moment):
    do, count = getattr(home, name), 0
    def counted(self, *args, **kwargs):
        nonlocal count
        count += 1
        if count == moment:
            os.kill(os.getpid(), 9)
        return do(self, *args, **kwargs)
    setattr(home, name, counted)

killed_at(*{
    "note": (MigrationExecutor, "record_migration"),
    "statement": (BaseDatabaseSchemaEditor, "execute"),
}[sys.argv[1]], int(sys.argv[2]))
from linli.site.cli import main
sys.exit(main(["setup"]))
"""


def killed_setup(home: Path, what: str, at: int) -> int:
    """``linli setup`` killed at its ``at``-th statement, or before the ``at``-th note that a migration ran."""
    words = [sys.executable, "-c", KILLED, what, str(at)]
    return subprocess.run(words, env=site_environment(home), cwd=ROOT, check=False).returncode


@pytest.mark.race
def test_it_finishes_what_was_killed_amid_tables_and_again_before_their_note(home: Path) -> None:
    killed = [killed_setup(home, "statement", 150), killed_setup(home, "note", 3)]
    assert killed == [-signal.SIGKILL, -signal.SIGKILL]
    again = linli(home, "setup")
    assert (again.returncode, again.stderr) == (0, "")
    assert {"django_migrations", "people_user", "audit_auditrow"} <= tables(home)


@pytest.mark.race
@pytest.mark.slow
def test_it_runs_everything_together_and_stops_it_together(house: Path) -> None:
    with running(house) as site:
        parent = site.process.pid
        children = _children(parent)
        assert len(children) == 3
        assert site.stop() == 0
    assert [pid for pid in children if _alive(pid)] == []


@pytest.mark.race
@pytest.mark.slow
def test_it_starts_a_child_again_that_died(house: Path) -> None:
    with running(house) as site:
        before = _children_once(3, site.process.pid)
        os.kill(max(before), signal.SIGKILL)
        after = _children_once(3, site.process.pid, other_than=before)
    assert (len(after), len(after - before)) == (3, 1)


def _children_once(number: int, pid: int, *, other_than: set[int] | None = None) -> set[int]:
    """The children, as soon as there are ``number`` and not those known; else what there is after 40 seconds."""
    end = time.monotonic() + 120
    while True:
        found = _children(pid)
        if time.monotonic() > end or (len(found) == number and found != other_than):
            return found
        time.sleep(0.2)


def _children(pid: int) -> set[int]:
    """The ids of the direct children of a process that run."""
    found = subprocess.run(["ps", "-o", "pid=,stat=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    rows = [line.split() for line in found.stdout.splitlines()]
    return {int(row[0]) for row in rows if not row[1].startswith("Z")}


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

"""Starts real Python processes that reach the database of the test that starts them."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from tests.support.starter import Child, Starter

ROOT = Path(__file__).resolve().parents[2]
SETUP = "import sys, django; django.setup()\n"


def database_url() -> str:
    """The address of the test database now in use, as a child process would write it."""
    now = connection.settings_dict
    if now["ENGINE"].endswith("sqlite3"):
        return f"sqlite:///{now['NAME']}"
    user = quote(now["USER"], safe="")
    password = f":{quote(now['PASSWORD'], safe='')}" if now["PASSWORD"] else ""
    host = quote(now["HOST"] or "", safe="")
    port = f":{now['PORT']}" if now["PORT"] else ""
    return f"postgresql://{user}{password}@{host}{port}/{now['NAME']}"


def child_environment(**extra: str) -> dict[str, str]:
    """The environment of a child: same code, same home, same keys, same test database."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "linli.site.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "LINLI_HOME": str(settings.LINLI_HOME),
        "DATABASE_URL": database_url(),
        **extra,
    }


STARTERS: list[Starter] = []
"""The process the children of this test process are forked from, once the first was asked for."""


@pytest.fixture(scope="session")
def starter() -> Iterator[None]:
    """Ends the starting process with the session."""
    yield
    while STARTERS:
        STARTERS.pop().stop()


def start_python(code_or_module: str, *args: str, **extra: str) -> subprocess.Popen[str] | Child:
    """Start a child: a dotted module (``-m``), or code with a space in it, run after ``django.setup()``.

    Its output is text in ``stdout``, errors in ``stderr``, ``stdin`` is open; ``extra`` adds to its
    environment. The caller waits for it or ends it. Code in the usual environment is forked from a process
    that stands ready; anything else starts from nothing.
    """
    environment = child_environment(**extra)
    code = textwrap.dedent(code_or_module)
    if " " in code or "\n" in code:
        if not STARTERS:
            STARTERS.append(Starter(child_environment()))
        if STARTERS[0].environment == environment:
            return STARTERS[0].start(code, args)
        command = [sys.executable, "-c", SETUP + code, *args]
    else:
        command = [sys.executable, "-m", code_or_module, *args]
    return subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _end(child: subprocess.Popen[str] | Child) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout, child.stderr):
        if stream is not None and not stream.closed:
            stream.close()


@pytest.fixture
def start_child(transactional_db: None, starter: None) -> Iterator[Callable[..., subprocess.Popen[str] | Child]]:
    """``start_child(code_or_module, *args, **environment)`` -> Popen, ended with the test."""
    children: list[subprocess.Popen[str] | Child] = []

    def start(code_or_module: str, *args: str, **extra: str) -> subprocess.Popen[str] | Child:
        child = start_python(code_or_module, *args, **extra)
        children.append(child)
        return child

    yield start
    for child in children:
        _end(child)


@pytest.fixture
def run_python(transactional_db: None, starter: None) -> Callable[..., subprocess.CompletedProcess[str]]:
    """``run_python(code_or_module, *args, **environment)`` runs a child to its end.

    A failing child fails the test; give ``check=False`` to look at the failure instead.
    """

    def run(
        code_or_module: str, *args: str, check: bool = True, timeout: float = 120, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        child = start_python(code_or_module, *args, **extra)
        try:
            out, err = child.communicate(timeout=timeout)
        finally:
            _end(child)
        if check and child.returncode:
            pytest.fail(f"a child process ended with {child.returncode}:\n{out}\n{err}")
        return subprocess.CompletedProcess(child.args, child.returncode, out, err)

    return run


@pytest.fixture
def race(transactional_db: None, starter: None) -> Callable[..., list[str]]:
    """``race(code, [args, args, …])`` runs the code once per argument tuple, let go at the same moment.

    The code is run after Django and a connection stand ready and a line was read from the starter; what each
    prints is returned, in order of the arguments. A child that fails fails the test.
    """

    def run(code: str, runners: list[tuple[str, ...]], timeout: float = 120) -> list[str]:
        ready = (
            "from django.db import connection; connection.ensure_connection()\nprint('ready', flush=True); input()\n"
        )
        children = [start_python(ready + textwrap.dedent(code), *args) for args in runners]
        try:
            for child in children:
                assert child.stdout is not None
                line = child.stdout.readline()
                if line != "ready\n":
                    pytest.fail(f"a racing process did not start: {line}{child.communicate()[1]}")
            for child in children:
                assert child.stdin is not None
                child.stdin.write("\n")
                child.stdin.flush()
            ends = [child.communicate(timeout=timeout) for child in children]
        finally:
            for child in children:
                _end(child)
        for child, (out, err) in zip(children, ends, strict=True):
            if child.returncode:
                pytest.fail(f"a racing process ended with {child.returncode}:\n{out}\n{err}")
        return [out for out, _ in ends]

    return run

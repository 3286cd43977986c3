"""Real processes that work on the test's own database at the same moment."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
STARTER = """
import sys, django
django.setup()
from django.db import connection
connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
"""


@contextmanager
def shared_database() -> Iterator[str]:
    """The address of a database other processes can open, holding the rows of this test.

    PostgreSQL: the test database itself (the test must be ``transaction=True``). SQLite in memory: a copy in a
    file; what the processes write is seen by processes only.
    """
    if connection.vendor == "postgresql":
        given = connection.settings_dict
        host, port = given["HOST"] or "", given["PORT"] or ""
        place = f"{quote(host, safe='')}:{port}" if port else quote(host, safe="")
        word = f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else ""
        yield f"postgres://{quote(given['USER'] or '')}{word}@{place}/{given['NAME']}"
        return
    with tempfile.TemporaryDirectory(prefix="linli-race-") as folder:
        path = Path(folder) / "race.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        yield f"sqlite:///{path}"


def race(database: str, *bodies: str) -> list[str]:
    """Run each body in a process of its own, all let go at once; returns what each printed, without line ends."""
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        "LINLI_HOME": str(settings.LINLI_HOME),
        "LINLI_KEYS": str(settings.LINLI_KEYS),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    runners = [
        subprocess.Popen(
            [sys.executable, "-c", STARTER + body],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for body in bodies
    ]
    return _let_go(runners)


def _let_go(runners: Sequence["subprocess.Popen[str]"]) -> list[str]:
    for runner in runners:
        assert runner.stdout is not None
        if runner.stdout.readline() != "ready\n":
            raise AssertionError(runner.communicate()[1])
    for runner in runners:
        assert runner.stdin is not None
        runner.stdin.write("\n")
        runner.stdin.flush()
    printed = []
    for runner in runners:
        output, errors = runner.communicate(timeout=120)
        assert runner.returncode == 0, errors
        printed.append(output.strip())
    return printed

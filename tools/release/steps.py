"""Steps of an upgrade that touch the database, run by the Python of a release: snapshot, restore, knows, healthy."""  # noqa: INP001  # a file of the bundle, no package

import os
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

WAIT = float(os.environ.get("LINLI_WAIT") or 90)
"""Seconds a release has to answer."""


def sqlite_file():
    """The database file, or None where it is PostgreSQL."""
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return Path(os.environ["LINLI_HOME"]) / "linli.sqlite3"
    return Path(address.removeprefix("sqlite:///")) if address.startswith("sqlite:") else None


def postgres():
    """The address as libpq takes it, and the schema of the house."""
    address, _mark, query = os.environ["DATABASE_URL"].partition("?")
    words = dict(parse_qsl(query))
    schema = words.pop("schema", "public")
    return (f"{address}?{urlencode(words)}" if words else address), schema


def snapshot(target):
    """A whole copy of the database, and beside it the word that it is whole."""
    target = Path(target)
    Path(f"{target}.done").unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = sqlite_file()
    if file is None:
        address, schema = postgres()
        words = ["pg_dump", "--format=custom", f"--schema={schema}", f"--file={target}", f"--dbname={address}"]
        subprocess.run(words, check=True)
    else:
        target.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as held, closing(sqlite3.connect(target)) as copy:
            held.backup(copy)
    target.chmod(0o600)
    Path(f"{target}.done").touch()


def restore(source):
    """What the copy holds, in place of what is there."""
    file = sqlite_file()
    if file is None:
        address, schema = postgres()
        _drop_tables(address, schema)
        words = ["pg_restore", "--clean", "--if-exists", "--exit-on-error", f"--dbname={address}", source]
        subprocess.run(words, check=True)
        return
    part = file.with_suffix(".part")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    for beside in ("-wal", "-shm"):
        Path(f"{file}{beside}").unlink(missing_ok=True)
    part.replace(file)


def _drop_tables(address, schema):
    """Every table, also those the copy does not know; one by one, for together they need too many locks."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(address, autocommit=True) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema]).fetchall()
        for (name,) in names:
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(sql.Identifier(schema, name)))


def knows():
    """Whether this release has every migration of ours that ran in the database."""
    import django

    django.setup()
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    own = {one.label: Path(one.path) / "migrations" for one in apps.get_app_configs() if one.name.startswith("linli.")}
    ran = MigrationRecorder(connection).applied_migrations()
    return all((own[label] / f"{name}.py").exists() for label, name in ran if label in own)


def healthy(port):
    """Whether the site says within :data:`WAIT` seconds that it is ready; an old one without that page, that it is."""
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError as error:
            if error.code not in (502, 503):
                return True
        except OSError:
            pass
        time.sleep(0.3)
    return False


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    answer = {"snapshot": snapshot, "restore": restore, "knows": knows, "healthy": healthy}[verb](*words)
    sys.exit(1 if answer is False else 0)

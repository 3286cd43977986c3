"""A house is copied, lost and brought back; it moves to another database; what goes wrong leaves all as it was."""

import gzip
import io
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from linli.site.keeping.layout import FORMAT, HOUSE
from linli.site.keeping.making import thin
from linli.site.keeping.reading import Takers, read_copy
from linli.site.keeping.rows import MADE_ANEW, tables
from linli.site.keeping.sealed import PIECE, SealedReader, SealedWriter
from linli.site.troubles import Trouble
from tests.support.sites import ROOT, linli, site_environment

sqlite_only = pytest.mark.sqlite_only


def contents(home: Path) -> dict[str, str]:
    """A hash of the rows of each table, read by nobody's code but SQLite's."""
    found = {}
    with closing(sqlite3.connect(home / "linli.sqlite3")) as database:
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        for table in (table for table in tables() if table.name in there):  # tests have tables of their own
            rows = database.execute(f'SELECT {table.names} FROM "{table.name}"')  # names of our models
            found[table.name] = sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
    assert len(found) > 200
    return found


def files(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in (home / "files").rglob("*") if path.is_file()}


def with_keys_of(source: Path, home: Path) -> Path:
    shutil.rmtree(home / "keys")
    shutil.copytree(source / "keys", home / "keys")
    return home


@pytest.fixture(scope="session")
def copy_of_it(lived_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed copy of the small house."""
    target = tmp_path_factory.mktemp("copies") / "house.linli"
    made = linli(lived_in, "backup", str(target))
    assert made.returncode == 0, made.stderr
    return target


@sqlite_only
@pytest.mark.slow
def test_the_demo_comes_back_row_by_row_and_file_by_file(demo_home: Path, house: Path, tmp_path: Path) -> None:
    """The drill: what is restored is what was copied, and the chains of the audit hold."""
    lost = Path(shutil.copytree(demo_home, tmp_path / "lost"))
    made = linli(lost, "backup", str(tmp_path))
    (copy,) = tmp_path.glob("*.linli")
    back = linli(with_keys_of(lost, house), "restore", str(copy))
    assert (made.returncode, back.returncode) == (0, 0), made.stderr + back.stderr
    assert contents(house) == contents(lost)
    assert files(house) == files(lost)
    assert len(files(house)) > 100


@sqlite_only
def test_a_copy_tells_nothing_without_the_keys(copy_of_it: Path, house: Path) -> None:
    assert b"\xe5\x92\x8c\xe5\xae\x89" not in copy_of_it.read_bytes()
    assert copy_of_it.stat().st_mode & 0o077 == 0
    shutil.rmtree(house / "keys")
    back = linli(house, "restore", str(copy_of_it), LC_ALL="zh_CN.UTF-8")
    assert back.returncode == 1
    assert "LINLI_KEYS" in back.stderr
    assert "Traceback" not in back.stderr


@sqlite_only
def test_a_house_that_is_not_empty_stays(copy_of_it: Path, lived_in: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(lived_in, tmp_path / "home"))
    changed = linli(home, "createadmin", "li", "--password", "Kept-9-and-safe!")
    refused = linli(home, "restore", str(copy_of_it))
    assert (changed.returncode, refused.returncode) == (0, 1)
    assert "--replace" in refused.stderr
    assert contents(home) != contents(lived_in)
    replaced = linli(home, "restore", "--replace", str(copy_of_it))
    assert replaced.returncode == 0, replaced.stderr
    assert contents(home) == contents(lived_in)
    assert files(home) == files(lived_in)


@sqlite_only
@pytest.mark.parametrize("harm", ["cut off", "changed", "longer"])
def test_a_damaged_copy_changes_nothing(
    copy_of_it: Path, lived_in: Path, tmp_path: Path, harm: str, settings: Any
) -> None:
    settings.LINLI_KEYS = lived_in / "keys"
    raw = bytearray(copy_of_it.read_bytes())
    if harm == "cut off":
        del raw[-300:]
    elif harm == "changed":
        raw[len(raw) // 2] ^= 1
    else:
        raw += b"more"
    broken = tmp_path / "broken.linli"
    broken.write_bytes(bytes(raw))
    with pytest.raises(Trouble):
        read_copy(broken, Takers())
    assert read_copy(copy_of_it, Takers()).files == 1


@sqlite_only
def test_a_newer_copy_is_refused(tmp_path: Path) -> None:
    later = tmp_path / "later.linli"
    with later.open("wb") as out:
        sealed = SealedWriter(out, {})
        house = {"format": FORMAT, "version": "9", "migrations": ["people.9999_later"], "tables": []}
        body = json.dumps(house).encode()
        with gzip.GzipFile(fileobj=sealed, mode="wb") as plain, tarfile.open(fileobj=plain, mode="w|") as tar:
            told = tarfile.TarInfo(HOUSE)
            told.size = len(body)
            tar.addfile(told, io.BytesIO(body))
        sealed.close()
    with pytest.raises(Trouble, match="9"):
        read_copy(later, Takers())


@sqlite_only
def test_something_else_is_no_copy(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("what to buy")
    with pytest.raises(Trouble):
        read_copy(other, Takers())


@sqlite_only
def test_a_full_disk_leaves_no_half_copy(lived_in: Path, tmp_path: Path) -> None:
    (tmp_path / "linli-20260101-000000.linli").write_bytes(b"older")
    run = subprocess.run(
        [sys.executable, "-m", "linli.site.cli", "backup", str(tmp_path)],
        env=site_environment(lived_in),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )
    assert run.returncode == 1
    assert str(tmp_path) in run.stderr
    assert "Traceback" not in run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["linli-20260101-000000.linli"]


@sqlite_only
def test_old_copies_are_thinned(tmp_path: Path) -> None:
    for day in range(1, 6):
        (tmp_path / f"linli-2026010{day}-000000.linli").touch()
    (tmp_path / "letter.txt").touch()
    thin(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "letter.txt",
        "linli-20260104-000000.linli",
        "linli-20260105-000000.linli",
    ]
    assert thin(tmp_path, 0) == []


@sqlite_only
def test_pieces_cannot_change_places(tmp_path: Path) -> None:
    path = tmp_path / "sealed"
    with path.open("wb") as out, SealedWriter(out, {}) as sealed:
        sealed.write(os.urandom(3 * PIECE))
    with path.open("rb") as file:
        assert len(SealedReader(file).readall()) == 3 * PIECE
    raw = path.read_bytes()
    begin = raw.index(b"\n", raw.index(b"\n") + 1) + 1
    step = 4 + int.from_bytes(raw[begin : begin + 4], "big")
    first, second = raw[begin : begin + step], raw[begin + step : begin + 2 * step]
    path.write_bytes(raw[:begin] + second + first + raw[begin + 2 * step :])
    with path.open("rb") as file, pytest.raises(Trouble):
        SealedReader(file).readall()


@pytest.mark.postgres_only
@pytest.mark.slow
@pytest.mark.django_db
def test_a_house_moves_to_postgresql_and_its_copy_comes_back(lived_in: Path, house: Path, tmp_path: Path) -> None:
    """Ids and the audit chain stay; a second move onto the same database is refused; a copy of it is restored."""
    base, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    name = f"moved_{uuid4().hex[:8]}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    moved = linli(lived_in, "move-database", "--to", f"{base}/{name}")
    assert moved.returncode == 0, moved.stderr
    again = linli(lived_in, "move-database", "--to", f"{base}/{name}", LC_ALL="zh_CN.UTF-8")
    assert (again.returncode, "不是空的" in again.stderr) == (1, True)
    there = linli(lived_in, "backup", str(tmp_path), DATABASE_URL=f"{base}/{name}")
    (copy,) = tmp_path.glob("*.linli")
    back = linli(with_keys_of(lived_in, house), "restore", str(copy))
    assert (there.returncode, back.returncode) == (0, 0), there.stderr + back.stderr
    assert contents(house) == contents(lived_in)
    with psycopg.connect(f"{base}/{name}") as there_now:
        held = there_now.execute("SELECT username, is_active FROM people_user").fetchall()
    assert held == [("zhang", True)]
    assert "django_session" in MADE_ANEW

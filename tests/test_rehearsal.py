"""A year is rehearsed in a house beside the real one: begun with what is set up, wiped whole, never the real one."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role
from linli.site.opening import rehearsing
from linli.site.opening.models import Rehearsal
from linli.site.opening.set_up import TAKEN, plain, taken
from linli.site.settings.rehearsal import MARK, set_apart
from linli.site.troubles import Trouble
from tests.support.sites import linli

ADMIN = "zhang"


def asked(home: Path, statement: str) -> Any:
    with closing(sqlite3.connect(f"file:{home / 'linli.sqlite3'}?mode=ro", uri=True)) as there:
        return there.execute(statement).fetchone()[0]


@pytest.mark.sqlite_only
def test_a_year_is_rehearsed_and_wiped_and_the_real_house_keeps_its_record(lived_in: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(lived_in, tmp_path / "home"))
    folder = tmp_path / "practice"
    before = asked(home, "SELECT count(*) FROM people_user")
    begun = linli(home, "rehearsal", "begin", str(folder), "--name", "2027", "--by", ADMIN)
    assert (begun.returncode, "linli up" in begun.stdout) == (0, True), begun.stderr
    assert asked(folder, "SELECT count(*) FROM people_user") == before
    assert asked(folder, "SELECT count(*) FROM people_user WHERE phone != '' OR phone_print != '' OR email != ''") == 0
    assert asked(folder, "SELECT name FROM opening_rehearsal WHERE is_here") == "2027"
    assert (folder / "keys").is_dir()
    assert not (folder / "first-run").exists()
    elsewhere = f"sqlite:///{home / 'linli.sqlite3'}"
    inside = linli(folder, "check", "--database", DATABASE_URL=elsewhere)
    named = linli(folder, "createadmin", "li", "--password", "Kept-9-and-safe!", DATABASE_URL=elsewhere)
    assert (inside.returncode, named.returncode) == (0, 0), (inside.stdout, named.stderr)
    assert (asked(folder, "SELECT count(*) FROM people_user"), asked(home, "SELECT count(*) FROM people_user")) == (
        before + 1, before,
    )  # fmt: skip
    wrong = linli(home, "rehearsal", "end", str(folder), "--name", "2026", "--by", ADMIN)
    assert (wrong.returncode != 0, folder.exists()) == (True, True)
    ended = linli(home, "rehearsal", "end", str(folder), "--name", "2027", "--by", ADMIN)
    assert (ended.returncode, folder.exists()) == (0, False), ended.stderr
    assert (
        asked(home, "SELECT count(*) FROM opening_rehearsal WHERE ended_by = 'zhang' AND wiped LIKE '%people_user%'")
        == 1
    )
    rows = "SELECT action FROM audit_auditrow WHERE action LIKE 'opening.rehearsal%' ORDER BY number"
    assert asked(home, f"SELECT group_concat(action) FROM ({rows})") == "opening.rehearsal.begin,opening.rehearsal.end"
    again = linli(home, "rehearsal", "end", str(folder), "--name", "2027", "--by", ADMIN)
    assert again.returncode != 0


@pytest.mark.django_db
class TestWhatIsNeverWiped:
    """Without any other process: every refusal leaves the folder as it was."""

    @pytest.fixture
    def row(self, tmp_path: Path, settings: Any) -> Rehearsal:
        here = make_district()
        make_user(Role.SYSTEM_ADMINISTRATOR, here.district, username=ADMIN, password=None)
        settings.LINLI_HOME, settings.LINLI_FILES = tmp_path / "home", tmp_path / "home" / "files"
        settings.LINLI_KEYS = tmp_path / "elsewhere" / "keys"
        folder = tmp_path / "practice"
        folder.mkdir()
        (folder / "paper.pdf").write_bytes(b"paper")
        return Rehearsal.objects.create(
            name="2027", folder=str(folder), begun_at="2026-11-23T09:00:00+08:00", begun_by=ADMIN
        )

    @pytest.mark.parametrize(
        "mark", ["", "{}", "[]", '{"rehearsal": 7}', '{"rehearsal": "01a20914-0487-761f-a96a-926d8e7762a8"}']
    )
    def test_a_folder_without_the_mark_of_a_rehearsal_of_this_house(self, row: Rehearsal, mark: str) -> None:
        (Path(row.folder) / MARK).write_text(mark)
        with pytest.raises(Trouble):
            rehearsing.end(Path(row.folder), name="2027", by=ADMIN)
        assert (Path(row.folder) / "paper.pdf").exists()

    def test_a_database_that_does_not_say_that_it_is_the_rehearsal(self, row: Rehearsal) -> None:
        folder = Path(row.folder)
        (folder / MARK).write_text(json.dumps({"rehearsal": str(row.pk)}))
        with closing(sqlite3.connect(folder / "linli.sqlite3")) as real:
            real.execute("CREATE TABLE opening_rehearsal (id char(32), is_here bool)")
        with pytest.raises(Trouble):
            rehearsing.end(folder, name="2027", by=ADMIN)
        (folder / "linli.sqlite3").write_bytes(b"no database at all" * 400)
        with pytest.raises(Trouble):
            rehearsing.end(folder, name="2027", by=ADMIN)
        assert (folder / "paper.pdf").exists()

    @pytest.mark.parametrize("folder", ["home", "home/files", "home/practice", "elsewhere/keys", "elsewhere", "."])
    def test_the_folders_of_the_house(self, row: Rehearsal, tmp_path: Path, folder: str) -> None:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        for verb in (rehearsing.begin, rehearsing.end):
            with pytest.raises(Trouble, match="属于本系统"):
                verb(tmp_path / folder, name="2027", by=ADMIN)

    def test_by_whoever_is_no_system_administrator_or_from_inside(
        self, row: Rehearsal, settings: Any, tmp_path: Path
    ) -> None:
        (Path(row.folder) / MARK).write_text(json.dumps({"rehearsal": str(row.pk)}))
        with pytest.raises(Trouble):
            rehearsing.end(Path(row.folder), name="2027", by="nobody")
        settings.LINLI_REHEARSAL = True
        with pytest.raises(Trouble):
            rehearsing.end(Path(row.folder), name="2027", by=ADMIN)
        with pytest.raises(Trouble):
            rehearsing.begin(tmp_path / "another", name="2028", by=ADMIN)
        assert ((Path(row.folder) / "paper.pdf").exists(), (tmp_path / "another").exists()) == (True, False)

    def test_a_wipe_that_was_killed_goes_on(self, row: Rehearsal) -> None:
        """The database went, the mark did not: what was counted before stands in the record."""
        folder = Path(row.folder)
        (folder / MARK).write_text(json.dumps({"rehearsal": str(row.pk)}))
        Rehearsal.objects.filter(pk=row.pk).update(wiped={"needs_need": 12})
        ended = rehearsing.end(folder, name="2027", by=ADMIN)
        assert (ended.rows_wiped, ended.ended_by, folder.exists()) == (12, ADMIN, False)

    def test_a_folder_that_is_not_empty_is_not_begun_in(self, row: Rehearsal) -> None:
        with pytest.raises(Trouble):
            rehearsing.begin(Path(row.folder), name="2028", by=ADMIN)
        assert [path.name for path in Path(row.folder).iterdir()] == ["paper.pdf"]


def test_nothing_of_the_real_houses_surroundings_reaches_a_rehearsal(tmp_path: Path) -> None:
    real = {
        "DATABASE_URL": "postgresql://linli@db/linli", "DATABASE_URL_DESK": "postgresql://desk@db/linli",
        "LINLI_KEYS": "/keys", "LINLI_SMS_KEY": "k", "LINLI_SYSLOG": "tls://logs.example.org",
        "LINLI_S3_BUCKET": "papers", "LINLI_HOSTS": "linli.example.cn", "LINLI_HOME": str(tmp_path), "PATH": "/bin",
    }  # fmt: skip
    untouched = dict(real)
    assert (set_apart(untouched, tmp_path), untouched) == (False, real)
    (tmp_path / MARK).write_text("{}")
    assert (set_apart(real, tmp_path), sorted(real)) == (True, ["LINLI_HOME", "LINLI_HOSTS", "PATH"])


def test_what_is_taken_along_is_whole_in_itself_and_names_nobodys_telephone() -> None:
    fits = {table.name: plain(table) for table in taken()}
    assert len(fits) == len(TAKEN)
    user = next(table for table in taken() if table.name == "people_user")
    row = fits["people_user"]([column.name for column in user.columns])
    kept = {column.name: value for column, value in zip(user.columns, row, strict=True)}
    assert (kept["phone"], kept["phone_print"], kept["email"], kept["person_id"], kept["username"]) == (
        "", "", "", None, "username",
    )  # fmt: skip
    assert {apps.get_model(name).__name__ for name in TAKEN} & {
        "Person",
        "Need",
        "Contact",
        "Fund",
        "Proposal",
    } == set()


@pytest.mark.django_db
def test_every_page_says_that_it_is_a_rehearsal(client: Client, settings: Any) -> None:
    make_district()
    assert "演练" not in client.get("/").content.decode()
    settings.LINLI_REHEARSAL = True
    assert "演练环境" in client.get("/").content.decode()

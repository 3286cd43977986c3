"""The ground of the suite itself: child processes reach the test's database, races start together."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.support.dealing import dealt
from tests.support.postgres import _newest

WRITE = """
from django.contrib.sessions.models import Session
from django.utils import timezone

Session.objects.create(session_key=sys.argv[1], session_data="", expire_date=timezone.now())
print("written")
"""


@pytest.mark.race
def test_it_lets_a_child_process_write_into_the_tests_database(
    run_python: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    assert run_python(WRITE, "from-child").stdout == "written\n"
    assert list(Session.objects.values_list("session_key", flat=True)) == ["from-child"]


@pytest.mark.race
def test_it_lets_racing_processes_see_what_the_test_wrote(race: Callable[..., list[str]]) -> None:
    Session.objects.create(session_key="seen", session_data="", expire_date=timezone.now())
    read = """
        from django.contrib.sessions.models import Session
        print(Session.objects.count() + int(sys.argv[1]))
    """
    assert race(read, [("1",), ("2",)]) == ["2\n", "3\n"]


@pytest.mark.race
def test_it_shows_the_failure_of_a_child_when_asked(
    run_python: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    assert run_python("raise SystemExit('no') or None", check=False).returncode == 1


@pytest.mark.django_db
def test_it_gives_tests_an_empty_database() -> None:
    assert Session.objects.count() == 0


def test_it_takes_the_newest_postgresql_that_runs_and_none_that_is_too_old(tmp_path: Path) -> None:
    for version in ("9", "13", "15", "16"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "initdb").touch()
        (folder / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}.2'\n")
        (folder / "postgres").chmod(0o755 if version != "16" else 0o644)
    assert _newest(list(tmp_path.glob("*/bin"))) == tmp_path / "15" / "bin"
    assert _newest([tmp_path / "13" / "bin"]) is None


def test_it_deals_the_journeys_out_evenly_and_loses_none() -> None:
    assert dealt(list("abcdefgh"), [["1", "2"], ["3"], ["4"]], 2) == list("124abcde3fgh")
    assert dealt(list("abc"), [["1"]], 4) == list("1abc")
    assert dealt([], [["1"], ["2", "3"]], 3) == list("123")

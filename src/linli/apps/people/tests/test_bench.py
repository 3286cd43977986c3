"""The measurements of the roster work, and no page asks more of the database where more residents stand."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.apps.people.bench.filling import fill, invented, worker_of
from linli.apps.people.bench.importing import time_import
from linli.apps.people.bench.pages import pages_of, time_pages
from linli.apps.people.models import Person
from linli.apps.people.services import enter_persons
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]

QUERIES = {
    **dict.fromkeys(("list, by pinyin", "list, by strokes", "list, eleventh page"), 7),
    **dict.fromkeys(("list, 65 and over", "list, no telephone", "list, one building"), 7),
    "search, a surname": 7,
    "search, a name": 7,
    "search, pinyin": 8,
    "search, initials": 8,
    "search, a telephone": 10,
    "search, nobody": 6,
    "merge a person": 7,
    "rolls": 7,
    "accounts of residents": 5,
    "one account": 7,
}
"""Page of the roster → queries, whatever the size. Of pages that other apps add to, only that they stay as many."""


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


def counted(client: Client, community: Place) -> dict[str, int]:
    """Page → queries of its second answer."""
    counts = {}
    for name, ask in pages_of(client, community).items():
        ask()
        with CaptureQueriesContext(connection) as asked:
            assert ask().status_code == 200
        counts[name] = len(asked)
    return counts


@pytest.mark.slow
def test_its_pages_ask_as_often_of_few_residents_as_of_many(client: Client) -> None:
    community = fill(200)
    client.force_login(worker_of(community), backend="django.contrib.auth.backends.ModelBackend")
    few = counted(client, community)
    enter_persons(invented(400, [], seed=9), community=community, actor=None)
    many = counted(client, community)
    assert (many, {name: many[name] for name in QUERIES}) == (few, QUERIES)


@pytest.mark.slow
def test_it_measures_every_page() -> None:
    found = time_pages(200, turns=1)
    assert (set(QUERIES) < set(found["pages"]), min(found["pages"].values()) > 0) == (True, True)


@pytest.mark.slow
def test_it_takes_a_roster_over_and_a_second_reading_changes_nothing() -> None:
    found = time_import(90)
    assert {name: value for name, value in found.items() if name.endswith(("rows", "state", "persons"))} == {
        "rows": 90,
        "first, rows": "new 90 changed 0 same 0 bad 0 doubts 90",
        "first, state": "done",
        "first, persons": 135,
        "again, rows": "new 0 changed 0 same 90 bad 0 doubts 0",
        "again, persons": 135,
    }


@pytest.mark.parametrize("count", [1, 400])
def test_persons_are_entered_in_as_many_statements_however_many_they_are(count: int) -> None:
    community = make_district().community
    with CaptureQueriesContext(connection) as asked:
        enter_persons(invented(count, []), community=community, actor=None)
    assert (len(asked), Person.objects.count()) == (7, count)


def test_every_invented_person_has_a_number_of_his_own() -> None:
    texts = list(invented(500, []))
    phones = [text.phone for text in texts if text.phone]
    assert (len(texts), len(set(phones)) == len(phones), min(map(len, (text.name for text in texts)))) == (500, True, 2)

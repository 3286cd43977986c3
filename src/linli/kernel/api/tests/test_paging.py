"""Lists page by key in a stable order; a foreign cursor is a problem."""

from typing import Any

import pytest
from django.contrib.auth.models import Group

pytestmark = pytest.mark.django_db


@pytest.fixture
def thirty(db: None) -> None:
    Group.objects.bulk_create(Group(name=f"g{number:02d}") for number in range(30))


def names(response: Any) -> list[str]:
    return [item["name"] for item in response.json()["items"]]


def test_it_walks_all_rows_once_by_the_links(caller: Any, thirty: None) -> None:
    seen, address = [], "/api/v1/groups?limit=7"
    while address:
        found = caller.client.get(address)
        seen += names(found)
        address = found.json()["next"]
    assert seen == [f"g{number:02d}" for number in range(30)]


def test_it_says_the_same_in_the_link_header(caller: Any, thirty: None) -> None:
    found = caller.get("/groups?limit=29")
    assert found["Link"] == f'<{found.json()["next"]}>; rel="next"'


def test_it_has_no_link_on_the_last_page(caller: Any, thirty: None) -> None:
    found = caller.get("/groups?limit=30")
    assert (found.json()["next"], found.has_header("Link")) == (None, False)


def test_it_skips_and_repeats_nothing_when_rows_come_and_go(caller: Any, thirty: None) -> None:
    first = caller.get("/groups?limit=10")
    Group.objects.filter(name="g03").delete()
    Group.objects.create(name="a00")
    second = caller.client.get(first.json()["next"])
    assert names(first) + names(second) == [f"g{number:02d}" for number in range(20)]


@pytest.mark.parametrize("after", ["x", "WyJnMDAiLCAiMSJd", "WyJnMDAiLCAiMSJd:1abc:zzz"])
def test_it_answers_400_to_a_cursor_it_did_not_make(caller: Any, after: str) -> None:
    found = caller.get(f"/groups?after={after}")
    assert (found.status_code, found.json()["code"]) == (400, "bad-cursor")


@pytest.mark.parametrize("limit", ["0", "101", "x", "1.5", "-1"])
def test_it_answers_422_to_a_limit_outside_1_to_100(caller: Any, limit: str) -> None:
    assert caller.get(f"/groups?limit={limit}").status_code == 422


@pytest.mark.parametrize("rows", [1, 30])
def test_it_asks_the_database_three_questions_a_page(caller: Any, rows: int, django_assert_num_queries: Any) -> None:
    Group.objects.bulk_create(Group(name=f"g{number:02d}") for number in range(rows))
    with django_assert_num_queries(3):
        caller.get("/groups?limit=20")

"""Places in the interface: within reach, by scope, at the same price for one row and for thirty."""

from typing import Any

import pytest
from django.test import Client

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Level
from linli.apps.places.tests.factories import District, make_district, make_place
from linli.kernel.api import issue
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def officer(district: District) -> User:
    return make_user(Role.STREET_OFFICER, district.street)


def client_of(user: User, *scopes: str) -> Client:
    secret = issue(name="x", owner=user, scopes=scopes or ["places:read"], actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def names(response: Any) -> list[str]:
    return [item["name"] for item in response.json()["items"]]


def test_it_lists_the_places_within_the_owners_reach(district: District, officer: User) -> None:
    found = client_of(officer).get("/api/v1/places")
    assert names(found) == ["清河里街道", "槐荫社区", "第一网格", "南里社区"]


@pytest.mark.parametrize(
    ("query", "expected"), [("level=community", ["槐荫社区", "南里社区"]), ("level=street", ["清河里街道"])]
)
def test_it_filters_by_level(district: District, officer: User, query: str, expected: list[str]) -> None:
    assert names(client_of(officer).get(f"/api/v1/places?{query}")) == expected


def test_it_filters_by_the_place_above(district: District, officer: User) -> None:
    found = client_of(officer).get(f"/api/v1/places?parent={district.community.pk}")
    assert names(found) == ["第一网格"]


def test_it_gives_one_place(district: District, officer: User) -> None:
    found = client_of(officer).get(f"/api/v1/places/{district.community.pk}").json()
    assert found == {
        "id": str(district.community.pk),
        "code": "990101001001",
        "name": "槐荫社区",
        "level": "community",
        "parent_id": str(district.street.pk),
        "street_id": str(district.street.pk),
        "valid_from": "2026-01-01",
        "valid_to": None,
    }


def test_it_knows_nothing_of_the_neighbours(district: District, officer: User) -> None:
    found = client_of(officer).get(f"/api/v1/places/{district.neighbour_community.pk}")
    assert found.status_code == 404


def test_it_answers_403_to_an_owner_without_a_post(district: District) -> None:
    assert client_of(make_user()).get("/api/v1/places").status_code == 403


def test_it_answers_403_to_another_scope(officer: User) -> None:
    assert client_of(officer, "people.contact_card:read").get("/api/v1/places").status_code == 403


@pytest.mark.parametrize("more", [0, 29])
def test_it_asks_four_questions_whatever_the_number_of_rows(
    district: District, officer: User, more: int, django_assert_num_queries: Any
) -> None:
    for number in range(more):
        make_place(f"990101001001{number + 100}", f"网格{number}", Level.GRID, district.community)
    client = client_of(officer)
    with django_assert_num_queries(4):
        assert len(client.get("/api/v1/places?level=grid").json()["items"]) == 1 + more

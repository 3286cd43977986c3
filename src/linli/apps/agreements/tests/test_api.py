"""Agreements in the interface: what the token's owner may see, nothing without a token."""

from typing import Any

import pytest
from django.test import Client

from linli.apps.agreements.models import Agreement
from linli.apps.agreements.tests.factories import make_agreement
from linli.apps.ledger.tests.factories import make_commitment, make_fund
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.api import issue
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
ADDRESS = "/api/v1/agreements"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def agreement(here: District) -> Agreement:
    commitment = make_commitment(make_fund(here.street, 100_000), 80_000)
    return make_agreement(here.street, commitment=commitment)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


def client_of(user: User, *scopes: str) -> Client:
    secret = issue(name="x", owner=user, scopes=scopes or ["agreements:read"], actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_it_gives_one_agreement_with_parties_parts_and_indicators(agreement: Agreement, officer: User) -> None:
    found = client_of(officer).get(f"{ADDRESS}/{agreement.pk}").json()
    assert (found["number"], found["amount"], found["state"]) == (agreement.number, "80000.00", "drafted")
    assert agreement.commitment is not None
    assert found["commitment_number"] == agreement.commitment.number
    assert [(row["side"], row["name"]) for row in found["parties"]] == [
        ("first", "清河里街道办事处"), ("second", "暖邻社会工作服务中心"),
    ]  # fmt: skip
    assert [(row["share"], row["amount"]) for row in found["parts"]] == [
        ("50.00", "40000.00"), ("40.00", "32000.00"), ("10.00", "8000.00"),
    ]  # fmt: skip
    assert [(row["name"], row["target"], row["due"]) for row in found["indicators"]] == [
        ("助餐人次", "6000", "2026-12-20")
    ]


def test_it_names_the_sides_and_no_person(agreement: Agreement, officer: User) -> None:
    found = client_of(officer).get(f"{ADDRESS}/{agreement.pk}").json()
    words = "amount archived_on begins_on commitment_number content drawn_up_at ends_on grounds_id grounds_kind id"
    more = "indicators mode number parties parts state street_id subject_id subject_kind title year"
    assert " ".join(sorted(found)) == f"{words} {more}"


def test_it_filters_and_pages(agreement: Agreement, here: District, officer: User) -> None:
    for _more in range(2):
        make_agreement(here.street, contractor=agreement.parties.get(side="second").organization)
    client = client_of(officer)
    asked = "", "state=drafted", "state=signed", f"year={agreement.year}", "year=2001"
    asked += f"street={here.street.pk}", f"street={here.neighbour_street.pk}", f"subject={agreement.subject_id}"
    counts = [len(client.get(f"{ADDRESS}?{query}").json()["items"]) for query in asked]
    assert counts == [3, 3, 0, 3, 0, 3, 0, 3]
    first = client.get(f"{ADDRESS}?limit=2").json()
    second = client.get(first["next"]).json()
    assert ([len(one["items"]) for one in (first, second)], second["next"]) == ([2, 1], None)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.FINANCE_OFFICER, 200),
        (Role.AUDITOR, 200),
        (Role.LEADER, 200),
        (Role.COMMUNITY_WORKER, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403),
        (Role.RESIDENT, 403),
    ],
)
def test_it_asks_for_the_post_too(agreement: Agreement, here: District, role: Role, status: int) -> None:
    client = client_of(make_user(role, here.street, password=None))
    statuses = [client.get(address).status_code for address in (ADDRESS, f"{ADDRESS}/{agreement.pk}")]
    assert statuses == [status, status]


def test_it_gives_nothing_without_a_token_or_to_another_scope(agreement: Agreement, officer: User) -> None:
    clients = Client(), client_of(officer, "places:read")
    assert [client.get(ADDRESS).status_code for client in clients] == [401, 403]


def test_it_knows_nothing_of_the_neighbours(agreement: Agreement, here: District) -> None:
    client = client_of(make_user(Role.STREET_OFFICER, here.neighbour_street, password=None))
    assert client.get(ADDRESS).json()["items"] == []
    assert client.get(f"{ADDRESS}/{agreement.pk}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_asks_five_questions_whatever_the_number_of_rows(
    agreement: Agreement, here: District, officer: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _more in range(rows - 1):
        make_agreement(here.street, contractor=agreement.parties.get(side="second").organization)
    client = client_of(officer)
    with django_assert_num_queries(5):
        assert len(client.get(ADDRESS).json()["items"]) == rows

"""Rounds, proposals and awards in the interface: filters, pages, posts, the same price for any number."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.rounds.models import Proposal, Round
from linli.apps.rounds.tests.factories import make_programme, make_round, start
from linli.apps.rounds.tests.judged import Table, make_table
from linli.kernel.api import issue
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
ROUNDS, PROPOSALS, AWARDS = "/api/v1/rounds", "/api/v1/proposals", "/api/v1/awards"


@dataclass
class Scene:
    """A decided round of four proposals, and a second round without any."""

    table: Table
    other: Round
    officer: User


@pytest.fixture(scope="module")
def scene(module_db: None) -> Scene:
    table = make_table()
    table.decide()
    street = table.district.street
    other = make_round(make_programme(street, "微实事"), title="微实事2026")
    return Scene(table, other, make_user(Role.STREET_OFFICER, street, password=None))


def client_of(user: User, *scopes: str) -> Client:
    secret = issue(name="x", owner=user, scopes=scopes or ["rounds:read"], actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def counts(client: Client, address: str, *queries: str) -> list[int]:
    return [len(client.get(f"{address}?{query}").json()["items"]) for query in queries]


def test_it_filters_rounds_by_state_and_year(scene: Scene) -> None:
    found = counts(client_of(scene.officer), ROUNDS, "", "state=open", "state=closed", "year=2026", "year=2025")
    assert found == [2, 2, 0, 2, 0]


def test_it_filters_proposals_by_round_and_state(scene: Scene) -> None:
    given, other = scene.table.intake.pk, scene.other.pk
    asked = "", f"round={given}", f"round={other}", "state=awarded", "state=refused"
    assert counts(client_of(scene.officer), PROPOSALS, *asked) == [4, 4, 0, 3, 1]


def test_it_gives_awards_with_the_decision_they_rest_on(scene: Scene) -> None:
    found = client_of(scene.officer).get(f"{AWARDS}?round={scene.table.intake.pk}").json()["items"]
    names = {str(one.pk): name for name, one in scene.table.by_name.items()}
    assert {names[row["proposal_id"]]: row["amount"] for row in found} == {
        "一": "4000.00", "三": "3000.00", "四": "1000.00",
    }  # fmt: skip
    assert {(row["minutes_number"], row["decided_on"]) for row in found} == {("〔2026〕9号", "2026-05-09")}
    assert counts(client_of(scene.officer), AWARDS, f"round={scene.other.pk}") == [0]


@pytest.mark.parametrize("address", [ROUNDS, PROPOSALS, AWARDS])
def test_it_pages(scene: Scene, address: str) -> None:
    client = client_of(scene.officer)
    whole = [row["id"] for row in client.get(address).json()["items"]]
    seen, following = [], f"{address}?limit=1"
    while following:
        found = client.get(following).json()
        seen += [row["id"] for row in found["items"]]
        following = found["next"]
    assert (seen, len(set(seen))) == (whole, len(whole))


@pytest.mark.parametrize(
    ("role", "rounds", "proposals"),
    [
        (Role.STREET_OFFICER, 200, 4),
        (Role.AUDITOR, 200, 4),
        (Role.GRID_WORKER, 403, 0),
        (Role.SYSTEM_ADMINISTRATOR, 403, 0),
    ],
)
def test_it_asks_for_the_post_too(scene: Scene, role: Role, rounds: int, proposals: int) -> None:
    client = client_of(make_user(role, scene.table.district.street, password=None))
    assert [client.get(address).status_code for address in (ROUNDS, AWARDS)] == [rounds, rounds]
    assert counts(client, PROPOSALS, "") == [proposals]


def test_it_knows_nothing_of_the_neighbours(scene: Scene) -> None:
    client = client_of(make_user(Role.STREET_OFFICER, scene.table.district.neighbour_street, password=None))
    assert [counts(client, address, "") for address in (ROUNDS, PROPOSALS, AWARDS)] == [[0], [0], [0]]
    assert client.get(f"{PROPOSALS}/{scene.table.by_name['一'].pk}").status_code == 404


def test_it_shows_a_draft_to_nobody_but_its_proposers(scene: Scene) -> None:
    community = scene.table.district.community
    draft = start(scene.other, community, title="还在写")
    proposer = make_user(Role.COMMUNITY_SECRETARY, community, password=None)
    asked = [client_of(one).get(f"{PROPOSALS}/{draft.pk}").status_code for one in (proposer, scene.officer)]
    assert (asked, Proposal.objects.get(pk=draft.pk).state) == ([200, 404], "draft")


@pytest.mark.parametrize(("address", "questions"), [(ROUNDS, 4), (PROPOSALS, 4), (AWARDS, 4)])
def test_it_asks_four_questions_whatever_the_number_of_rows(
    scene: Scene, address: str, questions: int, django_assert_num_queries: Any
) -> None:
    client = client_of(scene.officer)
    for limit in (1, 50):
        with django_assert_num_queries(questions):
            client.get(f"{address}?limit={limit}")

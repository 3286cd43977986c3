"""Contact cards in the interface: read, drawn up and submitted with the rights of the token's owner."""

from itertools import count
from typing import Any

import pytest
from django.test import Client

from linli.apps.people.models import ContactCard, User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.api import issue
from linli.kernel.api.models import KeptAnswer
from linli.kernel.publication import PublicationState, publication_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
KEYS = count(1)
BOTH = ("people.contact_card:read", "people.contact_card:write")
ADDRESS = "/api/v1/contact-cards"


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def worker(district: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, district.community)


def client_of(user: User, *scopes: str) -> Client:
    secret = issue(name="x", owner=user, scopes=scopes or BOTH, actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def data(district: District, **changed: Any) -> dict[str, Any]:
    return {
        "community": str(district.community.pk),
        "title": "居家养老服务咨询",
        "office": "综合服务窗口",
        "phone": "010-62880011",
        "hours": "周一至周五 9:00—17:00",
        **changed,
    }


def post(client: Client, address: str, content: dict[str, Any], key: str = "") -> Any:
    headers = {"Idempotency-Key": key or f"key-{next(KEYS):08d}"}
    return client.post(address, content, content_type="application/json", headers=headers)


def test_it_lists_cards_within_reach_with_what_may_be_done(district: District, worker: User) -> None:
    card = make_card(district.community, author=worker)
    make_card(district.neighbour_community)
    found = client_of(worker).get(ADDRESS).json()
    assert [(item["id"], item["state"], item["verbs"]) for item in found["items"]] == [
        (str(card.pk), "draft", ["submit"])
    ]


def test_it_filters_by_state_and_community(district: District) -> None:
    officer = make_user(Role.STREET_OFFICER, district.street)
    public = make_card(district.community, PublicationState.PUBLIC)
    make_card(district.community)
    make_card(district.other_community, PublicationState.PUBLIC)
    found = client_of(officer).get(f"{ADDRESS}?state=public&community={district.community.pk}").json()
    assert [item["id"] for item in found["items"]] == [str(public.pk)]


def test_it_gives_one_card_and_no_persons_name(district: District, worker: User) -> None:
    card = make_card(district.community, author=worker)
    found = client_of(worker).get(f"{ADDRESS}/{card.pk}").json()
    words = "body changed_at community_id hours id office phone public_at state title verbs version"
    assert " ".join(sorted(found)) == words


def test_it_draws_up_a_card_once_however_often_it_is_sent(district: District, worker: User) -> None:
    client = client_of(worker)
    answers = [post(client, ADDRESS, data(district), key="card-0001-2026") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert {answer.json()["id"] for answer in answers} == {str(ContactCard.objects.get().pk)}


def test_it_submits_a_card(district: District, worker: User) -> None:
    card = make_card(district.community, author=worker)
    found = post(client_of(worker), f"{ADDRESS}/{card.pk}/submit", {"version": 1})
    assert (found.status_code, found.json()["state"], found.json()["verbs"]) == (200, "submitted", [])


def test_it_refuses_to_submit_a_text_the_sender_has_not_read(district: District, worker: User) -> None:
    card = make_card(district.community, author=worker)
    found = post(client_of(worker), f"{ADDRESS}/{card.pk}/submit", {"version": 2})
    assert (found.status_code, found.json()["code"]) == (409, "conflict")
    assert publication_of(card).state == PublicationState.DRAFT
    assert KeptAnswer.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "pointers"),
    [
        ({"phone": "13800000000"}, ["#/phone"]),
        ({"title": "  "}, ["#/title"]),
        ({"title": "长" * 61, "hours": 3}, ["#/title", "#/hours"]),
        ({"community": "x"}, ["#/community"]),
        ({"author": "x"}, ["#/author"]),
    ],
)
def test_it_answers_422_to_what_no_card_may_say(
    district: District, worker: User, changed: dict[str, Any], pointers: list[str]
) -> None:
    found = post(client_of(worker), ADDRESS, data(district, **changed))
    assert (found.status_code, [error["pointer"] for error in found.json()["errors"]]) == (422, pointers)
    assert ContactCard.objects.count() == 0


def test_it_draws_up_nothing_for_the_neighbours(district: District, worker: User) -> None:
    found = post(client_of(worker), ADDRESS, data(district, community=str(district.other_community.pk)))
    assert (found.status_code, ContactCard.objects.count()) == (404, 0)


@pytest.mark.parametrize(
    ("role", "read", "write"),
    [
        (Role.COMMUNITY_WORKER, 200, 201),
        (Role.COMMUNITY_SECRETARY, 200, 201),
        (Role.GRID_WORKER, 200, 403),
        (Role.AUDITOR, 403, 403),
        (Role.FINANCE_OFFICER, 403, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403, 403),
        (Role.SECURITY_ADMINISTRATOR, 403, 403),
        (Role.AUDIT_ADMINISTRATOR, 403, 403),
    ],
)
def test_it_asks_for_the_post_too(district: District, role: Role, read: int, write: int) -> None:
    client = client_of(make_user(role, district.community))
    statuses = client.get(ADDRESS).status_code, post(client, ADDRESS, data(district)).status_code
    assert statuses == (read, write)


def test_it_writes_nothing_with_a_token_that_reads(district: District, worker: User) -> None:
    found = post(client_of(worker, BOTH[0]), ADDRESS, data(district))
    assert (found.status_code, found.json()["code"]) == (403, "scope-lacking")


@pytest.mark.parametrize("rows", [1, 30])
def test_it_asks_six_questions_whatever_the_number_of_rows(
    district: District, worker: User, rows: int, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        make_card(district.community, author=worker)
    client = client_of(worker)
    with django_assert_num_queries(6):
        assert len(client.get(ADDRESS).json()["items"]) == rows

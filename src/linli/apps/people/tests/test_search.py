"""Cards, places and organizations are found by those whose posts reach them."""

import pytest

from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel import search
from linli.kernel.publication import PublicationState
from linli.kernel.scope import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def found(query: str, actor: Actor) -> list[str]:
    return [f"{one.ref.kind} {one.label}" for one in search.find(query, actor=actor)]


def test_a_worker_finds_the_card_of_the_own_community_and_the_neighbour_street_does_not(here: District) -> None:
    make_card(here.community)
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    neighbour = make_user(Role.STREET_OFFICER, here.neighbour_street)
    assert (found("养老", worker), found("养老", neighbour)) == (["people.contact_card 居家养老服务咨询"], [])


def test_a_card_is_found_in_every_state(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    make_card(here.community, PublicationState.WITHDRAWN, author=worker)
    assert found("010-62880011", worker) == ["people.contact_card 居家养老服务咨询"]


def test_a_place_is_found_by_pinyin_and_by_code(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    wanted = ["places.place 槐荫社区"]
    assert (found("huaiyinshequ", worker), found("hysq", worker), found("nanli", worker)) == (wanted, wanted, [])
    assert found("990101001001001", worker) == ["places.place 第一网格"]


def test_an_organization_is_found_by_its_name_and_its_pinyin(here: District) -> None:
    make_organization(here.community, "暖邻书画队")
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    neighbour = make_user(Role.STREET_OFFICER, here.neighbour_street)
    wanted = ["organizations.organization 暖邻书画队"]
    assert (found("书画", worker), found("nuanlin", worker), found("书画", neighbour)) == (wanted, wanted, [])

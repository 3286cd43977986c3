"""Who is told what became of a card, and that nobody is told twice."""

from uuid import uuid4

import pytest

from linli.apps.people import services
from linli.apps.people.jobs import tell_checkers
from linli.apps.people.models import ContactCard, User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.events import Event
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.notices import mine
from linli.kernel.publication import PublicationState
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def told(person: User) -> list[tuple[str, str]]:
    """Kind and text of a person's messages, the oldest first."""
    run_waiting()
    return [(notice.kind.rpartition(".")[2], notice.text) for notice in mine(person).order_by("id")]


def test_it_tells_the_secretary_of_the_community_that_a_card_waits(here: District) -> None:
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    elsewhere = make_user(Role.COMMUNITY_SECRETARY, here.other_community)
    make_card(here.community, PublicationState.SUBMITTED)
    assert (told(secretary), told(elsewhere)) == (
        [("submit", "槐荫社区：联系卡“居家养老服务咨询”等您核对。")],
        [],
    )


def test_it_tells_the_officer_of_the_street_that_a_card_waits(here: District) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street)
    neighbour = make_user(Role.STREET_OFFICER, here.neighbour_street)
    make_card(here.community, PublicationState.CHECKED)
    assert (told(officer), told(neighbour)) == (
        [("check", "槐荫社区：联系卡“居家养老服务咨询”等您签发。")],
        [],
    )


def test_it_tells_nobody_to_check_what_is_checked_meanwhile(here: District) -> None:
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    make_card(here.community, PublicationState.CHECKED, checker=secretary)
    assert told(secretary) == []


def test_it_tells_the_author_why_a_card_came_back(here: District) -> None:
    author = make_user(Role.COMMUNITY_WORKER, here.community)
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    card = make_card(here.community, PublicationState.SUBMITTED, author=author)
    services.send_back(card, actor=secretary, reason="电话少一位")
    assert told(author) == [("send_back", "您的联系卡“居家养老服务咨询”被退回：电话少一位")]


def test_it_tells_author_and_checker_that_a_card_is_public(here: District) -> None:
    author = make_user(Role.COMMUNITY_WORKER, here.community)
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    make_card(here.community, PublicationState.PUBLIC, author=author, checker=secretary)
    sentence = ("sign_off", "槐荫社区：联系卡“居家养老服务咨询”已签发，居民现在可以看到。")
    assert (told(author), told(secretary)) == ([sentence], [sentence])


def test_it_tells_the_author_of_a_withdrawal_by_somebody_else_only(here: District) -> None:
    author = make_user(Role.COMMUNITY_WORKER, here.community)
    officer = make_user(Role.STREET_OFFICER, here.street)
    first, second = (
        make_card(here.community, PublicationState.PUBLIC, author=author, signer=officer) for _number in "12"
    )
    services.withdraw(first, actor=author)
    services.withdraw(second, actor=officer)
    withdrawn = [text for kind, text in told(author) if kind == "withdraw"]
    assert withdrawn == [f"您的联系卡“{second.title}”已撤下，不再公开。"]


def test_an_event_brought_twice_tells_once(here: District) -> None:
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    card = make_card(here.community, PublicationState.SUBMITTED)
    row = ContactCard.objects.get(pk=card.pk)
    event = Event(uuid4(), "people.contact_card.submit", ref_of(row), card.author_id, row.changed_at.isoformat(), {})
    run_waiting()
    before = mine(secretary).count()
    tell_checkers(event)
    tell_checkers(event)
    assert (before, mine(secretary).count()) == (1, 2)

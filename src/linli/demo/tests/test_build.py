"""The demo: built through the verbs, once, quickly, with a password of its own."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate

from linli.apps.organizations.models import Organization
from linli.apps.people.models import CardState, ContactCard, Post, User
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import make_district
from linli.demo.build import accounts, build, password
from linli.kernel.audit import verify
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.LINLI_HOME = tmp_path
    return tmp_path


@pytest.fixture
def lines() -> list[str]:
    said: list[str] = []
    build(print=said.append)
    return said


def test_it_builds_two_streets_and_four_communities(lines: list[str]) -> None:
    levels = Counter(Place.objects.values_list("level", flat=True))
    assert levels == {Level.DISTRICT: 1, Level.STREET: 2, Level.COMMUNITY: 4, Level.GRID: 9}


def test_it_opens_accounts_in_eight_roles_and_names_each_of_them(lines: list[str]) -> None:
    assert set(Post.objects.values_list("role", flat=True)) == {
        "resident",
        "community_worker",
        "community_secretary",
        "street_officer",
        "finance_officer",
        "system_administrator",
        "security_administrator",
        "audit_administrator",
    }
    named = [line.split()[0] for line in lines[1:]]
    assert named == sorted(User.objects.values_list("username", flat=True))


def test_its_cards_stand_in_every_state(lines: list[str]) -> None:
    states = Counter(ContactCard.objects.values_list("state", flat=True))
    assert (sum(states.values()), set(states)) == (12, set(CardState.values))


def test_every_community_has_something_public(lines: list[str]) -> None:
    shown = ContactCard.objects.filter(state=CardState.PUBLIC).values_list("community__name", flat=True)
    assert set(shown) == {"槐荫社区", "南里社区", "桥头社区", "泉北社区"}


def test_everything_is_marked_as_demo(lines: list[str]) -> None:
    kept = [rows.filter(is_demo=False).count() for rows in (Place.objects, User.objects, Organization.objects)]
    assert kept == [0, 0, 0]


def test_a_second_call_keeps_what_changed_since(lines: list[str]) -> None:
    User.objects.filter(username="jumin").update(name="周桂花")
    before = AuditRow.objects.count()
    again: list[str] = []
    build(print=again.append)
    assert (AuditRow.objects.count(), User.objects.get(username="jumin").name, again[0]) == (
        before,
        "周桂花",
        lines[0],
    )


def test_the_chain_holds_over_everything_it_did(lines: list[str]) -> None:
    chains = sorted(set(AuditRow.objects.values_list("chain", flat=True)))
    assert [verify(chain).problems for chain in chains] == [[], [], []]


def test_the_password_is_made_for_this_house_and_opens_every_account(
    lines: list[str], home: Path, settings: Any
) -> None:
    mine = password()
    assert authenticate(username="qinghe.jiedao", password=mine) == User.objects.get(username="qinghe.jiedao")
    settings.LINLI_HOME = home / "another"
    assert password() != mine


def test_the_password_file_is_for_its_owner_only(lines: list[str], home: Path) -> None:
    assert (home / "demo-accounts.txt").stat().st_mode & 0o777 == 0o600


def test_it_refuses_a_house_with_real_places() -> None:
    make_district()
    with pytest.raises(Refusal):
        build(print=lambda line: None)
    assert accounts() == []

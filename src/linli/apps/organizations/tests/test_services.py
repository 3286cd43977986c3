"""Entering organizations."""

import pytest

from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.queries import visible_to
from linli.apps.organizations.services import check_digit, enter
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import FIRST_DAY, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Actor, Role

pytestmark = pytest.mark.django_db

HEAD = "5299010100000001X"


def enter_with_code(place: Place, code: str, *, actor: Actor | None = None) -> Organization:
    return enter(
        name="暖邻社会工作服务中心",
        kind=OrganizationKind.SOCIAL_ORGANIZATION,
        place=place,
        credit_code=code,
        valid_from=FIRST_DAY,
        actor=actor,
    )


def test_it_computes_the_check_digit_of_a_published_code() -> None:
    """The worked example of GB 32100-2015: 91350100M000100Y4 ends in 3."""
    assert check_digit("91350100M000100Y4") == "3"


def test_it_accepts_a_code_whose_check_digit_is_right() -> None:
    here = make_district()
    assert enter_with_code(here.street, HEAD + check_digit(HEAD)).credit_code == HEAD + check_digit(HEAD)


@pytest.mark.parametrize("code", [HEAD, HEAD + "I", "0" * 17 + "1", HEAD + check_digit(HEAD) + "0"])
def test_it_refuses_a_code_that_cannot_be_one(code: str) -> None:
    here = make_district()
    with pytest.raises(Refusal) as refusal:
        enter_with_code(here.street, code)
    assert (refusal.value.field, Organization.objects.count()) == ("credit_code", 0)


def test_it_refuses_a_second_organization_of_that_name_at_the_place() -> None:
    here = make_district()
    make_organization(here.street)
    with pytest.raises(Refusal):
        make_organization(here.street)
    assert Organization.objects.count() == 1


def test_it_lets_two_teams_without_a_code_stand_side_by_side() -> None:
    here = make_district()
    for name in ("晨练队", "书画队"):
        make_organization(here.community, name, OrganizationKind.RESIDENT_TEAM)
    assert Organization.objects.filter(credit_code=None).count() == 2


@pytest.mark.parametrize(
    ("role", "at", "allowed"),
    [
        (Role.STREET_OFFICER, "street", True),
        (Role.STREET_OFFICER, "neighbour_street", False),
        (Role.COMMUNITY_WORKER, "community", False),
        (Role.RESIDENT, "community", False),
        (Role.FINANCE_OFFICER, "street", False),
        (Role.SYSTEM_ADMINISTRATOR, "district", True),
        (Role.SECURITY_ADMINISTRATOR, "district", False),
        (Role.AUDIT_ADMINISTRATOR, "district", False),
    ],
)
def test_it_lets_these_roles_enter_organizations(role: Role, at: str, allowed: bool) -> None:
    here = make_district()
    actor = make_user(role, getattr(here, at))
    try:
        enter_with_code(here.community, "", actor=actor)
    except NotAllowed:
        assert not allowed
    else:
        assert allowed


def test_it_shows_an_organization_to_the_street_it_sits_in_and_to_its_own_manager() -> None:
    here = make_district()
    ours, theirs = make_organization(here.community), make_organization(here.neighbour_community)
    officer = make_user(Role.STREET_OFFICER, here.street)
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=theirs)
    assert (list(visible_to(officer)), list(visible_to(manager))) == ([ours], [theirs])

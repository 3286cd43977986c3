"""Posts: exactly one place or organization, one open post of a kind, three administrators apart."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people import services
from linli.apps.people.models import Post
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role
from linli.kernel.scope.roles import ADMINISTRATORS

pytestmark = pytest.mark.django_db

PAIRS = [(first, second) for first in sorted(ADMINISTRATORS) for second in sorted(ADMINISTRATORS) if first != second]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_it_refuses_one_person_two_of_the_three_administrator_roles(first: Role, second: Role) -> None:
    here = make_district()
    user = make_user(first, here.district)
    with pytest.raises(Refusal) as refusal:
        services.give_post(user=user, role=second, place=here.district, actor=None)
    assert (refusal.value.code, user.posts.count()) == ("two-administrator-roles", 1)


def test_it_refuses_the_same_administrator_role_at_a_second_place() -> None:
    here = make_district()
    user = make_user(Role.AUDIT_ADMINISTRATOR, here.street)
    with pytest.raises(Refusal):
        services.give_post(user=user, role=Role.SYSTEM_ADMINISTRATOR, place=here.neighbour_street, actor=None)


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_database_itself_keeps_the_administrators_apart(first: Role, second: Role) -> None:
    here = make_district()
    user = make_user(first, here.district)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post(user=user, role=second, place=here.street, started_on=FIRST_DAY).save()


def test_it_lets_an_administrator_change_office_when_the_first_post_has_ended() -> None:
    here = make_district()
    user = make_user(Role.AUDIT_ADMINISTRATOR, here.district)
    services.end_post(user.posts.get(), actor=None)
    services.give_post(user=user, role=Role.SYSTEM_ADMINISTRATOR, place=here.district, actor=None)
    assert user.roles() == {Role.SYSTEM_ADMINISTRATOR}


def test_it_refuses_a_post_at_a_place_and_an_organization_at_once_or_at_neither() -> None:
    here = make_district()
    user, organization = make_user(), make_organization(here.street)
    for where in ({}, {"place": here.street, "organization": organization}):
        with pytest.raises(Refusal):
            services.give_post(user=user, role=Role.STREET_OFFICER, actor=None, **where)
    assert user.posts.count() == 0


def test_it_refuses_a_second_open_post_of_the_same_kind() -> None:
    here = make_district()
    user = make_user(Role.STREET_OFFICER, here.street)
    with pytest.raises(Refusal):
        services.give_post(user=user, role=Role.STREET_OFFICER, place=here.street, actor=None)
    services.give_post(user=user, role=Role.STREET_OFFICER, place=here.neighbour_street, actor=None)
    assert user.posts.count() == 2


def test_nobody_gives_a_post_to_himself() -> None:
    here = make_district()
    administrator = make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
    with pytest.raises(NotAllowed):
        services.give_post(user=administrator, role=Role.LEADER, place=here.district, actor=administrator)


def test_a_post_that_ended_gives_nothing_from_that_day_on() -> None:
    here = make_district()
    user = make_user(Role.STREET_OFFICER, here.street)
    services.end_post(user.posts.get(), actor=None)
    assert (user.roles(), list(user.reach(Role.STREET_OFFICER).places)) == (frozenset(), [])


def test_a_post_that_starts_later_gives_nothing_yet() -> None:
    here = make_district()
    user = make_user()
    services.give_post(user=user, role=Role.STREET_OFFICER, place=here.street, started_on=date(2099, 1, 1), actor=None)
    assert user.roles() == frozenset()


def test_it_refuses_to_end_a_post_ahead_or_twice() -> None:
    here = make_district()
    user = make_user(Role.STREET_OFFICER, here.street)
    post = user.posts.get()
    with pytest.raises(Refusal):
        services.end_post(post, actor=None, ended_on=date(2099, 1, 1))
    services.end_post(post, actor=None)
    with pytest.raises(Refusal):
        services.end_post(post, actor=None)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SYSTEM_ADMINISTRATOR])
def test_only_the_system_administrator_gives_posts_and_opens_accounts(role: Role) -> None:
    here = make_district()
    actor, user = make_user(role, here.district), make_user()
    with pytest.raises(NotAllowed):
        services.give_post(user=user, role=Role.LEADER, place=here.street, actor=actor)
    with pytest.raises(NotAllowed):
        services.open_account(username="new", name="赵某", password=None, actor=actor)


def test_a_street_administrator_gives_no_posts_in_the_neighbour_street() -> None:
    here = make_district()
    actor, user = make_user(Role.SYSTEM_ADMINISTRATOR, here.street), make_user()
    with pytest.raises(NotAllowed):
        services.give_post(user=user, role=Role.STREET_OFFICER, place=here.neighbour_street, actor=actor)


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123"])
def test_it_refuses_a_weak_password(password: str) -> None:
    with pytest.raises(Refusal) as refusal:
        services.open_account(username="new", name="赵某", password=password, actor=None)
    assert refusal.value.field == "password"


def test_it_refuses_a_user_name_that_is_taken() -> None:
    make_user(username="chen")
    with pytest.raises(Refusal) as refusal:
        make_user(username="chen")
    assert refusal.value.field == "username"

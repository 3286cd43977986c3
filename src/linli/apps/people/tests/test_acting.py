"""An account as an actor: reach, roles, and answers for many anchors in two queries."""

from typing import Any

import pytest

from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Actor, Anchor, Role, holds

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_an_account_is_an_actor() -> None:
    assert isinstance(make_user(), Actor)


def test_a_post_reaches_its_place_and_everything_below() -> None:
    here = make_district()
    user = make_user(Role.STREET_OFFICER, here.street)
    reached = Place.objects.filter(pk__in=user.reach(Role.STREET_OFFICER).places)
    assert [place.name for place in reached] == ["清河里街道", "槐荫社区", "第一网格", "南里社区"]


def test_another_role_reaches_nothing() -> None:
    here = make_district()
    user = make_user(Role.STREET_OFFICER, here.street)
    assert list(user.reach(Role.FINANCE_OFFICER).places) == []


def test_a_post_at_an_organization_reaches_that_organization_alone() -> None:
    here = make_district()
    ours, other = make_organization(here.street), make_organization(here.community, "晨练队")
    user = make_user(Role.ORGANIZATION_MANAGER, organization=ours)
    reach = user.reach(Role.ORGANIZATION_MANAGER)
    assert (list(reach.places), list(reach.organizations)) == ([], [ours.pk])
    held = user.holds_at({Role.ORGANIZATION_MANAGER}, [ours.anchor, other.anchor, Anchor(place=here.street.pk)])
    assert held == {ours.anchor}


def test_a_role_at_the_district_reaches_records_of_the_whole_district() -> None:
    here = make_district()
    above, below = make_user(Role.LEADER, here.district), make_user(Role.LEADER, here.street)
    assert (above.holds_at({Role.LEADER}, [Anchor()]), below.holds_at({Role.LEADER}, [Anchor()])) == (
        {Anchor()},
        frozenset(),
    )


def test_holds_is_true_at_and_below_the_post_only() -> None:
    here = make_district()
    user = make_user(Role.COMMUNITY_SECRETARY, here.community)
    predicate = holds(Role.COMMUNITY_SECRETARY)
    assert [predicate(user, place) for place in (here.street, here.community, here.grid, here.neighbour_community)] == [
        False,
        True,
        True,
        False,
    ]


def test_it_answers_for_fifty_anchors_in_two_queries_and_then_from_memory(django_assert_num_queries: Any) -> None:
    here = make_district()
    user = fresh(make_user(Role.STREET_OFFICER, here.street))
    anchors = [Anchor(place=place.pk) for place in Place.objects.all()] * 7 + [Anchor()]
    with django_assert_num_queries(2):
        held = user.holds_at({Role.STREET_OFFICER}, anchors)
    with django_assert_num_queries(0):
        assert user.holds_at({Role.STREET_OFFICER}, anchors) == held
        assert user.holds_at({Role.LEADER}, anchors) == frozenset()
    assert len(held) == 4


def test_two_posts_in_two_streets_are_held_each_for_itself() -> None:
    here = make_district()
    user = make_user(Role.STREET_OFFICER, here.street)
    services.give_post(user=user, role=Role.FINANCE_OFFICER, place=here.neighbour_street, actor=None)
    anchors = {name: Anchor(place=getattr(here, name).pk) for name in ("community", "neighbour_community")}
    assert (
        user.holds_at({Role.STREET_OFFICER}, anchors.values()),
        user.holds_at({Role.FINANCE_OFFICER}, anchors.values()),
    ) == ({anchors["community"]}, {anchors["neighbour_community"]})

"""A acts, B acts while A is away: before, during, after; nobody acts for himself, for two, or for a substitute."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.apps.people import queries, services
from linli.apps.people.models import Absence, Substitute, User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.publication import PublicationState
from linli.kernel.refs import ref_of
from linli.kernel.scope import Anchor, Role
from linli.kernel.scope.roles import ADMINISTRATORS

pytestmark = pytest.mark.django_db
SECRETARY, WORKER = Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER
DAY = timedelta(days=1)


@pytest.fixture
def here() -> Any:
    return make_district()


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def today() -> date:
    return timezone.localdate()


def away(user: User, first: int = 0, last: int = 0) -> Absence:
    """``user`` is away from today + first to today + last; past days are written as they were entered then."""
    first_day, last_day = today() + first * DAY, today() + last * DAY
    then = timezone.now() + min(first, 0) * DAY
    return services.enter_absence(
        user, first_day=first_day, last_day=last_day, kind="leave", actor=None, at=then
    ).absence  # fmt: skip


@pytest.fixture
def pair(here: Any) -> tuple[User, User]:
    """The secretary of a community, and the worker who is his substitute."""
    first, second = make_user(SECRETARY, here.community, name="方某"), make_user(WORKER, here.community, name="林某")
    services.name_substitute(first.posts.get(), deputy=second, actor=None)
    return first, second


@pytest.mark.parametrize(
    ("first", "last", "acts"),
    [(1, 3, False), (0, 2, True), (-1, 1, True), (-2, 0, True), (-3, -1, False)],
    ids=["day before", "first day", "between", "last day", "day after"],
)
def test_the_substitute_acts_from_the_first_to_the_last_day(
    pair: tuple[User, User], here: Any, first: int, last: int, acts: bool
) -> None:
    holder, deputy = pair
    away(holder, first, last)
    found = fresh(deputy)
    held = found.holds_at({SECRETARY}, [Anchor(place=here.community.pk)])
    assert (found.roles(), bool(held)) == ({WORKER, SECRETARY} if acts else {WORKER}, acts)
    assert fresh(holder).roles() == {SECRETARY}


@pytest.mark.parametrize(("valid_from", "valid_to", "acts"), [(1, None, False), (0, 1, True), (0, None, True)])
def test_the_substitute_acts_within_the_days_he_is_arranged_for(
    here: Any, valid_from: int, valid_to: int | None, acts: bool
) -> None:
    holder, deputy = make_user(SECRETARY, here.community), make_user(WORKER, here.community)
    end = None if valid_to is None else today() + valid_to * DAY
    services.name_substitute(
        holder.posts.get(), deputy=deputy, actor=None, valid_from=today() + valid_from * DAY, valid_to=end
    )
    away(holder, -1, 1)
    assert (SECRETARY in fresh(deputy).roles()) is acts


def test_it_costs_no_query_more_than_without_substitutes(
    pair: tuple[User, User], here: Any, django_assert_num_queries: Any
) -> None:
    away(pair[0])
    deputy = fresh(pair[1])
    with django_assert_num_queries(1):
        assert deputy.roles() == {SECRETARY, WORKER}
    with django_assert_num_queries(1):
        assert len(deputy.holds_at({SECRETARY}, [Anchor(place=here.community.pk), Anchor(place=here.grid.pk)])) == 2


def test_an_absence_called_off_gives_the_work_back_at_once(pair: tuple[User, User]) -> None:
    absence = away(pair[0], 0, 5)
    services.call_off(absence, actor=pair[0])
    assert fresh(pair[1]).roles() == {WORKER}
    with pytest.raises(Conflict):
        services.call_off(absence, actor=pair[0])
    away(pair[0], 0, 1)


def test_nobody_acts_when_the_substitute_is_away_too_and_a_sentence_says_so(pair: tuple[User, User], here: Any) -> None:
    holder, deputy = pair
    third = make_user(WORKER, here.community)
    services.name_substitute(deputy.posts.get(), deputy=third, actor=None)
    away(deputy)
    told = services.enter_absence(holder, first_day=today(), last_day=today(), kind="errand", actor=None)
    assert (fresh(third).roles(), fresh(deputy).roles()) == ({WORKER}, {WORKER})
    assert [deputy.name in str(gap) for gap in told.gaps] == [True]
    assert [line.deputy_is_away for line in queries.standing_in(fresh(holder), today())] == [True]
    assert {post.user_id for post in fresh(third).posts_in_force} == {third.pk, deputy.pk}


def test_it_tells_of_posts_nobody_acts_in(here: Any) -> None:
    alone = make_user(SECRETARY, here.community)
    told = services.enter_absence(alone, first_day=today(), last_day=today(), kind="sick", actor=alone)
    assert len(told.gaps) == 1


def test_nobody_is_his_own_substitute(here: Any) -> None:
    holder = make_user(SECRETARY, here.community)
    with pytest.raises(Refusal) as refusal:
        services.name_substitute(holder.posts.get(), deputy=holder, actor=None)
    assert (refusal.value.code, Substitute.objects.count()) == ("own-substitute", 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Substitute(post=holder.posts.get(), holder=holder, deputy=holder, valid_from=today()).save()


def test_a_substitute_works_at_the_same_place_or_above(here: Any) -> None:
    post = make_user(SECRETARY, here.community).posts.get()
    for place in (here.other_community, here.neighbour_street, here.grid):
        with pytest.raises(Refusal) as refusal:
            services.name_substitute(post, deputy=make_user(Role.STREET_OFFICER, place), actor=None)
        assert refusal.value.code == "substitute-from-elsewhere"
    services.name_substitute(post, deputy=make_user(Role.STREET_OFFICER, here.street), actor=None)


def test_a_post_has_one_substitute_at_a_time(pair: tuple[User, User], here: Any) -> None:
    post = pair[0].posts.get()
    other = make_user(WORKER, here.community)
    with pytest.raises(Refusal) as refusal:
        services.name_substitute(post, deputy=other, actor=None)
    assert refusal.value.code == "second-substitute"
    services.end_substitute(Substitute.objects.get(), actor=None)
    services.name_substitute(post, deputy=other, actor=None)
    assert Substitute.objects.in_force(today()).get().deputy == other


PAIRS = [(first, second) for first in sorted(ADMINISTRATORS) for second in sorted(ADMINISTRATORS) if first != second]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_no_administrator_stands_in_for_another_of_the_three(here: Any, first: Role, second: Role) -> None:
    one, two = make_user(first, here.district), make_user(second, here.district)
    with pytest.raises(Refusal) as refusal:
        services.name_substitute(one.posts.get(), deputy=two, actor=None)
    assert refusal.value.code == "two-administrator-roles"
    three = make_user(Role.LEADER, here.district)
    services.name_substitute(one.posts.get(), deputy=three, actor=None)
    with pytest.raises(Refusal):
        services.name_substitute(two.posts.get(), deputy=three, actor=None)
    with pytest.raises(Refusal):
        services.give_post(user=three, role=second, place=here.district, actor=None)
    services.give_post(user=three, role=first, place=here.district, actor=None)


def test_who_may_arrange_and_enter(pair: tuple[User, User], here: Any) -> None:
    holder, deputy = pair
    officer, other = make_user(Role.STREET_OFFICER, here.street), make_user(Role.STREET_OFFICER, here.neighbour_street)
    new = make_user(WORKER, here.community).posts.get()
    for actor in (other, holder, deputy):
        with pytest.raises(NotAllowed):
            services.name_substitute(new, deputy=deputy, actor=actor)
    with pytest.raises(NotAllowed):
        services.name_substitute(officer.posts.get(), deputy=make_user(Role.LEADER, here.street), actor=officer)
    services.name_substitute(new, deputy=deputy, actor=officer)
    days = {"first_day": today(), "last_day": today(), "kind": "leave"}
    with pytest.raises(NotAllowed):
        services.enter_absence(holder, **days, actor=deputy)
    services.enter_absence(deputy, **days, actor=holder)


@pytest.mark.parametrize(("first", "last"), [(2, 1), (-3, -1), (0, 366)])
def test_it_refuses_days_turned_round_past_or_longer_than_a_year(here: Any, first: int, last: int) -> None:
    user = make_user(WORKER, here.community)
    with pytest.raises(Refusal):
        services.enter_absence(
            user, first_day=today() + first * DAY, last_day=today() + last * DAY, kind="leave", actor=None
        )
    assert Absence.objects.count() == 0


def test_it_refuses_absences_that_overlap(here: Any) -> None:
    user = make_user(WORKER, here.community)
    away(user, 2, 4)
    with pytest.raises(Refusal) as refusal:
        away(user, 4, 5)
    assert refusal.value.code == "absences-overlap"
    away(user, 0, 1)


def test_the_record_says_for_whom_the_substitute_acted(pair: tuple[User, User], here: Any) -> None:
    holder, deputy = pair
    away(holder)
    author = make_user(WORKER, here.community)
    card = make_card(here.community, PublicationState.SUBMITTED, author=author)
    services.check(card, actor=fresh(deputy))
    own = make_card(here.community, PublicationState.DRAFT, author=fresh(deputy))
    services.submit(own, actor=fresh(deputy))
    assert [entry.actor for entry in timeline(ref_of(card))] == [author.name, author.name, "林某（代方某）"]
    assert [entry.actor for entry in timeline(ref_of(own))] == ["林某", "林某"]


def test_who_is_told_of_work_for_an_absent_holder(pair: tuple[User, User], here: Any) -> None:
    holder, deputy = pair
    assert set(queries.holders([SECRETARY], here.community)) == {holder.pk}
    away(holder)
    assert set(queries.holders([SECRETARY], here.community)) == {holder.pk, deputy.pk}


def test_a_post_that_ends_takes_its_substitute_along(pair: tuple[User, User]) -> None:
    holder, deputy = pair
    away(holder)
    services.end_post(holder.posts.get(), actor=None)
    assert (fresh(deputy).roles(), Substitute.objects.in_force(today()).count()) == ({WORKER}, 0)

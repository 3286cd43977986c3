"""Signing up, the waiting list, leaving, guardians, no-shows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from linli.apps.activities import services
from linli.apps.activities.jobs import tend_places
from linli.apps.activities.models import Listing, Occurrence, SignInWay, Signup, SignupState
from linli.apps.activities.tests.factories import make_date, somebody
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def state_of(row: Signup) -> str:
    return Signup.objects.get(pk=row.pk).state


def taken(row: Occurrence) -> int:
    return Occurrence.objects.get(pk=row.pk).taken


def test_places_are_given_until_they_are_taken_then_people_wait(here: District) -> None:
    row = make_date(here.community, capacity=2)
    states = [services.sign_up(row, attendee=somebody(n), actor=None).state for n in (1, 2, 3)]
    assert states == [SignupState.GOING, SignupState.GOING, SignupState.WAITING]
    assert taken(row) == 2


def test_a_place_given_back_is_offered_to_the_first_who_waits_for_a_time(here: District) -> None:
    row = make_date(here.community, capacity=1, offer_hours=5)
    now = timezone.now()
    first, second, third = (services.sign_up(row, attendee=somebody(n), actor=None, at=now) for n in (1, 2, 3))
    services.leave(first, actor=None, at=now)
    assert (state_of(second), state_of(third), taken(row)) == (SignupState.OFFERED, SignupState.WAITING, 1)
    second.refresh_from_db()
    assert second.offered_until == now + timedelta(hours=5)
    assert services.lapse_offers(at=now + timedelta(hours=5)) == 0
    assert services.lapse_offers(at=now + timedelta(hours=5, seconds=1)) == 1
    assert (state_of(second), state_of(third), taken(row)) == (SignupState.LAPSED, SignupState.OFFERED, 1)
    with pytest.raises(Conflict):
        services.accept_offer(second, actor=None, at=now)
    services.accept_offer(third, actor=None, at=now + timedelta(hours=6))
    assert (state_of(third), taken(row)) == (SignupState.GOING, 1)


def test_whoever_left_comes_back_by_the_same_row_and_nobody_stands_twice(here: District) -> None:
    row = make_date(here.community)
    mine = services.sign_up(row, attendee=somebody(), actor=None)
    with pytest.raises(Conflict):
        services.sign_up(row, attendee=somebody(), actor=None)
    assert (Signup.objects.count(), taken(row)) == (1, 1)
    services.leave(mine, actor=None)
    with pytest.raises(Conflict):
        services.leave(mine, actor=None)
    assert taken(row) == 0
    assert services.sign_up(row, attendee=somebody(), actor=None).pk == mine.pk
    assert (Signup.objects.count(), taken(row)) == (1, 1)


def test_a_child_needs_a_guardian(here: District) -> None:
    row = make_date(here.community, for_minors=True)
    with pytest.raises(Refusal) as refused:
        services.sign_up(row, attendee=somebody(is_minor=True), actor=None)
    assert refused.value.field == "guardian"
    mine = services.sign_up(row, attendee=somebody(is_minor=True, guardian="王芳"), actor=None)
    assert (mine.is_minor, mine.guardian) == (True, "王芳")


def test_a_telephone_is_kept_sealed_and_a_wrong_one_refused(here: District) -> None:
    row = make_date(here.community)
    with pytest.raises(Refusal):
        services.sign_up(row, attendee=somebody(phone="12"), actor=None)
    mine = services.sign_up(row, attendee=somebody(phone="13812345678"), actor=None)
    assert (str(mine.phone), mine.mark) == ("138****5678", "5678")
    assert "13812345678" not in str(Signup.objects.values())


def test_nobody_signs_up_before_the_announcement_after_the_end_or_as_staff_without_a_post(here: District) -> None:
    row = make_date(here.community, announced=False)
    with pytest.raises(Refusal):
        services.sign_up(row, attendee=somebody(), actor=None)
    row = make_date(here.community)
    with pytest.raises(Refusal):
        services.sign_up(row, attendee=somebody(), actor=None, at=row.ends + timedelta(seconds=1))
    stranger = make_user(Role.COMMUNITY_WORKER, here.neighbour_community, password=None)
    with pytest.raises(NotAllowed):
        services.sign_up(row, attendee=somebody(), actor=stranger, listing=Listing.DESK)


def test_places_of_those_who_do_not_come_are_freed_after_a_quarter_of_an_hour(here: District) -> None:
    row = make_date(here.community, capacity=2)
    came, absent = (services.sign_up(row, attendee=somebody(n), actor=None) for n in (1, 2))
    services.sign_in(row, signup=came, way=SignInWay.LIST, actor=None, at=row.starts)
    with pytest.raises(Refusal):
        services.release_no_shows(row, actor=None, at=row.starts + timedelta(minutes=14))
    assert services.release_no_shows(row, actor=None, at=row.starts + timedelta(minutes=15)) == 1
    assert (state_of(came), state_of(absent), taken(row)) == (SignupState.GOING, SignupState.RELEASED, 1)
    late = row.starts + timedelta(minutes=20)
    services.sign_in(row, signup=Signup.objects.get(pk=absent.pk), way=SignInWay.LIST, actor=None, at=late)
    assert (state_of(absent), taken(row)) == (SignupState.GOING, 2)


def test_a_place_freed_after_the_beginning_goes_to_whoever_comes_though_others_wait(here: District) -> None:
    row = make_date(here.community, capacity=1)
    absent, waits = (services.sign_up(row, attendee=somebody(n), actor=None) for n in (1, 2))
    services.release_no_shows(row, actor=None, at=row.starts + timedelta(minutes=15))
    later = row.starts + timedelta(minutes=20)
    assert services.sign_up(row, attendee=somebody(3), actor=None, at=later).state == SignupState.GOING
    assert (state_of(absent), state_of(waits), taken(row)) == (SignupState.RELEASED, SignupState.WAITING, 1)


def test_the_clock_passes_offers_on_and_frees_unused_places(here: District) -> None:
    row = make_date(here.community, capacity=1, offer_hours=1)
    now = timezone.now()
    first, second, third = (services.sign_up(row, attendee=somebody(n), actor=None, at=now) for n in (1, 2, 3))
    services.leave(first, actor=None, at=now)
    assert tend_places(at=now + timedelta(minutes=59)) == 0
    assert tend_places(at=now + timedelta(minutes=61)) == 1
    assert (state_of(second), state_of(third)) == (SignupState.LAPSED, SignupState.OFFERED)
    third.refresh_from_db()
    services.accept_offer(third, actor=None, at=now + timedelta(minutes=62))
    assert tend_places(at=row.starts + timedelta(minutes=14)) == 0
    assert tend_places(at=row.starts + timedelta(minutes=16)) == 1
    assert (state_of(third), taken(row)) == (SignupState.RELEASED, 0)


def test_free_places_are_offered_in_the_order_of_waiting(here: District) -> None:
    row = make_date(here.community, capacity=1)
    people = [services.sign_up(row, attendee=somebody(n), actor=None) for n in (1, 2, 3)]
    Occurrence.objects.filter(pk=row.pk).update(capacity=2)
    offered = services.offer_place(row, actor=None)
    assert [one.pk for one in offered] == [people[1].pk]
    assert taken(row) == 2

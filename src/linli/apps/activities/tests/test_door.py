"""Signing in: three equal ways, one row a person."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.apps.activities import services
from linli.apps.activities.models import Attendance, Occurrence, SignInWay, Signup
from linli.apps.activities.services import Attendee, SheetLine
from linli.apps.activities.tests.factories import make_date, somebody
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def open_door(here: District) -> Occurrence:
    return make_date(here.community, starts=timezone.now() - timedelta(minutes=10))


def test_code_list_and_paper_give_one_row_whichever_comes_first(open_door: Occurrence) -> None:
    mine = services.sign_up(open_door, attendee=somebody(), actor=None)
    at_door = Attendee("居民1", mark="0001")
    answers = [
        services.sign_in(open_door, attendee=at_door, way=SignInWay.QR, actor=None).again,
        services.sign_in(open_door, signup=mine, way=SignInWay.LIST, actor=None).again,
        services.sign_in(open_door, attendee=Attendee("居 民1"), way=SignInWay.PAPER, actor=None).again,
    ]
    assert answers == [False, True, True]
    assert list(Attendance.objects.values_list("signup", "way")) == [(mine.pk, SignInWay.QR)]


def test_the_database_refuses_a_second_attendance_of_a_person(open_door: Occurrence) -> None:
    done = services.sign_in(open_door, attendee=somebody(), way=SignInWay.QR, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(
            signup=done.attendance.signup, occurrence=open_door, way="list", came_at=timezone.now()
        )


def test_people_of_one_name_are_told_apart_by_four_digits(open_door: Occurrence) -> None:
    for digits in ("1111", "2222"):
        services.sign_in(open_door, attendee=Attendee("王秀英", mark=digits), way=SignInWay.QR, actor=None)
    with pytest.raises(Refusal) as refused:
        services.sign_in(open_door, attendee=Attendee("王秀英"), way=SignInWay.QR, actor=None)
    assert refused.value.code == "several"
    assert Attendance.objects.count() == 2


def test_a_sheet_may_be_typed_twice_and_gives_unclear_lines_back(open_door: Occurrence) -> None:
    for digits in ("1111", "2222"):
        services.sign_up(open_door, attendee=Attendee("王秀英", phone=f"1380000{digits}"), actor=None)
    lines = [SheetLine("赵一"), SheetLine("王秀英"), SheetLine("王秀英", "2222"), SheetLine("")]
    first = services.take_sheet(open_door, lines=lines, actor=None)
    assert (first.new, first.again, [number for number, _line, _why in first.unclear]) == (2, 0, [2, 4])
    again = services.take_sheet(open_door, lines=lines, actor=None)
    assert (again.new, again.again, len(again.unclear)) == (0, 2, 2)
    assert Attendance.objects.count() == 2


def test_a_full_door_turns_a_walk_in_to_the_staff_who_write_down_who_is_there(here: District) -> None:
    row = make_date(here.community, capacity=1, starts=timezone.now())
    services.sign_up(row, attendee=somebody(1), actor=None)
    with pytest.raises(Refusal) as refused:
        services.sign_in(row, attendee=somebody(2), way=SignInWay.QR, actor=None)
    assert refused.value.code == "full"
    services.sign_in(row, attendee=somebody(2), way=SignInWay.LIST, actor=None)
    row.refresh_from_db()
    assert (row.taken, Attendance.objects.count()) == (1, 1)


@pytest.mark.parametrize(("minutes", "opens"), [(-121, False), (-120, True), (180, True), (181, False)])
def test_the_code_opens_two_hours_before_and_an_hour_after(here: District, minutes: int, opens: bool) -> None:
    row = make_date(here.community)
    at = row.starts + timedelta(minutes=minutes)
    shut = nullcontext() if opens else pytest.raises(Refusal)
    with shut:
        services.sign_in(row, attendee=somebody(), way=SignInWay.QR, actor=None, at=at)
    assert Attendance.objects.count() == opens


def test_list_and_paper_are_the_staff_s(here: District, open_door: Occurrence) -> None:
    stranger = make_user(Role.COMMUNITY_WORKER, here.neighbour_community, password=None)
    for way in (SignInWay.LIST, SignInWay.PAPER):
        with pytest.raises(NotAllowed):
            services.sign_in(open_door, attendee=somebody(), way=way, actor=stranger)
    assert Signup.objects.count() == 0

"""Real processes at one list and one door: places are given once, and no sign-in is lost or doubled."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Max, Min
from django.utils import timezone

from linli.apps.activities.models import Attendance, Occurrence, Signup
from linli.apps.activities.tests.factories import make_date
from linli.apps.places.tests.factories import make_district

Race = Callable[[str, list[tuple[str, ...]]], list[str]]

SIGN_UP = """
import sys
from linli.apps.activities import services
from linli.apps.activities.models import Occurrence
from linli.apps.activities.tests.factories import somebody
row = Occurrence.objects.select_related("activity__place").get()
first = int(sys.argv[1])
states = [services.sign_up(row, attendee=somebody(n), actor=None).state for n in range(first, first + 8)]
print(states.count("going"))
"""

SAME = """
import sys
from linli.apps.activities import services
from linli.apps.activities.models import Occurrence, SignInWay
from linli.apps.activities.services import Attendee
row = Occurrence.objects.select_related("activity__place").get()
new = 0
for number in range(12):
    person = Attendee(f"居民{number}", mark=f"{number:04d}")
    new += not services.sign_in(row, attendee=person, way=SignInWay(sys.argv[1]), actor=None).again
print(new)
"""

DOOR = """
import sys
from linli.apps.activities import services
from linli.apps.activities.models import Occurrence, SignInWay
from linli.apps.activities.services import Attendee
row = Occurrence.objects.select_related("activity__place").get()
taken = 0
for number in range(int(sys.argv[1]), int(sys.argv[1]) + 250):
    person = Attendee(f"居民{number}", mark=f"{number:04d}")
    taken += not services.sign_in(row, attendee=person, way=SignInWay.QR, actor=None).again
print(taken)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_places_are_never_given_twice(race: Race) -> None:
    row = make_date(make_district().community, capacity=10)
    given = race(SIGN_UP, [("100",), ("200",)])
    row.refresh_from_db()
    assert (sum(map(int, given)), row.taken) == (10, 10)
    assert sorted(Signup.objects.values_list("state", flat=True)) == ["going"] * 10 + ["waiting"] * 6


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_ways_at_one_moment_give_one_attendance_a_person(race: Race) -> None:
    row = make_date(make_district().community, starts=timezone.now())
    new = race(SAME, [("qr",), ("paper",)])
    row.refresh_from_db()
    assert (sum(map(int, new)), Attendance.objects.count(), Signup.objects.count(), row.taken) == (12, 12, 12, 12)


@pytest.mark.slow
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_door_takes_five_hundred_in_a_minute_and_loses_none(race: Race) -> None:
    make_date(make_district().community, starts=timezone.now())
    taken = race(DOOR, [("1",), ("251",)])
    came = Attendance.objects.aggregate(first=Min("came_at"), last=Max("came_at"))
    assert (sum(map(int, taken)), Attendance.objects.count(), Occurrence.objects.get().taken) == (500, 500, 500)
    assert came["last"] - came["first"] < timedelta(minutes=1)

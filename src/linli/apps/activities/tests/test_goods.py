"""Handing goods out: households, signatures, never more than was bought."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.apps.activities import queries, services
from linli.apps.activities.models import Distribution, Handout, Receiver
from linli.apps.activities.services import HandoutLine
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Building
from linli.apps.places.services import add_building, add_household
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Role

Race = Callable[[str, list[tuple[str, ...]]], list[str]]


def make_building(here: District, name: str = "2号楼", households: int = 4) -> Building:
    building = add_building(
        community=here.community, estate=None, name=name, valid_from=FIRST_DAY, stairwells=1, actor=None
    )
    for number in range(households):
        add_household(building, room=str(101 + number), stairwell=building.stairwells.get(), actor=None)
    return building


def hand_out(here: District, **given: Any) -> Distribution:
    return services.distribute(place=here.community, item="绿植", measure="盆", actor=None, **{"bought": 8, **given})


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.mark.django_db
def test_every_household_gets_a_line_and_signs_once(here: District) -> None:
    building = make_building(here)
    row = hand_out(here, voucher=Ref("ledger.voucher", new_key()))
    first, *others = services.handouts_of(row, building)
    services.sign_for(first, receiver="张三", actor=None)
    with pytest.raises(Conflict) as refused:
        services.sign_for(Handout.objects.get(pk=first.pk), receiver="张三", actor=None)
    assert refused.value.code == "signed-already"
    found = queries.goods_count(Distribution.objects.get())
    assert (found.bought, found.handed, found.households, found.signed) == (8, 1, 4, 1)
    assert [(one.building.name, one.households, one.signed) for one in queries.by_building(row)] == [("2号楼", 4, 1)]
    assert len(others) == 3


@pytest.mark.django_db
def test_nobody_signs_for_more_than_was_bought_and_nothing_is_left_behind(here: District) -> None:
    building = make_building(here)
    row = hand_out(here, bought=4)
    rows = list(services.handouts_of(row, building))
    services.sign_for(rows[0], receiver="张三", quantity=3, actor=None)
    with pytest.raises(Refusal) as refused:
        services.sign_for(rows[1], receiver="李四", quantity=2, actor=None)
    assert refused.value.code == "more-than-bought"
    assert (Distribution.objects.get().handed, Handout.objects.filter(signed_on__isnull=False).count()) == (3, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Distribution.objects.update(handed=5)


@pytest.mark.django_db
def test_more_households_than_pieces_and_buildings_without_households_are_refused(here: District) -> None:
    building = make_building(here)
    empty = make_building(here, "3号楼", households=0)
    for given in ({"bought": 3}, {"bought": 7, "per_household": 2}, {"buildings": [empty]}, {"bought": 0}):
        with pytest.raises(Refusal):
            hand_out(here, **given)
    assert Distribution.objects.count() == 0
    assert hand_out(here, buildings=[building], per_household=2).handouts.count() == 4


@pytest.mark.django_db
def test_the_signed_sheet_of_a_building_is_typed_by_its_numbers(here: District) -> None:
    building = make_building(here)
    row = hand_out(here)
    lines = [HandoutLine(1, "张三"), HandoutLine(3, "王芳", Receiver.NEIGHBOUR), HandoutLine(9, "赵一")]
    taken, unclear = services.take_goods_sheet(row, building=building, lines=lines, actor=None)
    assert (taken, [line.number for line, _why in unclear]) == (2, [9])
    signed = services.handouts_of(row, building).filter(signed_on__isnull=False)
    assert [(one.household.room, one.receiver, one.relation) for one in signed] == [
        ("101", "张三", "self"), ("103", "王芳", "neighbour"),
    ]  # fmt: skip
    again, unclear = services.take_goods_sheet(row, building=building, lines=lines[:2], actor=None)
    assert (again, len(unclear), Distribution.objects.get().handed) == (0, 2, 2)


@pytest.mark.django_db
def test_a_long_sheet_falls_into_stairwells_and_floors_with_the_numbers_of_the_sheet(here: District) -> None:
    building = add_building(
        community=here.community, estate=None, name="2号楼", valid_from=FIRST_DAY, stairwells=2, actor=None
    )
    first, second = building.stairwells.all()
    for room in (*(f"{floor}0{door}" for floor in range(1, 7) for door in range(1, 5)), "底商1"):
        add_household(building, room=room, stairwell=first, actor=None)
    add_household(building, room="101", stairwell=second, actor=None)
    row = hand_out(here, bought=30)
    parts = queries.parts_of(services.handouts_of(row, building))
    told = [(one.key, one.stairwell, one.floors, [number for number, _row in one.rows]) for one in parts]
    assert told == [
        ("1", str(first), (1, 4), list(range(1, 18))),
        ("2", str(first), (5, 6), list(range(18, 26))),
        ("3", str(second), None, [26]),
    ]
    last = parts[2].rows[0][1]
    assert (queries.part_of(parts, last.pk), queries.part_of(parts, row.pk)) == ("3", "")


@pytest.mark.django_db
def test_nobody_signs_before_the_beginning_in_the_future_or_after_the_end(here: District) -> None:
    building = make_building(here)
    row = hand_out(here)
    first = services.handouts_of(row, building)[0]
    today = timezone.localdate()
    for day in (today - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(Refusal):
            services.sign_for(first, receiver="张三", day=day, actor=None)
    services.close_distribution(row, actor=None)
    with pytest.raises(Refusal) as refused:
        services.sign_for(first, receiver="张三", actor=None)
    assert refused.value.code == "closed"
    with pytest.raises(Conflict):
        services.close_distribution(row, actor=None)


@pytest.mark.django_db
def test_the_list_is_private_to_those_at_the_door(here: District) -> None:
    building = make_building(here)
    row = hand_out(here)
    finance = make_user(Role.FINANCE_OFFICER, here.street, password=None)
    neighbour = make_user(Role.COMMUNITY_WORKER, here.neighbour_community, password=None)
    worker = make_user(Role.COMMUNITY_WORKER, here.community, password=None)
    assert [queries.handouts_visible_to(one).count() for one in (finance, neighbour, worker)] == [0, 0, 4]
    with pytest.raises(NotAllowed):
        services.sign_for(services.handouts_of(row, building)[0], receiver="张三", actor=finance)


COUNTER = """
import sys
from linli.apps.activities import services
from linli.apps.activities.models import Handout
from linli.kernel.errors import Refusal
signed = 0
rows = Handout.objects.select_related("distribution__place", "household", "building").order_by("id")
for row in (rows if sys.argv[1] == "up" else rows.reverse()):
    try:
        services.sign_for(row, receiver="某户", quantity=2, actor=None)
        signed += 1
    except Refusal:
        pass
print(signed)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_counters_never_hand_out_more_than_was_bought(race: Race) -> None:
    here = make_district()
    make_building(here, households=12)
    row = hand_out(here, bought=13)
    signed = race(COUNTER, [("up",), ("down",)])
    row.refresh_from_db()
    assert (sum(map(int, signed)), row.handed) == (6, 12)
    assert Handout.objects.filter(signed_on__isnull=False).count() == 6

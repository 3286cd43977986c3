"""Estates, buildings, stairwells, doors, and the grid in charge on a day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.apps.people.tests.factories import make_user
from linli.apps.places import queries, services
from linli.apps.places.models import Building, Estate, EstateKind, GridCover, Household, Level, Stairwell
from linli.apps.places.queries.figures import Share
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district, make_place
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> District:
    return make_district()


def make_building(here: District, name: str = "2号楼", stairwells: int = 2) -> Building:
    return services.add_building(
        community=here.community, name=name, valid_from=FIRST_DAY, stairwells=stairwells, actor=None
    )


def test_it_shows_how_estates_divide_by_type_with_their_number(here: District) -> None:
    kinds = [EstateKind.OLD] * 3 + [EstateKind.COMMERCIAL] * 4 + [EstateKind.RESETTLEMENT]
    Estate.objects.bulk_create(
        [
            Estate(community=here.community, name=str(n), key=str(n), kind=kind, valid_from=FIRST_DAY)
            for n, kind in enumerate(kinds)
        ]
    )
    shares = [(share.count, share.percent) for share in queries.estates_by_type(here.street)]
    assert (shares, queries.estates_by_type(here.neighbour_street)) == (
        [(3, "37.5%"), (4, "50.0%"), (1, "12.5%"), (0, "0.0%")],
        [],
    )
    assert isinstance(queries.estates_by_type(here.district)[0], Share)


def test_a_worker_keeps_the_houses_of_his_community_and_of_no_other(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    building = services.add_building(
        community=here.community, name="2号楼", valid_from=FIRST_DAY, stairwells=2, actor=worker
    )
    services.add_household(building, room="501室", stairwell=building.stairwells.first(), actor=worker)
    with pytest.raises(NotAllowed):
        services.add_estate(
            community=here.other_community, name="怡和园", kind=EstateKind.OLD, valid_from=FIRST_DAY, actor=worker
        )
    assert (
        list(Stairwell.objects.values_list("number", flat=True)),
        list(Household.objects.values_list("room", "stairwell__number")),
        Estate.objects.count(),
    ) == (["1", "2"], [("501", "1")], 0)


def test_it_refuses_a_building_twice_however_it_is_written(here: District) -> None:
    make_building(here)
    with pytest.raises(Refusal):
        make_building(here, "二栋")
    assert Building.objects.count() == 1


def test_it_refuses_a_door_twice_and_a_stairwell_of_another_building(here: District) -> None:
    one, other = make_building(here), make_building(here, "3号楼")
    services.add_household(one, room="101", actor=None)
    for building, stairwell in ((one, None), (one, other.stairwells.first())):
        with pytest.raises(Refusal):
            services.add_household(building, room="101", stairwell=stairwell, actor=None)
    assert Household.objects.count() == 1


def test_a_stairwells_own_grid_goes_before_its_buildings(here: District) -> None:
    second = make_place("990101001001002", "第二网格", Level.GRID, here.community)
    building = make_building(here)
    first_stair, second_stair = building.stairwells.all()
    services.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    services.cover(second, stairwell=second_stair, on=date(2026, 3, 1), actor=None)
    asked = [(first_stair, date(2026, 3, 2)), (second_stair, date(2026, 2, 28)), (second_stair, date(2026, 3, 1))]
    covers = [queries.grid_of(building, on=day, stairwell=stair) for stair, day in asked]
    assert [cover and cover.grid for cover in covers] == [here.grid, here.grid, second]


def test_a_new_grid_ends_the_one_before_and_covers_never_overlap(here: District) -> None:
    second = make_place("990101001001002", "第二网格", Level.GRID, here.community)
    building = make_building(here)
    services.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    services.cover(second, building=building, on=date(2026, 3, 1), actor=None)
    for day in (FIRST_DAY, date(2026, 2, 1), date(2026, 3, 1)):
        with pytest.raises(Refusal) as refusal:
            services.cover(here.grid, building=building, on=day, actor=None)
        assert refusal.value.code == "overlap"
    assert list(GridCover.objects.order_by("valid_from").values_list("grid__name", "valid_from", "valid_to")) == [
        ("第一网格", FIRST_DAY, date(2026, 3, 1)),
        ("第二网格", date(2026, 3, 1), None),
    ]


def test_no_grid_is_in_charge_after_it_was_taken_away(here: District) -> None:
    building = make_building(here)
    services.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    services.uncover(building=building, on=date(2026, 3, 1), actor=None)
    days = (date(2025, 12, 31), date(2026, 2, 28), date(2026, 3, 1))
    assert [queries.grid_of(building, on=day) is not None for day in days] == [False, True, False]


def test_it_refuses_a_grid_of_another_community(here: District) -> None:
    strange = make_place("990101001002001", "南网格", Level.GRID, here.other_community)
    for grid in (strange, here.community):
        with pytest.raises(Refusal):
            services.cover(grid, building=make_building(here, f"{grid.name}楼"), on=FIRST_DAY, actor=None)
    assert GridCover.objects.count() == 0


def test_the_database_refuses_a_cover_of_nothing_and_two_open_ones(here: District) -> None:
    building = make_building(here)
    GridCover.objects.create(grid=here.grid, building=building, valid_from=FIRST_DAY)
    for given in ({}, {"building": building}, {"building": building, "stairwell": building.stairwells.first()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            GridCover.objects.create(grid=here.grid, valid_from=date(2026, 3, 1), **given)

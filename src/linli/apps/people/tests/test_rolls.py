"""The rolls of a community: one head a stairwell at a time, terms that do not overlap."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.apps.people.models import Person, RollEntry, RollKind
from linli.apps.people.queries import roll_counts, rolls_visible_to
from linli.apps.people.queries.candidates import doubles_of, household_of
from linli.apps.people.services import enter_person, put_on_roll, take_off_roll
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Building, Stairwell
from linli.apps.places.services import add_building, add_household
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.privacy import freeze, unfreeze
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
START, LATER = date(2026, 1, 5), date(2026, 3, 1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def building(here: District) -> Building:
    return add_building(community=here.community, name="2号楼", stairwells=3, valid_from=FIRST_DAY, actor=None)


@pytest.fixture
def stairwell(building: Building) -> Stairwell:
    return Stairwell.objects.get(building=building, number="1")


def enter(here: District, name: str, **columns: Any) -> Person:
    return enter_person(community=here.community, text=PersonText(name=name, **columns), actor=None)


def put(here: District, person: Person, kind: RollKind, **facts: Any) -> RollEntry:
    given: dict[str, Any] = {"started_on": START, "actor": None, **facts}
    return put_on_roll(person=person, kind=kind, community=here.community, **given)


def test_a_stairwell_has_one_head_and_four_helpers(here: District, stairwell: Stairwell) -> None:
    kinds = (
        RollKind.STAIRWELL_HEAD, RollKind.PUBLICITY, RollKind.HYGIENE, RollKind.SAFETY, RollKind.MEDIATION,
    )  # fmt: skip
    for number, kind in enumerate(kinds):
        put(here, enter(here, f"王{'甲乙丙丁戊'[number]}"), kind, stairwell=stairwell)
    assert roll_counts(here.community, START) == dict.fromkeys(map(str, kinds), 1)
    with pytest.raises(Refusal) as refused:
        put(here, enter(here, "李四"), RollKind.STAIRWELL_HEAD, stairwell=stairwell, started_on=LATER)
    assert (refused.value.code, "王甲" in str(refused.value)) == ("overlapping-terms", True)


def test_a_successor_starts_when_the_former_ended(here: District, stairwell: Stairwell) -> None:
    former = put(here, enter(here, "王甲"), RollKind.STAIRWELL_HEAD, stairwell=stairwell)
    take_off_roll(former, actor=None, ended_on=LATER)
    new = enter(here, "李四")
    with pytest.raises(Refusal):
        put(here, new, RollKind.STAIRWELL_HEAD, stairwell=stairwell, started_on=date(2026, 2, 28))
    put(here, new, RollKind.STAIRWELL_HEAD, stairwell=stairwell, started_on=LATER)
    held = {day: RollEntry.objects.in_force(day).get().person.name for day in (date(2026, 2, 28), LATER)}
    assert held == {date(2026, 2, 28): "王甲", LATER: "李四"}


def test_each_stairwell_has_its_own_head(here: District, building: Building) -> None:
    for number, stairwell in enumerate(Stairwell.objects.filter(building=building)):
        put(here, enter(here, f"王{'甲乙丙'[number]}"), RollKind.STAIRWELL_HEAD, stairwell=stairwell)
    assert roll_counts(here.community, START) == {"stairwell_head": 3}


def test_a_community_has_many_representatives_each_once(here: District) -> None:
    first = enter(here, "王甲")
    put(here, first, RollKind.REPRESENTATIVE)
    put(here, enter(here, "李四"), RollKind.REPRESENTATIVE)
    with pytest.raises(Refusal):
        put(here, first, RollKind.REPRESENTATIVE, started_on=LATER)
    assert roll_counts(here.community, START) == {"representative": 2}


@pytest.mark.parametrize("kind", [RollKind.STAIRWELL_HEAD, RollKind.BUILDING_HEAD])
def test_a_post_of_a_building_names_it(here: District, kind: RollKind) -> None:
    with pytest.raises(Refusal):
        put(here, enter(here, "王甲"), kind)


def test_a_post_stands_at_its_own_place(here: District, building: Building, stairwell: Stairwell) -> None:
    person = enter(here, "王甲")
    elsewhere = add_building(community=here.other_community, name="1号楼", valid_from=FIRST_DAY, actor=None)
    wrong: tuple[dict[str, Any], ...] = (
        {"kind": RollKind.REPRESENTATIVE, "building": building},
        {"kind": RollKind.BUILDING_HEAD, "stairwell": stairwell},
        {"kind": RollKind.BUILDING_HEAD, "building": elsewhere},
        {"kind": RollKind.REPRESENTATIVE, "term_ends_on": START},
    )
    for facts in wrong:
        with pytest.raises(Refusal):
            put(here, person, **facts)
    assert RollEntry.objects.count() == 0


def test_a_child_and_somebody_who_is_gone_hold_no_post(here: District) -> None:
    gone = enter(here, "李四")
    gone.left_on = START
    for person in (enter(here, "王小明", born_on=date(2020, 1, 1)), gone):
        with pytest.raises(Refusal):
            put(here, person, RollKind.REPRESENTATIVE)


def test_the_database_itself_keeps_one_head_a_stairwell(here: District, stairwell: Stairwell) -> None:
    put(here, enter(here, "王甲"), RollKind.STAIRWELL_HEAD, stairwell=stairwell)
    second = RollEntry(
        person=enter(here, "李四"), kind=RollKind.STAIRWELL_HEAD, community=here.community,
        building=stairwell.building, stairwell=stairwell, started_on=LATER,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save()


def test_a_term_ends_once_and_not_ahead(here: District) -> None:
    entry = put(here, enter(here, "王甲"), RollKind.REPRESENTATIVE)
    for day in (date(2199, 1, 1), date(2026, 1, 1)):
        with pytest.raises(Refusal):
            take_off_roll(entry, actor=None, ended_on=day)
    take_off_roll(entry, actor=None, ended_on=LATER)
    with pytest.raises(Conflict):
        take_off_roll(entry, actor=None, ended_on=LATER)


def test_only_the_communitys_own_staff_keep_and_see_its_rolls(here: District) -> None:
    own = make_user(Role.COMMUNITY_WORKER, here.community)
    other = make_user(Role.COMMUNITY_WORKER, here.other_community)
    person = enter(here, "王甲")
    with pytest.raises(NotAllowed):
        put(here, person, RollKind.REPRESENTATIVE, actor=other)
    entry = put(here, person, RollKind.REPRESENTATIVE, actor=own)
    assert [list(rolls_visible_to(actor)) for actor in (own, other, None)] == [[entry], [], []]


def test_whose_data_rest_stands_on_no_list_and_is_offered_for_no_merger(here: District) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street)
    resting, other, twin = (enter(here, name) for name in ("王甲", "王乙", "王甲"))
    for person in (resting, other):
        put(here, person, RollKind.REPRESENTATIVE)
    seen = [(rolls_visible_to(officer).count(), roll_counts(here.community, START), len(doubles_of(twin, officer)))]
    freeze("people.roster", resting.pk, reason="本人要求")
    seen += [(rolls_visible_to(officer).count(), roll_counts(here.community, START), len(doubles_of(twin, officer)))]
    unfreeze("people.roster", resting.pk)
    assert seen == [(2, {"representative": 2}, 1), (1, {"representative": 1}, 0)]
    assert rolls_visible_to(officer).count() == 2


def test_a_neighbour_whose_data_rest_is_not_shown_behind_the_door(here: District, building: Building) -> None:
    home = add_household(building=building, room="501", actor=None)
    one, resting = (enter(here, name, household=home) for name in ("王甲", "王乙"))
    freeze("people.roster", resting.pk, reason="本人要求")
    assert list(household_of(one)) == []

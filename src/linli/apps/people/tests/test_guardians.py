"""A child under fourteen has a guardian who agreed; the day before, on and after the birthday."""

from datetime import date
from typing import Any

import pytest

from linli.apps.people.models import Person
from linli.apps.people.queries.ages import age_on, born_until, is_under_fourteen, needs_guardian
from linli.apps.people.services import end_guardianship, enter_person, name_guardian, require_guardian
from linli.apps.people.services.persons import PersonText
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.errors import Conflict, Refusal

pytestmark = pytest.mark.django_db
AT = "2026-06-01T09:00:00+08:00"


@pytest.fixture
def here() -> District:
    return make_district()


def enter(here: District, name: str, born_on: date | None) -> Person:
    return enter_person(community=here.community, text=PersonText(name=name, born_on=born_on), actor=None)


@pytest.fixture
def child(here: District) -> Person:
    return enter(here, "王小明", date(2016, 5, 1))


@pytest.fixture
def mother(here: District) -> Person:
    return enter(here, "李秀兰", date(1988, 1, 1))


@pytest.mark.parametrize(
    ("born", "on", "under"),
    [
        (date(2012, 5, 1), date(2026, 4, 30), True),
        (date(2012, 5, 1), date(2026, 5, 1), True),
        (date(2012, 5, 1), date(2026, 5, 2), False),
        (date(2012, 2, 29), date(2026, 2, 28), True),
        (date(2012, 2, 29), date(2026, 3, 1), False),
        (None, date(2026, 5, 1), False),
    ],
)
def test_fourteen_years_are_complete_the_day_after_the_birthday(born: date | None, on: date, under: bool) -> None:
    assert is_under_fourteen(Person(name="王小明", born_on=born), on) is under


def test_it_needs_a_guardian_until_one_agreed_and_again_when_he_ended(child: Person, mother: Person) -> None:
    before = needs_guardian(child, date(2026, 1, 5))
    row = name_guardian(ward=child, guardian=mother, relation="parent", consent_on=date(2026, 1, 5), actor=None)
    agreed = (needs_guardian(child, date(2026, 1, 4)), needs_guardian(child, date(2026, 1, 5)))
    end_guardianship(row, actor=None, ended_on=date(2026, 3, 1))
    after = (needs_guardian(child, date(2026, 2, 28)), needs_guardian(child, date(2026, 3, 1)))
    assert (before, agreed, after) == (True, (True, False), (False, True))


def test_a_guardian_who_is_not_on_the_roster_is_a_name_and_a_telephone(child: Person) -> None:
    row = name_guardian(
        ward=child, name="王大力", phone="13812345678", relation="grandparent", consent_on=date(2026, 1, 5), actor=None
    )
    assert (row.name, str(row.phone)) == ("王大力", "138****5678")


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "王大力"},
        {"name": "王大力", "phone": "13812345678", "consent_on": date(2199, 1, 1)},
        {"name": "王大力", "phone": "123"},
    ],
)
def test_it_refuses_half_a_guardian(child: Person, given: dict[str, Any]) -> None:
    facts = {"relation": "parent", "consent_on": date(2026, 1, 5), **given}
    with pytest.raises(Refusal):
        name_guardian(ward=child, actor=None, **facts)
    assert needs_guardian(child, date(2026, 1, 5)) is True


def test_it_refuses_a_child_as_guardian_and_a_ward_of_age(here: District, child: Person, mother: Person) -> None:
    sister = enter(here, "王小红", date(2017, 5, 1))
    for ward, guardian in ((child, sister), (child, child), (mother, sister)):
        with pytest.raises(Refusal):
            name_guardian(ward=ward, guardian=guardian, relation="parent", consent_on=date(2026, 1, 5), actor=None)


def test_it_refuses_the_same_guardian_twice(child: Person, mother: Person) -> None:
    facts: dict[str, Any] = {"ward": child, "guardian": mother, "relation": "parent", "actor": None}
    row = name_guardian(consent_on=date(2026, 1, 5), **facts)
    with pytest.raises(Conflict):
        name_guardian(consent_on=date(2026, 1, 6), **facts)
    end_guardianship(row, actor=None)
    with pytest.raises(Conflict):
        end_guardianship(row, actor=None)


def test_nothing_is_asked_of_a_child_whose_guardian_has_not_agreed(child: Person, mother: Person) -> None:
    with pytest.raises(Refusal) as refused:
        require_guardian(child)
    assert (refused.value.code, "王小明" in str(refused.value)) == ("guardian-missing", True)
    name_guardian(ward=child, guardian=mother, relation="parent", consent_on=date(2026, 1, 5), actor=None)
    require_guardian(child)


def test_it_reckons_ages_by_the_calendar() -> None:
    born = date(1961, 3, 1)
    days = (date(2026, 2, 28), date(2026, 3, 1))
    assert [age_on(born, day) for day in days] == [64, 65]
    assert [born <= born_until(65, day) for day in days] == [False, True]

"""Founding places: the tree, its codes, its paths."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction

from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Level, Place, PlacePath
from linli.apps.places.services import found
from linli.apps.places.tests.factories import FIRST_DAY, make_district, make_place
from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


def test_it_draws_a_path_to_every_place_above_and_to_itself() -> None:
    here = make_district()
    paths = PlacePath.objects.filter(descendant=here.grid).order_by("depth")
    assert list(paths.values_list("ancestor__name", "depth")) == [
        ("第一网格", 0),
        ("槐荫社区", 1),
        ("清河里街道", 2),
        ("和安区", 3),
    ]


def test_it_knows_the_street_of_every_place() -> None:
    here = make_district()
    streets = {place.name: place.street and place.street.name for place in Place.objects.select_related("street")}
    assert streets == {
        "和安区": None,
        "清河里街道": "清河里街道",
        "槐荫社区": "清河里街道",
        "南里社区": "清河里街道",
        "第一网格": "清河里街道",
        "望桥街道": "望桥街道",
        "桥头社区": "望桥街道",
    }
    assert here.grid.street_id == here.street.pk


@pytest.mark.parametrize(
    ("code", "level", "field"),
    [
        ("99010100200", Level.COMMUNITY, "code"),  # eleven digits
        ("99010100x003", Level.COMMUNITY, "code"),
        ("99010100１003", Level.COMMUNITY, "code"),  # a full-width digit
        ("990101002003", Level.COMMUNITY, "code"),  # the neighbour's prefix
        ("990101001000", Level.COMMUNITY, "code"),  # no digits of its own
        ("990101003001", Level.STREET, "parent"),  # a street inside a street
        ("990101001003001", Level.GRID, "parent"),  # a grid hangs below a community
    ],
)
def test_it_refuses_a_code_or_a_parent_that_does_not_fit(code: str, level: Level, field: str) -> None:
    here = make_district()
    before = Place.objects.count()
    with pytest.raises(Refusal) as refusal:
        make_place(code, "新社区", level, here.street)
    assert (refusal.value.field, Place.objects.count()) == (field, before)


def test_it_refuses_a_code_that_is_taken_and_leaves_no_trace() -> None:
    here = make_district()
    paths = PlacePath.objects.count()
    with pytest.raises(Refusal, match="990101001001"):
        make_place("990101001001", "重名社区", Level.COMMUNITY, here.street)
    assert PlacePath.objects.count() == paths


def test_it_refuses_a_district_with_trailing_digits() -> None:
    with pytest.raises(Refusal):
        make_place("990101000001", "和安区", Level.DISTRICT)


def test_it_lets_an_officer_found_places_in_his_street_and_nowhere_else() -> None:
    here = make_district()
    officer = make_user(Role.STREET_OFFICER, here.street)
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    asked = (
        (officer, "990101001003", Level.COMMUNITY, here.street, True),
        (officer, "990101002003", Level.COMMUNITY, here.neighbour_street, False),
        (officer, "990101003000", Level.STREET, here.district, False),
        (officer, "990102000000", Level.DISTRICT, None, False),
        (worker, "990101001001009", Level.GRID, here.community, False),
    )
    for actor, code, level, parent, may in asked:
        given = {"name": f"新{code}", "level": level, "parent": parent, "valid_from": FIRST_DAY}
        with nullcontext() if may else pytest.raises(NotAllowed):
            found(code=code, actor=actor, **given)
    assert [Place.objects.filter(code=code).exists() for _actor, code, *_rest in asked] == [
        may for *_rest, may in asked
    ]


def test_it_tells_in_the_timeline_who_founded_a_place() -> None:
    here = make_district()
    administrator = make_user(Role.SYSTEM_ADMINISTRATOR, here.district, name="系统管理员甲")
    place = found(
        code="990101001003",
        name="新里社区",
        level=Level.COMMUNITY,
        parent=here.street,
        valid_from=FIRST_DAY,
        actor=administrator,
    )
    assert [(entry.actor, entry.row.chain) for entry in timeline(ref_of(place))] == [
        ("系统管理员甲", f"street:{here.street.pk}")
    ]


def test_the_database_refuses_a_street_without_a_district() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Place(code="990102001000", name="孤街", level=Level.STREET, valid_from=FIRST_DAY).save()

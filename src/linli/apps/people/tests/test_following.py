"""A place goes into another: posts, roster, rolls and cards go along; what cannot waits for the officer."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people import services
from linli.apps.people.contributions.left import find_left
from linli.apps.people.models import ContactCard, Person, Post, RollEntry, RollKind, User
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places import services as places
from linli.apps.places.models import Household, Level, Place
from linli.apps.places.services import NewPlace
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.publication import PublicationState, publication_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


def merge_both(here: District) -> Place:
    both = [here.community, here.other_community]
    heir = places.merge(both, into=NewPlace("990101001009", "合荫社区", Level.COMMUNITY), on=DAY, actor=None)
    run_waiting()
    return heir


def divide(here: District, **shares: Any) -> list[Place]:
    parts = [NewPlace(f"99010100100{n}", f"槐{side}社区", Level.COMMUNITY) for n, side in ((7, "东"), (8, "西"))]
    made = places.split(here.community, parts=parts, on=DAY, actor=None, **shares)
    run_waiting()
    return made


def enter(community: Place, name: str, **columns: Any) -> Person:
    return services.enter_person(community=community, text=PersonText(name=name, **columns), actor=None)


def held(user: User) -> list[tuple[str, date, date | None]]:
    rows = user.posts.order_by("started_on").select_related("place")
    return [(str(row.place), row.started_on, row.ended_on) for row in rows]


def titles(officer: User) -> list[str]:
    return [task.title for task in find_left(User.objects.get(pk=officer.pk))]


def page(officer: User, place: Place) -> str:
    client = Client()
    client.force_login(officer, BACKEND)
    return client.get(f"/desk/places/{place.pk}/").content.decode()


def desk(officer: User) -> list[str]:
    """The verbs on the first page of his desk."""
    client = Client()
    client.force_login(officer, BACKEND)
    groups = client.get("/desk/").context["groups"]
    return [task.verb for group in groups for task in group.tasks]


def test_open_posts_end_and_begin_at_the_successor_on_the_day_with_their_substitutes(here: District) -> None:
    worker, deputy = (make_user(Role.COMMUNITY_WORKER, here.community) for _number in range(2))
    services.name_substitute(worker.posts.get(), deputy=deputy, actor=None)
    heir = merge_both(here)
    assert held(worker) == [("槐荫社区", FIRST_DAY, DAY), ("合荫社区", DAY, None)]
    new = worker.posts.get(place=heir)
    assert list(new.substitutes.values_list("deputy", "valid_to")) == [(deputy.pk, None)]


def test_residents_go_along_however_many_and_hold_one_post_each(here: District) -> None:
    residents = [make_user(Role.RESIDENT, here.community) for _number in range(2)]
    heir = merge_both(here)
    open_posts = Post.objects.filter(role=Role.RESIDENT, ended_on__isnull=True).values_list("user", "place")
    assert sorted(open_posts) == sorted((user.pk, heir.pk) for user in residents)


def test_the_roster_its_rolls_and_cards_go_along(here: District) -> None:
    person = enter(here.community, "柳依依")
    services.put_on_roll(
        person=person, kind=RollKind.REPRESENTATIVE, community=here.community, started_on=FIRST_DAY, actor=None
    )
    card = make_card(here.community, PublicationState.PUBLIC)
    heir = merge_both(here)
    assert publication_of(card).place_id == heir.pk
    found = [model.objects.get().community for model in (Person, RollEntry, ContactCard)]
    assert found == [heir, heir, heir]


def test_going_along_twice_is_going_along_once(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    heir = merge_both(here)
    went = services.posts_follow(here.community, heir, on=DAY)
    assert (went, len(held(worker))) == (0, 2)


def test_a_single_seat_wanted_by_two_waits_for_the_officer(here: District, officer: User) -> None:
    first, second = (make_user(Role.COMMUNITY_SECRETARY, one) for one in (here.community, here.other_community))
    merge_both(here)
    assert [len(held(one)) for one in (first, second)] == [1, 1]
    assert sorted(titles(officer)) == [
        "南里社区已撤销，还有岗位或名册人员留在原处",
        "槐荫社区已撤销，还有岗位或名册人员留在原处",
    ]
    assert first.name in page(officer, here.community)


def test_a_post_whose_seat_is_taken_at_the_successor_stays(here: District, officer: User) -> None:
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    make_user(Role.COMMUNITY_SECRETARY, here.other_community)
    places.merge([here.community], into=here.other_community, on=DAY, actor=None)
    run_waiting()
    assert (held(secretary), len(titles(officer))) == ([("槐荫社区", FIRST_DAY, None)], 1)


def test_where_dividing_leaves_the_successor_unknown_the_officer_gets_the_list(here: District, officer: User) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    enter(here.community, "柳依依")
    second = divide(here)[1]
    assert (held(worker), len(titles(officer))) == ([("槐荫社区", FIRST_DAY, None)], 1)
    assert desk(officer) == ["查看留在原处的"]
    shown = page(officer, here.community)
    assert [words in shown for words in (worker.name, "名册上1人", "转到槐东社区", "转到槐西社区")] == [True] * 4
    client = Client()
    client.force_login(officer, BACKEND)
    client.post(f"/desk/roster/places/{here.community.pk}/move/", {"heir": second.pk})
    assert Person.objects.get().community == second


def test_people_go_where_their_houses_went(here: District) -> None:
    homes: list[Household] = []
    for number in (1, 2):
        building = places.add_building(community=here.community, name=f"{number}号楼", valid_from=FIRST_DAY, actor=None)
        homes.append(places.add_household(building=building, room="101", actor=None))
    living = [enter(here.community, name, household=home) for name, home in zip(("柳一", "柳二"), homes, strict=True)]
    shares = {homes[0].building_id: 0, homes[1].building_id: 1}
    made = divide(here, shares=shares)
    assert [Person.objects.get(pk=one.pk).community for one in living] == made


def test_an_officer_sees_nothing_of_places_where_all_went_along(here: District, officer: User) -> None:
    make_user(Role.COMMUNITY_WORKER, here.community)
    merge_both(here)
    assert (titles(officer), "留在原处" in page(officer, here.community)) == ([], False)


@pytest.mark.parametrize("many", [1, 30])
def test_the_task_takes_one_question_however_many_stayed(
    here: District, officer: User, many: int, django_assert_num_queries: Any
) -> None:
    for number in range(many):
        enter(here.community, f"柳{chr(0x4E00 + number)}")
    divide(here)
    actor = User.objects.get(pk=officer.pk)
    _known = actor.posts_in_force
    with django_assert_num_queries(1):
        found = list(find_left(actor))
    assert (len(found), timezone.localdate() >= DAY) == (1, True)

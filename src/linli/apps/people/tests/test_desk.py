"""The desk's front page: what waits, in which order; today's duties; the numbers of the reader's place."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.organizations import services as organizations
from linli.apps.organizations.tests.factories import make_facility, make_organization
from linli.apps.people import queries, services
from linli.apps.people.models import AbsenceKind, User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import District, make_district, make_houses
from linli.kernel.contributions import Task, TaskSource
from linli.kernel.publication import PublicationState
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def task(title: str, due: Any = None) -> Task:
    return Task(Ref("people.contact_card", new_key()), title, "/", "办", due=due)


def desk(user: User) -> Any:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/desk/")


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (NOW - timedelta(seconds=1), "overdue"),
        (NOW + timedelta(seconds=1), "today"),
        (NOW + timedelta(hours=7, minutes=59), "today"),
        (NOW + timedelta(hours=9), "later"),
        (date(2026, 11, 21), "overdue"),
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "later"),
        (None, "later"),
    ],
)
def test_it_groups_a_task_by_its_urgency(due: Any, group: str) -> None:
    assert [found.name for found in queries.by_urgency([task("一件事", due)], NOW)] == [group]


def test_it_folds_a_long_group_behind_its_count() -> None:
    [group] = queries.by_urgency([task(str(number)) for number in range(11)], NOW)
    assert (len(group.shown), len(group.folded)) == (8, 3)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 22), date(2026, 10, 22)),
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2026, 1, 1), date(2025, 12, 1)),
    ],
)
def test_it_compares_with_the_same_day_of_the_month_before(day: date, before: date) -> None:
    assert queries.a_month_before(day) == before


def test_it_says_what_would_stand_there_where_nothing_waits() -> None:
    page = desk(make_user(Role.STREET_OFFICER, make_district().street)).content.decode()
    assert ["没有等您办的事" in page, "今天没有安排" in page, 'class="task"' in page] == [True, True, False]


def test_it_offers_each_task_with_one_button_and_the_first_as_the_main_one() -> None:
    here = make_district()
    officer = make_user(Role.STREET_OFFICER, here.street)
    for _number in range(2):
        make_card(here.community, PublicationState.CHECKED)
    page = desk(officer).content.decode()
    assert [page.count('<li class="task">'), page.count("阅读并签发"), page.count("btn btn-main")] == [2, 2, 1]


def told(user: User) -> dict[str, tuple[str, str]]:
    return {number.name: (reading.written, reading.written_before) for number, reading in desk(user).context["numbers"]}


def test_it_counts_the_place_of_the_reader_against_a_month_before() -> None:
    here = make_district()
    today = timezone.localdate()
    gone = make_organization(here.community, "走了的协会")
    make_organization(here.community)
    make_organization(here.other_community, "别处的协会")
    organizations.end(gone, on=today, reason="注销", actor=None)
    make_facility(here.community)
    make_houses(here.community)
    make_card(here.community, PublicationState.PUBLIC)
    assert told(make_user(Role.COMMUNITY_WORKER, here.community)) == {
        "places.residents": ("4,500", "4,500"),
        "cards": ("1", ""),
        "places.estates": ("1", "1"),
        "organizations": ("1", "2"),
        "facilities": ("1", "1"),
    }


def test_it_opens_the_rows_of_every_number() -> None:
    here = make_district()
    make_houses(here.community)
    user = make_user(Role.COMMUNITY_WORKER, here.community)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    numbers = client.get("/desk/").context["numbers"]
    assert [client.get(reading.address).status_code for _number, reading in numbers] == [200] * 5


@pytest.fixture
def here() -> District:
    return make_district()


def test_it_names_the_place_nearest_to_the_reader(here: District) -> None:
    user = make_user(Role.STREET_OFFICER, here.street)
    services.give_post(
        user=user, role=Role.COMMUNITY_WORKER, place=here.community, started_on=date(2026, 1, 1), actor=None
    )
    assert desk(User.objects.get(pk=user.pk)).context["place"] == here.community


def duties(user: User) -> list[str]:
    return [line["text"] for part in desk(user).context["duties"] for line in part["context"]["lines"]]


def test_it_tells_who_acts_for_whom_today(here: District) -> None:
    today = timezone.localdate()
    holder = make_user(Role.STREET_OFFICER, here.street, name="王建")
    deputy = make_user(Role.STREET_OFFICER, here.street, name="李明")
    post = holder.posts.get()
    services.name_substitute(post, deputy=deputy, valid_from=today, actor=None)
    services.enter_absence(user=holder, kind=AbsenceKind.LEAVE, first_day=today, last_day=today, actor=None)
    assert [duties(holder), duties(deputy)] == [
        [f"您今天不在岗，由李明代理{post}"],
        [f"您今天代理{post}"],
    ]


def test_it_tells_that_a_term_ends_within_the_month(here: District) -> None:
    user = make_user(Role.COMMUNITY_SECRETARY, here.community)
    user.posts.update(term_ends_on=timezone.localdate() + timedelta(days=31))
    before = duties(user)
    user.posts.update(term_ends_on=timezone.localdate() + timedelta(days=30))
    assert (before, duties(user)) == ([], ["槐荫社区 社区书记"])


def test_it_asks_the_database_as_often_with_many_tasks_as_with_one(
    here: District, django_assert_num_queries: Any
) -> None:
    user = make_user(Role.STREET_OFFICER, here.street)
    make_card(here.community, PublicationState.CHECKED)
    make_houses(here.community)
    desk(user)  # the first page of a session notes when it was last used
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/desk/")
    with django_assert_num_queries(44):
        client.get("/desk/")
    for _number in range(12):
        make_card(here.community, PublicationState.CHECKED)
    with django_assert_num_queries(44):
        assert len(client.get("/desk/").context["groups"][0].folded) == 5


def test_danger_stands_before_what_is_longer_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    old, danger = task("旧事", NOW - timedelta(days=9)), replace(task("危险", NOW), urgent=True)
    source = TaskSource("test.tasks", lambda _actor: [old, danger], lambda *_given: 0)
    monkeypatch.setattr("linli.apps.people.queries.home.contributions", lambda _kind: [source])
    assert queries.tasks_of(User()) == [danger, old]

"""A place goes into another: what sits there goes along; what would meet a namesake waits for the officer."""

from datetime import date

import pytest
from django.test import Client

from linli.apps.organizations import services
from linli.apps.organizations.contributions.left import find_left
from linli.apps.organizations.tests.factories import make_facility, make_organization
from linli.apps.organizations.tests.party_factories import make_party
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places import services as places
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit import timeline
from linli.kernel.jobs.worker import run_waiting
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


def merge(here: District) -> Place:
    heir = places.merge([here.community], into=here.other_community, on=DAY, actor=None)
    run_waiting()
    return heir


def test_what_sits_there_goes_along_each_with_a_record_of_its_own(here: District) -> None:
    rows = [make_organization(here.community), make_party(here.community), make_facility(here.community)]
    heir = merge(here)
    for row in rows:
        row.refresh_from_db()
    assert [row.place for row in rows] == [heir, heir, heir]
    told = [list(timeline(ref_of(row)))[-1] for row in rows]
    assert [entry.title for entry in told] == ["随所在地并入"] * 3
    assert dict(told[0].facts) == {"原地点": "槐荫社区", "新地点": "南里社区", "日期": "2026-06-01"}


def test_one_that_went_along_wrongly_is_put_right_by_correcting_its_seat(here: District, officer: User) -> None:
    row = make_organization(here.community)
    merge(here)
    row.refresh_from_db()
    services.correct(row, seen=row.version, actor=officer, place=here.street)
    row.refresh_from_db()
    assert row.place == here.street


def test_one_with_a_namesake_at_the_successor_waits_for_the_officer(
    here: District, officer: User, client: Client
) -> None:
    row = make_organization(here.community, "百花艺术团")
    make_organization(here.other_community, "百花艺术团")
    merge(here)
    row.refresh_from_db()
    assert row.place == here.community
    assert [task.title for task in find_left(officer)] == ["槐荫社区已撤销，还有组织留在原处"]
    client.force_login(officer, "django.contrib.auth.backends.ModelBackend")
    page = client.get(f"/desk/places/{here.community.pk}/").content.decode()
    assert f'href="/desk/organizations/{row.pk}/edit/"' in page


def test_an_organization_that_ended_before_stays_in_its_history(here: District) -> None:
    row = make_organization(here.community)
    services.end(row, on=DAY, reason="注销", actor=None)
    merge(here)
    row.refresh_from_db()
    assert row.place == here.community

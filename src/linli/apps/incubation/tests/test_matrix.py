"""Who works at which unit for which project; the center's register with the pot; sessions with those who came."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from linli.apps.activities.services import SheetLine, Times, plan, take_sheet
from linli.apps.activities.services import publish as announce
from linli.apps.incubation import queries, services
from linli.apps.incubation.tests.factories import make_member
from linli.apps.ledger.tests.factories import make_commitment, make_fund
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.projects.tests.factories import make_project
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def club(here: District) -> Organization:
    return make_member(here.street)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


def page(user: User, address: str) -> str:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).content.decode()


def test_a_unit_of_a_project_is_with_one_organization(here: District, club: Organization, officer: User) -> None:
    project, other = make_project(here.community, club), make_member(here.street, "清河助老社")
    task = services.take_unit(project, organization=club, unit=here.grid, since=MARCH, actor=officer)
    with pytest.raises(Conflict):
        services.take_unit(project, organization=other, unit=here.grid, since=APRIL, actor=officer)
    with pytest.raises(Refusal):
        services.take_unit(project, organization=other, unit=here.street, since=APRIL, actor=officer)
    services.take_unit(project, organization=other, unit=here.other_community, since=MARCH, actor=officer)
    found = [(row.project, row.organization, row.community, row.unit) for row in queries.tasks(officer, APRIL)]
    assert sorted(map(str, found)) == sorted(
        map(str, [
            (project, club, here.community, here.grid),
            (project, other, here.other_community, here.other_community),
        ])
    )  # fmt: skip
    services.leave_unit(task, on=APRIL, actor=officer)
    services.take_unit(project, organization=other, unit=here.grid, since=APRIL, actor=officer)
    assert {row.organization for row in queries.tasks(officer, APRIL)} == {other}


def test_the_register_tells_what_is_left_of_the_years_money(here: District, officer: User) -> None:
    make_commitment(make_fund(here.street, 2_000_000), 300_000)
    services.open_center(here.street, name="服务中心", opened_on=MARCH, actor=officer)
    shown = page(officer, "/desk/incubation/center/centers/?year=2026")
    assert ("1,700,000.00" in shown, "2,000,000.00" in shown) == (True, True)


def test_sessions_count_those_who_signed_in_and_series_are_told(here: District, officer: User) -> None:
    starts = datetime(2026, 3, 12, 6, tzinfo=UTC)
    for series in ("邻里公益课堂", "领航论坛"):
        course = services.plan_training(
            here.street, year=2026, month=3, title=f"{series}第一讲", series=series, audience="社会组织", sessions=1,
            person_times=2, actor=officer,
        )  # fmt: skip
        about, times = ref_of(course), [Times(starts, starts.replace(hour=8))]
        held = plan(title=course.title, kind="training", place=here.street, times=times, subject=about, actor=None)
        announce(held, actor=None)
        lines = [SheetLine("张三", "1234"), SheetLine("李四", "5678")]
        take_sheet(held.occurrences.get(), lines=lines, actor=None, at=starts.replace(hour=9))
        held.occurrences.update(state="held")
    found = [(one.training.series, one.sessions, one.person_times) for one in queries.training(officer, 2026)]
    assert found == [("邻里公益课堂", 1, 2), ("领航论坛", 1, 2)]

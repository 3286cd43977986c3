"""New names, legal persons, pauses and ends: before the day, on it and after."""

from datetime import date, timedelta

import pytest
from django.db import connection

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import FormerName, LegalPerson, Organization, OrganizationKind, OrganizationStatus
from linli.apps.organizations.services.organization import Overtaken
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel import search
from linli.kernel.audit import timeline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 1)
ONE = timedelta(days=1)


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture
def agency(here: District) -> Organization:
    return make_organization(here.street)


def test_a_former_name_counts_until_the_day_before(agency: Organization, officer: User) -> None:
    services.rename(agency, name="暖邻社区服务中心", on=DAY, actor=officer)
    assert [queries.name_on(agency, day) for day in (DAY - ONE, DAY, DAY + ONE)] == [
        "暖邻社会工作服务中心",
        "暖邻社区服务中心",
        "暖邻社区服务中心",
    ]
    assert list(FormerName.objects.values_list("name", "valid_from", "valid_to")) == [
        ("暖邻社会工作服务中心", FIRST_DAY, DAY)
    ]
    assert [one.label for one in search.find("社区服务", actor=officer)] == ["暖邻社区服务中心"]


@pytest.mark.parametrize(
    ("name", "on"),
    [
        ("暖邻社会工作服务中心", DAY),
        ("", DAY),
        ("新名", FIRST_DAY),
        ("新名", date(2199, 1, 1)),
        ("别的组织", DAY),
    ],
    ids=["same", "empty", "too early", "ahead", "taken"],
)
def test_a_name_that_cannot_be_is_refused(agency: Organization, here: District, name: str, on: date) -> None:
    make_organization(here.street, "别的组织")
    with pytest.raises(Refusal):
        services.rename(agency, name=name, on=on, actor=None)
    agency.refresh_from_db()
    assert (agency.name, FormerName.objects.count()) == ("暖邻社会工作服务中心", 0)


def test_a_legal_person_is_sealed_masked_and_dated(agency: Organization, officer: User) -> None:
    services.set_legal_person(agency, name="张晓明", on=DAY, source="登记证书", actor=officer)
    services.set_legal_person(agency, name="李玉华", on=DAY + 2 * ONE, source="变更登记", actor=officer)
    shown = [queries.legal_person_of(agency, day) for day in (DAY - ONE, DAY, DAY + ONE, DAY + 2 * ONE)]
    assert [str(row.name) if row else None for row in shown] == [None, "张*", "张*", "李*"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM organizations_legalperson")
        stored = [row[0] for row in cursor.fetchall()]
    told = [entry.facts for entry in timeline(ref_of(agency)) if entry.row.action.endswith("legal_person")]
    assert [one for one in (*stored, *map(str, told)) if "晓明" in one or "玉华" in one] == []
    assert (len(stored), len(told)) == (2, 2)


def test_it_is_found_by_its_legal_person_on_a_day(agency: Organization, officer: User) -> None:
    services.set_legal_person(agency, name="张晓明", on=DAY, source="登记证书", actor=officer)
    found = [list(queries.with_legal_person(" 张晓明 ", day)) for day in (DAY - ONE, DAY)]
    assert found == [[], [agency]]


def test_a_team_has_no_legal_person(here: District) -> None:
    team = make_organization(here.community, "书画队", OrganizationKind.RESIDENT_TEAM)
    with pytest.raises(Refusal):
        services.set_legal_person(team, name="张晓明", on=DAY, source="证书", actor=None)
    assert LegalPerson.objects.count() == 0


def test_it_is_suspended_taken_up_again_and_ended(agency: Organization, officer: User) -> None:
    services.suspend(agency, on=DAY, reason="场地装修", actor=officer)
    services.resume(agency, on=DAY + 5 * ONE, reason="装修完成", actor=officer)
    services.end(agency, on=DAY + 9 * ONE, reason="注销登记", actor=officer)
    days = [FIRST_DAY - ONE, FIRST_DAY, DAY - ONE, DAY, DAY + 4 * ONE, DAY + 5 * ONE, DAY + 8 * ONE, DAY + 9 * ONE]
    active, suspended, ended = OrganizationStatus.ACTIVE, OrganizationStatus.SUSPENDED, OrganizationStatus.ENDED
    assert [queries.status_on(agency, day) for day in days] == [
        None, active, active, suspended, suspended, active, active, ended,
    ]  # fmt: skip
    assert (agency.status, agency.valid_to, list(queries.in_force(DAY + 9 * ONE))) == ("ended", DAY + 9 * ONE, [])


def test_what_does_not_fit_its_status_is_a_conflict(agency: Organization) -> None:
    with pytest.raises(Conflict):
        services.resume(agency, on=DAY, reason="恢复", actor=None)
    services.end(agency, on=DAY, reason="注销登记", actor=None)
    for verb in (services.suspend, services.resume, services.end):
        with pytest.raises(Conflict):
            verb(agency, on=DAY + ONE, reason="再来", actor=None)
    assert agency.suspensions.count() == 0


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_pause_and_an_end_say_why(agency: Organization, reason: str) -> None:
    for verb in (services.suspend, services.end):
        with pytest.raises(Refusal):
            verb(agency, on=DAY, reason=reason, actor=None)
    agency.refresh_from_db()
    assert agency.status == OrganizationStatus.ACTIVE


def test_two_people_correct_it_and_the_second_is_told(agency: Organization, officer: User) -> None:
    services.correct(agency, seen=0, actor=officer, short_name="暖邻")
    with pytest.raises(Overtaken):
        services.correct(agency, seen=0, actor=officer, short_name="暖心")
    agency.refresh_from_db()
    assert (agency.short_name, agency.version) == ("暖邻", 1)


def test_it_keeps_a_mobile_number_off_the_office_line(agency: Organization) -> None:
    with pytest.raises(Refusal) as refused:
        services.correct(agency, seen=0, actor=None, office_phone="13800001234")
    assert refused.value.field == "office_phone"


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"founded_on": DAY, "registered_on": DAY - ONE}, "registered_on"),
        ({"member_count": 12, "member_count_on": DAY}, "member_count"),
    ],
)
def test_it_refuses_what_does_not_go_together(agency: Organization, columns: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.correct(agency, seen=0, actor=None, **columns)
    assert refused.value.field == field


def test_a_manager_corrects_only_the_contact_lines_of_his_own(agency: Organization, here: District) -> None:
    other = make_organization(here.street, "别的组织")
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=agency)
    services.correct_contact(agency, seen=0, actor=manager, office_phone="010-62880011", short_name="不改")
    for refused in (
        lambda: services.correct(agency, seen=1, actor=manager, short_name="暖邻"),
        lambda: services.correct_contact(other, seen=0, actor=manager, office_phone="010-62880012"),
        lambda: services.rename(agency, name="新名", on=DAY, actor=manager),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert (agency.office_phone, agency.short_name, agency.version) == ("010-62880011", "", 1)


def test_a_seat_moves_only_to_where_the_actor_reaches(agency: Organization, officer: User, here: District) -> None:
    services.correct(agency, seen=0, actor=officer, place=here.community)
    with pytest.raises(NotAllowed):
        services.correct(agency, seen=1, actor=officer, place=here.neighbour_community)
    agency.refresh_from_db()
    assert agency.place == here.community

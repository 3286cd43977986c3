"""The pages of the center: every table empty and filled, as a workbook, with a count of queries that does not grow."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.apps.agreements.tests.factories import make_agreement
from linli.apps.incubation import services
from linli.apps.incubation.models import Center, DeskStay, PlannedTraining, SupportCase
from linli.apps.incubation.tests.factories import make_member
from linli.apps.incubation.views.more_registers import REGISTERS
from linli.apps.organizations.models import Organization
from linli.apps.organizations.services import assign_instructor, tick
from linli.apps.organizations.tests.factories import make_agency
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.pages]
HERE = "/desk/incubation/center/"
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture(scope="module")
def club(here: District) -> Organization:
    return make_member(here.street)


def sent(user: User, address: str, **data: object) -> int:
    return client_of(user).post(address, data).status_code


@pytest.mark.parametrize("name", sorted(REGISTERS))
def test_an_empty_table_says_what_to_do(here: District, officer: User, name: str) -> None:
    assert page(officer, f"{HERE}{name}/").count('class="empty-state"') == 1


def test_a_center_is_furnished_and_a_desk_given_through_the_doors(
    here: District, officer: User, club: Organization
) -> None:
    made = sent(officer, f"{HERE}add/center/", place=here.street.pk, name="服务中心", opened_on="2026-01-05")
    center = Center.objects.get()
    desks = sent(officer, f"{HERE}add/desks/", center=center.pk, numbers="A1、A2\nA3")
    desk = center.desks.get(number="A2")
    file = f"/desk/incubation/center/files/{club.pk}/"
    given = sent(officer, f"{file}do/desk/", desk=desk.pk, since="2026-03-01")
    again = sent(officer, f"{file}do/desk/", desk=desk.pk, since="2026-03-02")
    assert (made, desks, given, again) == (302, 302, 302, 422)
    about = f"subject=organizations.organization:{club.pk}&amp;grounds=organizations.organization:{club.pk}"
    made_of = make_agreement(here.street, subject=ref_of(club), contractor=club, title="入驻协议")
    shown = page(officer, file)
    assert [text in shown for text in ("服务中心 A2", about, str(made_of.pk))] == [True, True, True]
    address = shown.split('href="/desk/agreements/new/')[1].split('"')[0].replace("&amp;", "&")
    assert club.name in page(officer, f"/desk/agreements/new/{address}")
    stay = DeskStay.objects.get()
    assert sent(officer, f"{HERE}rows/stay/{stay.pk}/free/", on="2026-04-01") == 302


def test_bookkeeping_is_entered_through_the_doors(here: District, officer: User, club: Organization) -> None:
    file = f"/desk/incubation/center/files/{club.pk}/"
    data = {"service": "finance", "title": "财务代账", "opened_on": "2026-03-01"}
    assert sent(officer, f"{file}do/case/", **data) == 422
    assert sent(officer, f"{file}do/case/", agency=make_agency(here.street).pk, **data) == 302
    case = SupportCase.objects.get()
    month = {"month": "2026-03", "state": "booked", "on": "2026-04-08", "note": ""}
    assert sent(officer, f"{HERE}rows/case/{case.pk}/book/", **month) == 302
    assert "已记账" in page(officer, f"{HERE}books/?month=2026-03")
    assert "待交票据" in page(officer, f"{HERE}books/?month=2026-04")


def test_a_course_is_planned_and_its_sessions_lead_to_activities(here: District, officer: User) -> None:
    data = {"year": 2026, "month": 5, "title": "财务入门", "series": "领航论坛", "audience": "会计", "sessions": 4}
    assert sent(officer, f"{HERE}add/training/", street=here.street.pk, person_times=120, **data) == 302
    shown = page(officer, f"{HERE}training/?year=2026")
    assert f"subject=incubation.training:{PlannedTraining.objects.get().pk}" in shown


def test_whoever_speaks_for_it_reads_its_file_and_types_figures(here: District, club: Organization) -> None:
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=club)
    file = f"/desk/incubation/center/files/{club.pk}/"
    typed = sent(manager, f"{file}do/figure/", kind="staff", on="2026-03-01", count=7, source="花名册")
    other = make_member(here.street, "别家协会")
    client = client_of(manager)
    assert (typed, client.get(file).status_code) == (302, 200)
    assert client.get(f"/desk/incubation/center/files/{other.pk}/").status_code == 404
    assert client.get(HERE).status_code == 403


def test_coverage_of_the_members_is_told_on_any_day(here: District, officer: User, club: Organization) -> None:
    assign_instructor(club, on=APRIL, source="批复", actor=None)
    before, after = (page(officer, f"{HERE}?on={day}") for day in ("2026-03-31", "2026-04-01"))
    assert (before.count("form=instructor&amp;on="), after.count("form=instructor&amp;on=")) == (1, 1)
    told = [text.split("form=instructor")[1].split(">")[1].split("<")[0] for text in (before, after)]
    assert told == ["0", "1"]


def test_lists_are_told_item_by_item_and_leave_as_a_workbook(here: District, officer: User, club: Organization) -> None:
    for item in ("venue", "sign", "flag"):
        tick(club, checklist="six_haves", item=item, on=MARCH, link="https://example.org/a.jpg", actor=None)
    tick(club, checklist="four_builds", item="team", on=MARCH, link="https://example.org/b.jpg", actor=None)
    answer = client_of(officer).get(f"{HERE}checklists/export/")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file
    rows = list(load_workbook(BytesIO(body)).active.iter_rows(values_only=True))
    last = rows[-1]
    assert (last[0], last[1], last.count("✓")) == (club.name, "3/6", 4)


QUERIES = {
    "members": 9, "desks": 5, "support": 4, "books": 5, "training": 4, "growth": 5, "checklists": 8, "pipeline": 4,
    "inactive": 5, "matrix": 4, "centers": 7,
}  # fmt: skip


@pytest.mark.parametrize("more", [0, 5])
def test_every_table_asks_the_same_for_few_and_many(here: District, officer: User, more: int) -> None:
    center = services.open_center(here.street, name="中心", opened_on=MARCH, actor=None)
    agency = make_agency(here.street)
    for number in range(1 + more):
        one = make_member(here.street, f"第{number}服务队")
        (desk,) = services.add_desks(center, numbers=[str(number)], actor=None)
        services.give_desk(desk, organization=one, since=MARCH, actor=None)
        services.open_case(one, service="finance", title="代账", opened_on=MARCH, agency=agency, actor=None)
        services.type_figure(one, kind="staff", on=MARCH, count=3, source="花名册", actor=None)
        services.reach_stage(one, stage="coached", on=MARCH, actor=None)
    client = client_of(officer)
    client.get(HERE)
    asked = {}
    for name in QUERIES:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{HERE}{name}/?on=2026-04-02&month=2026-03").status_code == 200
        asked[name] = len(queries)
    assert asked == QUERIES

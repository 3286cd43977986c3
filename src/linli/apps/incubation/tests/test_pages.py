"""The pages of the center: a month opened, rated, shown, stated to, published through the doors; the story told."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.apps.incubation.models import ExitCase, MonthSheet, MonthWarning
from linli.apps.incubation.rubric import SHEET
from linli.apps.incubation.tests.factories import make_member, rated, settled
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
HERE = "/desk/incubation/"
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


def client_of(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def club(here: District) -> Organization:
    return make_member(here.street)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street)


@pytest.fixture(scope="module")
def manager(club: Organization) -> User:
    return make_user(Role.ORGANIZATION_MANAGER, organization=club)


def page(user: User, address: str) -> str:
    answer = client_of(user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_month_is_opened_rated_and_shown(club: Organization, officer: User, manager: User) -> None:
    client = client_of(officer)
    assert client.post(f"{HERE}open/?month=2026-03").status_code == 302
    sheet = MonthSheet.objects.get()
    assert page(officer, f"{HERE}?month=2026-03").count(str(sheet.pk)) == 1
    given = {f"mark_{one.code}": str(one.top) for one in SHEET} | {f"reason_{one.code}": "核对" for one in SHEET}
    assert client.post(f"{HERE}sheets/{sheet.pk}/do/rate/", given).status_code == 302
    assert client_of(manager).get(f"{HERE}sheets/{sheet.pk}/").status_code == 404
    assert client.post(f"{HERE}sheets/{sheet.pk}/do/show/").status_code == 302
    address = f"{HERE}sheets/{sheet.pk}/do/state/"
    assert client_of(manager).post(address, {"text": "没有异议。"}).status_code == 302
    assert client.post(f"{HERE}sheets/{sheet.pk}/do/publish/").status_code == 302
    sheet.refresh_from_db()
    assert (sheet.total, sheet.state, sheet.statement) == (D(10), "published", "没有异议。")


def test_a_refusal_keeps_what_was_typed(club: Organization, officer: User) -> None:
    sheet = rated(club, MARCH, "8", officer)
    answer = client_of(officer).post(f"{HERE}sheets/{sheet.pk}/do/rate/", {"mark_plan": "0.4", "reason_plan": ""})
    assert answer.status_code == 422
    assert 'value="0.4"' in answer.content.decode()


def test_raters_are_named_to_staff_alone(club: Organization, officer: User, manager: User) -> None:
    sheet = settled(club, MARCH, "8", officer)
    address = f"{HERE}sheets/{sheet.pk}/"
    assert (officer.name in page(officer, address), officer.name in page(manager, address)) == (True, False)


def test_the_story_leads_from_three_months_to_the_letter(
    here: District, club: Organization, officer: User, manager: User
) -> None:
    for month in (MARCH, APRIL, MAY):
        settled(club, month, "5", officer)
    case, address = ExitCase.objects.get(), f"{HERE}organizations/{club.pk}/"
    assert "连续第3个月" in page(officer, address)
    assert str(case.pk) not in page(manager, address)
    assert client_of(officer).post(f"{HERE}exits/{case.pk}/do/tell/").status_code == 302
    assert str(case.pk) in page(manager, address)
    warning = MonthWarning.objects.filter(number=1).get()
    said = {"text": "三月人员变动。"}
    assert client_of(manager).post(f"{HERE}warnings/{warning.pk}/hear/", said).status_code == 302
    assert client_of(manager).post(f"{HERE}exits/{case.pk}/do/decide/", {"reason": "无"}).status_code == 403
    early = client_of(make_user(Role.LEADER, here.street)).post(f"{HERE}exits/{case.pk}/do/decide/", {"reason": "低"})
    assert early.status_code == 422


@pytest.mark.parametrize("more", [0, 6])
def test_the_board_asks_the_same_for_few_and_many(here: District, club: Organization, officer: User, more: int) -> None:
    for number in range(more):
        rated(make_member(here.street, f"第{number}服务队"), MARCH, "7", officer)
    rated(club, MARCH, "8", officer)
    client = client_of(officer)
    client.get(f"{HERE}?month=2026-03")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{HERE}?month=2026-03").status_code == 200
    assert len(asked) == 6

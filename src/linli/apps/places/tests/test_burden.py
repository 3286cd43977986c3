"""The burden page: real forms and records by community and month, the month before beside them; also as a sheet."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from linli.apps.activities.forms.planning import PlanForm
from linli.apps.activities.models import Activity
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.queries.burden import Asked, Month, asked_of, total_of
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.contributions import AskedForm, contributions
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
MAY = Month(date(2026, 5, 1))
PLAN = "计划活动"


@pytest.fixture
def here() -> District:
    return make_district()


def planned(place: Place, by: User, *days: int, month: int = 5) -> None:
    """Activities a community planned on days of a month of 2026."""
    for day in days:
        Activity.objects.create(
            place=place, title="理发", kind="other", planned_by=by.pk, state="planned",
            planned_at=datetime(2026, month, day, 1, tzinfo=UTC),
        )  # fmt: skip


def plans(found: list[Asked]) -> Asked:
    return next(one for one in found if str(one.title) == PLAN)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_month_begins_and_ends_at_midnight_here() -> None:
    assert (MAY.word, MAY.before.word, MAY.after.word) == ("2026-05", "2026-04", "2026-06")
    assert Month(date(2026, 1, 1)).before.first == date(2025, 12, 1)
    assert MAY.begins.isoformat() == "2026-05-01T00:00:00+08:00"


def test_fields_are_those_of_the_form_and_times_those_of_the_month(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    planned(here.community, worker, 1, 2, 31)
    planned(here.community, worker, 30, month=4)
    planned(here.community, worker, 1, month=6)
    visible = [one for one in PlanForm.base_fields.values() if not one.widget.is_hidden]
    found = plans(asked_of([here.community.pk], MAY))
    assert (found.fields, found.required) == (len(visible), sum(one.required for one in visible))
    assert (found.times, found.times_before) == (3, 1)
    assert (found.filled, found.filled_before) == (3 * len(visible), len(visible))


def test_what_another_community_did_does_not_count(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    planned(here.street, worker, 3)
    planned(here.community, worker, 4)
    assert plans(asked_of([here.community.pk], MAY)).times == 1
    assert plans(asked_of([], MAY)).times == 0


def test_every_form_asked_can_be_counted_and_speaks_of_no_person() -> None:
    forms = contributions(AskedForm)
    assert len(forms) >= 9
    for asked in forms:
        assert all(form.base_fields for form in asked.forms())
    found = asked_of([], MAY)
    total = total_of(found)
    assert (total.times, total.photos, total.fields) == (0, 0, sum(one.fields for one in found))


def test_it_asks_the_database_as_often_for_one_community_as_for_many(here: District) -> None:
    counted = []
    for communities in ([here.community.pk], [here.community.pk, here.street.pk, here.district.pk]):
        with CaptureQueriesContext(connection) as seen:
            asked_of(communities, MAY)
        counted.append(len(seen))
    assert counted[0] == counted[1] < 24


def test_the_community_and_the_street_read_the_same_page(here: District) -> None:
    worker, officer = make_user(Role.COMMUNITY_WORKER, here.community), make_user(Role.STREET_OFFICER, here.street)
    planned(here.community, worker, 4, 5)
    planned(here.community, worker, 5, month=4)
    pages = [client_of(user).get("/desk/burden/?month=2026-05").content.decode() for user in (worker, officer)]
    assert [('2 <span class="muted">(1)</span>' in page, PLAN in page) for page in pages] == [(True, True)] * 2


def test_it_comes_as_a_workbook_with_a_total(here: District) -> None:
    worker = make_user(Role.COMMUNITY_SECRETARY, here.community)
    planned(here.community, worker, 4)
    answer: Any = client_of(worker).get("/desk/burden/export/?month=2026-05")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("类别", "表单", "填写项", "其中必填", "本月填写次数")
    assert (rows[-1][1], rows[-1][4]) == ("合计", 1)


@pytest.mark.parametrize("asked", ["month=2026-13", "month=heute", "community=1", f"community={'0' * 32}"])
def test_an_address_that_asks_for_nothing_there_is_not_found(here: District, asked: str) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street)
    assert client_of(officer).get(f"/desk/burden/?{asked}").status_code == 404


def test_a_month_to_come_is_empty(here: District) -> None:
    later = Month((timezone.localdate() + timedelta(days=62)).replace(day=1))
    assert total_of(asked_of([here.community.pk], later)).times == 0

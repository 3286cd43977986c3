"""Pages and files about people: marked with who reads them, asked for with a reason."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
FILES = ("/desk/posts/export/", "/desk/accounts/export/", "/desk/absences/export/", "/desk/handovers/export/")


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def admin(here: District) -> Client:
    client = Client()
    user = make_user(Role.SYSTEM_ADMINISTRATOR, here.district, name="赵某", username="zhaomou")
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def taken() -> list[AuditRow]:
    return list(AuditRow.objects.filter(action="privacy.file.take"))


def test_a_page_about_people_names_its_reader_lightly_and_to_no_screen_reader(admin: Client) -> None:
    page = admin.get("/desk/accounts/").content.decode()
    mark = page[page.index('<svg class="watermark"') :]
    assert mark.startswith('<svg class="watermark" aria-hidden="true" focusable="false">')
    assert "赵某 zhaomou 20" in mark
    assert page.count('class="watermark"') == 1


@pytest.mark.parametrize("address", ["/desk/settings/", "/desk/calendar/", "/"])
def test_a_page_about_nobody_carries_none(admin: Client, address: str) -> None:
    assert "watermark" not in admin.get(address).content.decode()


@pytest.mark.parametrize("address", FILES)
def test_a_file_about_people_is_asked_for_before_it_comes(admin: Client, address: str) -> None:
    page = admin.get(address)
    assert (page.status_code, page["Content-Type"], taken()) == (200, "text/html; charset=utf-8", [])
    assert 'name="_take_because"' in page.content.decode()


def test_the_file_comes_for_a_reason_marked_and_on_record(admin: Client) -> None:
    answer: Any = admin.post("/desk/accounts/export/?q=zhaomou", {"_take_because": "年度账号核对"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[0] for row in rows[:2]] == ["用户名", "zhaomou"]
    assert str(rows[2][0]).endswith("用途：年度账号核对")
    assert len(taken()) == 1


def test_too_short_a_reason_is_refused_in_words(admin: Client) -> None:
    answer = admin.post("/desk/accounts/export/", {"_take_because": "用"})
    assert (answer.status_code, "不少于四个字" in answer.content.decode(), taken()) == (409, True, [])


def test_a_strangers_page_cannot_have_it_taken(here: District) -> None:
    user = make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user, "django.contrib.auth.backends.ModelBackend")
    assert strict.post("/desk/accounts/export/", {"_take_because": "年度账号核对"}).status_code == 403
    assert taken() == []


def test_who_may_not_have_the_file_is_not_asked(here: District) -> None:
    client = Client()
    client.force_login(make_user(Role.COMMUNITY_WORKER, here.community), "django.contrib.auth.backends.ModelBackend")
    assert client.get("/desk/accounts/export/").status_code == 403
    assert client.post("/desk/accounts/export/", {"_take_because": "年度账号核对"}).status_code == 403

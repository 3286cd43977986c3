"""Lists as workbooks: what the page's filters keep, Chinese headings, no telephone, as many questions for many rows."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.apps.people import services
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.models import SafetyKind
from linli.apps.places.services import register_equipment
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LISTS = ("posts", "accounts", "absences", "handovers", "cards", "data-requests", "consents", "assessments", "incidents")


@pytest.fixture
def here() -> District:
    return make_district()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, BACKEND)
    return client


def rows_of(client: Client, address: str) -> list[tuple[Any, ...]]:
    """The rows of a workbook, fetched with a reason; without the line that says who took it."""
    answer: Any = client.post(address, {"_take_because": "核对名单"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    return rows[:-1] if str(rows[-1][0]).startswith("含个人信息") else rows


def test_posts_go_out_as_the_filters_keep_them_and_without_telephones(here: District) -> None:
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
    worker = make_user(Role.COMMUNITY_WORKER, here.community, name="林某")
    services.correct_account(worker, name=None, email=None, phone="13812340009", actor=None)
    rows = rows_of(browser(admin), "/desk/posts/export/?role=community_worker")
    assert rows[0] == ("岗位", "姓名", "任职地点或单位", "开始日期", "任期至", "结束日期")
    assert [(name, str(where)) for _role, name, where, *_days in rows[1:]] == [("林某", "槐荫社区")]


def test_accounts_go_out_with_their_open_posts(here: District) -> None:
    admin = make_user(Role.SYSTEM_ADMINISTRATOR, here.district)
    make_user(Role.COMMUNITY_WORKER, here.community, name="林某", username="linmou")
    rows = rows_of(browser(admin), "/desk/accounts/export/?q=linmou")
    assert rows[1:] == [("linmou", "林某", "槐荫社区 社区工作者", "使用中")]


def test_absences_go_out_without_their_kind(here: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, here.community, name="林某")
    services.enter_absence(worker, first_day=date(2999, 3, 1), last_day=date(2999, 3, 2), kind="leave", actor=None)
    rows = rows_of(browser(worker), "/desk/absences/export/")
    assert [(row[0], row[3]) for row in rows[1:]] == [("林某", "未开始")]


def test_handovers_name_all_three(here: District) -> None:
    people = [make_user(Role.COMMUNITY_WORKER, here.community, name=f"林{side}") for side in ("甲", "乙", "丙")]
    services.draw_up_handover(people[0].posts.get(), taker=people[1], witness=people[2], actor=people[0])
    rows = rows_of(browser(people[0]), "/desk/handovers/export/")
    assert [row[1:5] for row in rows[1:]] == [("林甲", "林乙", "林丙", "已起草")]


def test_equipment_goes_out_of_a_place_and_all_below_it(here: District) -> None:
    register_equipment(
        place=here.community, kind=SafetyKind.CAMERA, count=3, notice_at="东门", notice_on=FIRST_DAY, actor=None
    )
    officer = make_user(Role.STREET_OFFICER, here.street)
    rows = rows_of(browser(officer), f"/desk/places/{here.street.pk}/equipment/export/")
    assert [(row[0], row[2], row[3]) for row in rows[1:]] == [("槐荫社区", 3, "东门")]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_and_register_goes_out_with_its_headings(here: District, name: str) -> None:
    roles = {"posts": Role.SYSTEM_ADMINISTRATOR, "accounts": Role.SYSTEM_ADMINISTRATOR}
    registers = {"consents", "assessments", "incidents"}
    role = Role.SECURITY_ADMINISTRATOR if name in registers else roles.get(name, Role.STREET_OFFICER)
    where = here.street if role == Role.STREET_OFFICER else here.district
    heading = rows_of(browser(make_user(role, where)), f"/desk/{name}/export/")[0]
    assert all(isinstance(word, str) and "一" <= word[0] <= "龥" for word in heading)


def test_many_rows_take_as_many_questions_as_one(here: District) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street)
    client = browser(officer)
    author = make_user(Role.COMMUNITY_WORKER, here.community)
    counted = []
    for many in (1, 20):
        for _number in range(many):
            make_card(here.community, author=author)
        client.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            rows = rows_of(client, "/desk/cards/export/")
        counted.append((len(asked), len(rows)))
    assert [rows for _asked, rows in counted] == [2, 22]
    assert counted[0][0] == counted[1][0]

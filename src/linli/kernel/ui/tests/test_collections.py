"""Collections by pages alone: opened, handed in, read, accepted; the board; who sees what."""

import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.playground.forms import BENCHES
from tests.playground.models import Shop

from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Level
from linli.apps.places.tests.factories import make_district, make_place
from linli.kernel.scope import Role
from linli.kernel.slips.codes import show
from linli.kernel.tables import collecting
from linli.kernel.tables.bound import write_docx
from linli.kernel.tables.collecting import Collection, CollectionUnit, UnitState

pytestmark = pytest.mark.django_db
HOME = "/desk/collections/"
LATER = timezone.now() + timedelta(days=7)


@pytest.fixture(scope="module")
def house(module_db: None) -> SimpleNamespace:
    """An officer and a worker at their browsers, and an open collection."""
    area = make_district()
    officer, worker = make_user(Role.STREET_OFFICER, area.street), make_user(Role.COMMUNITY_WORKER, area.community)
    opened = collecting.open_collection(
        "playground.benches", title="座椅清点", place=area.street.pk, due_at=LATER, actor=officer
    )
    desk, there = Client(), Client()
    desk.force_login(officer)
    there.force_login(worker)
    unit = CollectionUnit.objects.get(collection=opened, place_id=area.community.pk)
    return SimpleNamespace(area=area, desk=desk, there=there, collection=opened, unit=unit)


@pytest.fixture
def unit(house: Any) -> CollectionUnit:
    return CollectionUnit.objects.select_related("collection").get(pk=house.unit.pk)


def page_of(unit: CollectionUnit) -> str:
    return f"{HOME}units/{unit.pk}/"


def given(unit: CollectionUnit, name: str = "表.docx", **values: Any) -> dict[str, Any]:
    body = write_docx(BENCHES, code=show(unit.code), values={"count": 12, **values})
    return {"file": SimpleUploadedFile(name, body), "whole": "1"}


def test_it_leads_from_opening_to_taking_over(house: Any) -> None:
    due = timezone.localdate() + timedelta(days=5)
    asked = {"place": house.area.street.pk, "title": "石凳清点", "note": "含楼间", "due_on": due.isoformat()}
    led = house.desk.post(f"{HOME}new/playground.benches/", asked)
    made = Collection.objects.get(title="石凳清点")
    assert (led.status_code, led["Location"]) == (302, f"{HOME}{made.pk}/")
    unit = made.units.get(place_id=house.area.community.pk)
    assert "石凳清点" in house.there.get(HOME).content.decode()
    blank = b"".join(house.there.get(f"{page_of(unit)}form/docx/").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(blank)).testzip() is None
    led = house.there.post(f"{HOME}hand-in/", given(unit))
    assert (led.status_code, led["Location"]) == (302, page_of(unit))
    shown = house.desk.get(page_of(unit)).content.decode()
    assert [words in shown for words in ("座椅数量", "12", "读到的内容", "接收")] == [True] * 4
    house.desk.post(f"{page_of(unit)}accept/")
    unit.refresh_from_db()
    assert (unit.state, Shop.objects.get().seats) == (UnitState.ACCEPTED, 12)
    assert "已接收" in house.desk.get(f"{HOME}{made.pk}/").content.decode()


def test_it_says_what_is_wrong_field_by_field(house: Any, unit: CollectionUnit) -> None:
    broken = [{"where": "东门", "seats": "两"}]
    house.there.post(page_of(unit), given(unit, count="很多", broken=broken))
    shown = house.there.get(page_of(unit)).content.decode()
    assert [words in shown for words in ("2个栏目无法接收", "不是整数", "第1行“个数”")] == [True] * 3
    assert "accept/" in shown or "补录表格" in shown


def test_it_shows_a_refused_file_beside_the_field(house: Any, unit: CollectionUnit) -> None:
    other = house.collection.units.exclude(pk=unit.pk).get()
    page = house.there.post(page_of(unit), given(other))
    assert (page.status_code, "不是槐荫社区的编号" in page.content.decode()) == (422, True)
    page = house.there.post(page_of(unit), {"whole": "1"})
    assert (page.status_code, "请选择文件" in page.content.decode()) == (422, True)


def test_it_asks_whose_form_it_is_when_no_number_tells(house: Any, unit: CollectionUnit) -> None:
    file = {"file": SimpleUploadedFile("表.docx", write_docx(BENCHES, values={"count": 3}))}
    page = house.there.post(f"{HOME}hand-in/", file)
    assert (page.status_code, "请选择填报单位" in page.content.decode()) == (422, True)
    file["file"].seek(0)
    led = house.there.post(f"{HOME}hand-in/", {**file, "unit": str(unit.pk)})
    assert (led.status_code, led["Location"]) == (302, page_of(unit))


def test_it_has_an_unreadable_form_typed_in_once(house: Any, unit: CollectionUnit) -> None:
    scan = SimpleUploadedFile("扫描.pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    house.there.post(page_of(unit), {"file": scan, "whole": "1"})
    assert "文件无法识别" in house.there.get(page_of(unit)).content.decode()
    wrong = house.there.post(f"{page_of(unit)}type/", {"count": "很多"})
    assert (wrong.status_code, "不是整数" in wrong.content.decode()) == (422, True)
    house.there.post(f"{page_of(unit)}type/", {"count": "7", "kind": "木"})
    unit.refresh_from_db()
    assert (unit.state, unit.values["count"], unit.values["kind"]) == (UnitState.RETURNED, 7, "wood")
    assert "补录内容" in house.desk.get(page_of(unit)).content.decode()


def test_it_sends_back_and_shows_the_reason(house: Any, unit: CollectionUnit) -> None:
    house.there.post(page_of(unit), given(unit))
    house.desk.post(f"{page_of(unit)}send-back/", {"reason": "缺东院"})
    shown = house.there.get(page_of(unit)).content.decode()
    assert ["缺东院" in shown, "已退回" in shown] == [True, True]


def test_it_shows_the_board_and_reminds_once(house: Any, unit: CollectionUnit) -> None:
    house.there.post(page_of(unit), given(unit))
    board = f"{HOME}{house.collection.pk}/"
    shown = house.desk.get(board).content.decode()
    assert [words in shown for words in ("已交1家，共2家", "50%", "待交", "已交", "催报1家")] == [True] * 5
    house.desk.post(f"{board}do/remind/")
    assert "催报1家" not in house.desk.get(board).content.decode()
    Collection.objects.update(opened_at=LATER - timedelta(days=30), due_at=LATER - timedelta(days=20))
    assert "逾期" in house.desk.get(board).content.decode()


def test_it_hands_out_the_summary_and_a_form_for_every_unit(house: Any, unit: CollectionUnit) -> None:
    house.there.post(page_of(unit), given(unit, broken=[{"where": "东门", "seats": 2}]))
    book = load_workbook(io.BytesIO(b"".join(house.desk.get(f"{HOME}{house.collection.pk}/export/").streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert (rows[0][:3], rows[1][1:3], rows[1][5], rows[1][-1], rows[2][1:3]) == (
        ("序号", "单位", "状态"), ("槐荫社区", "已交"), "12", "位置：东门；个数：2", ("南里社区", "待交"),
    )  # fmt: skip
    packed = b"".join(house.desk.get(f"{HOME}{house.collection.pk}/forms/xlsx/").streaming_content)
    assert zipfile.ZipFile(io.BytesIO(packed)).namelist() == [
        "001-槐荫社区-休闲座椅情况表.xlsx", "002-南里社区-休闲座椅情况表.xlsx",
    ]  # fmt: skip


def _queries(browser: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


def test_it_asks_the_same_questions_of_two_units_and_of_thirty(house: Any) -> None:
    board = f"{HOME}{house.collection.pk}/"
    addresses = [(house.desk, board), (house.desk, HOME), (house.there, HOME)]
    first = [_queries(*one) for one in [*addresses, *addresses]]  # the first visit also fills what is remembered
    for number in range(28):
        place = make_place(f"9901010011{number:02d}", f"第{number}社区", Level.COMMUNITY, house.area.street)
        CollectionUnit.objects.create(
            collection=house.collection, label=place.name, code=f"CCCCCC{number:02d}", place_id=place.pk
        )
        collecting.open_collection(
            "playground.benches", title=f"清点{number}", place=house.area.street.pk, due_at=LATER, actor=None,
            units=[(house.unit.anchor, "槐荫社区")],
        )  # fmt: skip
    assert (first[3:], [_queries(*one) for one in addresses]) == ([8, 5, 4], [8, 5, 4])

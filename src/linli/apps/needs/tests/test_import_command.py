"""``linli import tickets|needs FILE``: taken over at once, each unit told once, wrong files refused in words."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from linli.apps.needs.models import ColumnMapping, Need, Ticket, TicketFile
from linli.apps.needs.tests.test_real_tickets import DATA
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.files import StoredFile
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role
from linli.site.cli import main

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
HEAD = ("工单编号", "派单时间", "办理时限", "诉求内容", "点位")


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community, password=None)


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


def book(tmp_path: Path, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD) -> Path:
    path = tmp_path / "导出.xlsx"
    filled = Workbook()
    sheet = filled.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(list(row))
    filled.save(path)
    return path


def tickets(count: int, point: str, start: int = 0) -> list[tuple[str, ...]]:
    whole = range(start, start + count)
    return [(f"HA{number:04d}", "2026-04-01 08:30", "7天", f"{number}号楼路灯不亮", point) for number in whole]


def test_it_takes_tickets_over_and_tells_each_unit_once(
    here: District, worker: User, officer: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [*tickets(8, "槐荫社区"), *tickets(3, "不知道的地方", start=8)]
    code = main(["import", "tickets", str(book(tmp_path, rows)), "--street", here.street.name, "--json"])
    told = json.loads(capsys.readouterr().out)
    notices = [(one.recipient, " 8 " in one.text, " 3 " in one.text) for one in Notice.objects.order_by("id")]
    assert (code, told["rows"], told["new"], Ticket.objects.count()) == (0, 11, 11, 11)
    assert sorted(notices, key=lambda one: one[1]) == [(officer.pk, False, True), (worker.pk, True, False)]

    again = main(["import", "tickets", str(book(tmp_path, rows[:5])), "--street", here.street.name, "--json"])
    assert (again, json.loads(capsys.readouterr().out)["same"], Notice.objects.count()) == (0, 5, 2)


def test_it_takes_a_list_of_needs_over(
    here: District, worker: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(tmp_path, [("2026-03-01", "路灯不亮", "槐荫社区")], ("日期", "反映事项", "地点"))
    assert main(["import", "needs", str(path), "--street", here.street.code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["new"] == 1
    need = Need.objects.get()
    assert [(one.recipient, need.number in one.text) for one in Notice.objects.all()] == [(worker.pk, True)]


def test_it_reads_columns_by_a_mapping_and_asks_without(
    here: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(tmp_path, [("A1", "路灯不亮", "清河")], ("工单编号", "诉求内容", "河流"))
    said = ["import", "tickets", str(path), "--street", here.street.name]
    asked = main(said), capsys.readouterr().err
    unknown = main([*said, "--mapping", "市平台"]), capsys.readouterr().err
    ColumnMapping.objects.create(street=here.street, purpose="tickets", name="市平台", headings={"河流": "point"})
    taken = main([*said, "--mapping", "市平台"])
    assert (asked[0], "河流" in asked[1], unknown[0], "—" in unknown[1], taken) == (1, True, 1, True, 0)
    assert (Ticket.objects.get().point, Need.objects.get().spot) == ("清河", "清河")


@pytest.mark.parametrize(
    ("name", "body", "part"),
    [
        ("没有.xlsx", None, "没有.xlsx"),
        ("空.xlsx", b"", "0"),
        ("话.xlsx", "你好".encode(), "工单编号"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(40), ""),
    ],
)
def test_it_refuses_a_wrong_file_with_a_sentence_and_keeps_nothing(
    here: District, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, body: bytes | None, part: str
) -> None:
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)
    code = main(["import", "tickets", str(path), "--street", here.street.name])
    told = capsys.readouterr().err.strip()
    assert (code, told.count("\n"), bool(told), part in told, "Traceback" in told) == (1, 0, True, True, False)
    assert (TicketFile.objects.count(), StoredFile.objects.count(), Need.objects.count()) == (0, 0, 0)


def test_it_asks_which_street_where_there_are_several(
    here: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "tickets", str(book(tmp_path, tickets(1, "")))]) == 1
    names = [street.name for street in Place.objects.filter(level="street")]
    told = capsys.readouterr().err
    assert (len(names) > 1, [name in told for name in names]) == (True, [True] * len(names))


@pytest.mark.slow
def test_it_takes_real_hotline_cases_over(
    here: District, worker: User, officer: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    real = DATA / "city_hotline_cases.csv"
    if not real.exists():
        pytest.skip("no shared data here")
    path = tmp_path / "案件.csv"
    lines = real.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(lines[:40]), encoding="utf-8")
    ignored = "河流,匿名(1)/实名(0),最终回复-投诉事件,区"
    code = main(["import", "tickets", str(path), "--street", here.street.name, "--ignore", ignored, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (code, told["bad"], told["new"] == told["rows"] == Ticket.objects.count(), told["rows"] > 10) == (
        0, 0, True, True,
    )  # fmt: skip
    assert Notice.objects.filter(recipient=officer.pk, text__contains=str(told["new"])).count() == 1

"""Cases of the grid system come in by file: by their own numbers, outside every official figure, without persons."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from openpyxl import load_workbook

from linli.apps.needs import queries, services
from linli.apps.needs.models import (
    Channel,
    Contact,
    FileState,
    Need,
    NeedState,
    Purpose,
    System,
    Ticket,
    TicketFile,
    Verdict,
)
from linli.apps.needs.models.sums import DailySum
from linli.apps.needs.tables.cases import CASES, is_never_read
from linli.apps.needs.tables.recognising import recognise
from linli.apps.needs.tests.factories import NOW, make_category
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.deadlines import Deadline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.scope import Role
from linli.kernel.tables import write_csv
from linli.site.cli import main

pytestmark = pytest.mark.django_db

HEAD = (
    "案件编号", "上报时间", "问题类型", "大类", "小类", "问题描述", "位置描述", "所属街道", "所属社区", "网格",
    "立案时间", "派遣时间", "处置时限", "处置部门", "处置结果", "结案时间", "状态",
)  # fmt: skip
A = (
    "WG001", "2026-04-01 08:00", "部件", "公用设施", "路灯", "路灯杆倾斜。", "2号楼东侧", "清河里街道", "槐荫社区",
    "第一网格", "2026-04-01 08:10", "2026-04-01 08:30", "24小时", "市政服务中心", "", "", "处置中",
)  # fmt: skip
B = (
    "WG002", "2026-04-01 09:00", "事件", "市容环境", "暴露垃圾", "垃圾堆在路边", "槐荫社区南门", "清河里街道", "", "",
    "", "", "2工作日", "", "", "", "待派遣",
)  # fmt: skip
ID_NUMBER = "110101199003072930"


@pytest.fixture
def here() -> District:
    return make_district()


def bring(
    here: District, tmp_path: Path, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, **given: Any
) -> TicketFile:
    """What became of an export with these rows."""
    path = tmp_path / "案件.csv"
    write_csv(path, head, rows)
    columns = {"street": here.street, "purpose": Purpose.GRID, "actor": None, "at": NOW, "name": path.name, **given}
    file = services.upload_export(ContentFile(path.read_bytes(), name=path.name), **columns)
    return services.take_over_export_now(file, actor=None, at=columns["at"]) if file.state == FileState.READY else file


def counts(file: TicketFile) -> tuple[int, int, int, int]:
    return file.new, file.changed, file.same, file.bad


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (Need, Ticket, Verdict, Contact, Deadline)]


def test_it_makes_a_need_of_every_case_and_the_same_file_changes_nothing(here: District, tmp_path: Path) -> None:
    file = bring(here, tmp_path, [A, B])
    first, second = Ticket.objects.order_by("number").select_related("need__place")
    before = everything()
    again = bring(here, tmp_path, [A, B], at=NOW + timedelta(hours=1))
    turned = bring(here, tmp_path, [B[::-1], A[::-1]], HEAD[::-1], at=NOW + timedelta(hours=2))
    assert (counts(file), counts(again), counts(turned)) == ((2, 0, 0, 0), (0, 0, 2, 0), (0, 0, 2, 0))
    assert everything() == before
    assert (first.system, first.need.channel, first.need.place.name, first.need.spot) == (
        System.GRID, Channel.GRID, "槐荫社区", "槐荫社区 第一网格 2号楼东侧",
    )  # fmt: skip
    assert (first.class_1, first.class_2, first.class_3, first.unit, first.stage) == (
        "部件", "公用设施", "路灯", "市政服务中心", "处置中",
    )  # fmt: skip
    assert (first.need.received_at, first.due_at, second.need.received_at, second.limit) == (
        datetime(2026, 4, 1, 0, 30, tzinfo=UTC), datetime(2026, 4, 2, 0, 30, tzinfo=UTC),
        datetime(2026, 4, 1, 1, tzinfo=UTC), "2w",
    )  # fmt: skip


def test_it_updates_a_case_by_its_number_and_closing_there_stops_the_clocks(here: District, tmp_path: Path) -> None:
    bring(here, tmp_path, [A])
    done = (*A[:12], "4工作时", A[13], "已扶正加固", "2026-04-01 15:00", "已结案")
    file = bring(here, tmp_path, [done], at=NOW + timedelta(days=1))
    case = Ticket.objects.get()
    assert (counts(file), case.stage, case.reply, case.limit) == ((0, 1, 0, 0), "已结案", "已扶正加固", "4k")
    assert case.replied_at == datetime(2026, 4, 1, 7, tzinfo=UTC)
    assert set(Deadline.objects.values_list("met", flat=True)) == {case.replied_at}


def test_its_numbers_are_its_own_and_its_matters_are_in_no_official_figure(here: District, tmp_path: Path) -> None:
    called = ("工单编号", "派单时间", "诉求内容", "是否联系", "是否解决", "是否满意")
    row = ("WG001", "2026-04-01 08:30", "路灯不亮", "是", "已解决", "满意")
    bring(here, tmp_path, [row], called, purpose=Purpose.TICKETS)
    bring(here, tmp_path, [A])
    services.recount(here.street, [timezone.localdate(datetime(2026, 4, 1, 4, tzinfo=UTC))])
    found = {one.official: (one.received, one.solved, one.rated, one.answerable) for one in DailySum.objects.all()}
    assert sorted(Ticket.objects.values_list("system", "number")) == [("grid", "WG001"), ("hotline", "WG001")]
    assert found == {True: (1, 1, 1, 1), False: (1, 0, 0, 0)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(system=System.GRID).update(reached=True)


def test_it_never_reads_columns_of_persons_or_police_whatever_is_said(here: District, tmp_path: Path) -> None:
    head = ("案件编号", "问题描述", "上报人", "联系电话", "身份证号", "网格员")
    row = ("WG001", "路灯杆倾斜", "何建国", "13800010001", ID_NUMBER, "李四")
    mapping = services.tell_columns(
        bring(here, tmp_path, [("1", "路灯", "x")], ("编号", "内容", "其他"), at=NOW), headings={"其他": ""},
        name="综治", actor=None,
    ).mapping  # fmt: skip
    assert mapping is not None
    mapping.headings = {"上报人": "title", "网格员": "source"}
    mapping.save()
    file = bring(here, tmp_path, [row], head, mapping=mapping)
    stored = json.dumps([everything(), list(TicketFile.objects.values())], default=str, ensure_ascii=False)
    assert (counts(file), file.never, file.unknown) == ((1, 0, 0, 0), list(head[2:]), [])
    assert (Contact.objects.count(), [word for word in row[2:] if word in stored]) == (0, [])
    assert not StoredFile.objects.filter(pk=file.file_id).exists()


def test_a_file_with_columns_of_the_police_is_not_even_kept(here: District, tmp_path: Path) -> None:
    head, row = ("案件编号", "问题描述", "警情编号", "涉案人员"), ("WG001", "路灯杆倾斜", "J1101", "张三")
    for language, word in (("zh-hans", "公安"), ("en", "police")):
        with translation.override(language), pytest.raises(Refusal) as no:
            bring(here, tmp_path, [row], head)
        assert (word in str(no.value), "警情编号、涉案人员" in str(no.value)) == (True, True)
    assert (StoredFile.objects.count(), TicketFile.objects.count(), Need.objects.count()) == (0, 0, 0)


def test_it_leaves_out_a_row_that_holds_what_may_not_come_in(here: District, tmp_path: Path) -> None:
    head = ("案件编号", "问题描述", "所属街道")
    rows = [
        ("WG1", "接警单记录：两家打架", ""), ("WG2", f"占道经营，身份证{ID_NUMBER}", ""),
        ("WG3", "路面破损", "望桥街道"), ("WG4", "已送达行政处罚决定书，占道经营", "清河里"), ("", "没有编号", ""),
    ]  # fmt: skip
    told = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            file = bring(here, tmp_path, rows, head, at=NOW)
            told[language] = [row["sentence"] for row in file.problems[:3]]
    assert [row["row"] for row in file.problems] == [2, 3, 4, 6]
    assert ["公安" in told["zh-hans"][0], "身份证" in told["zh-hans"][1], "望桥街道" in told["zh-hans"][2]] == [
        True
    ] * 3
    assert ["police" in told["en"][0], "identity" in told["en"][1], "another street" in told["en"][2]] == [True] * 3
    assert (Ticket.objects.get().number, ID_NUMBER in str(file.problems)) == ("WG4", False)


@pytest.mark.sqlite_only
def test_no_column_it_understands_is_one_that_is_never_read() -> None:
    words = [word for column in CASES for word in (column.title, *column.synonyms)]
    assert [word for word in words if is_never_read(word)] == []
    assert len(words) == len(set(words))


@pytest.mark.sqlite_only
def test_a_title_above_the_headings_is_no_part_of_their_names() -> None:
    rows = [["2026年11月派遣案件"], ["案件编号", "问题描述", "采集员", "河流"]]
    found = recognise(rows, CASES, never=is_never_read)
    assert found is not None
    assert (found.unknown, found.never, found.last) == (("河流",), ("采集员",), 2)


def test_only_the_street_of_the_file_brings_it_in_and_sees_it(here: District, tmp_path: Path) -> None:
    stranger = make_user(Role.STREET_OFFICER, Place.objects.get(name="望桥街道"))
    with pytest.raises(NotAllowed):
        bring(here, tmp_path, [A], actor=stranger)
    assert StoredFile.objects.count() == 0
    bring(here, tmp_path, [A])
    assert (queries.tickets_visible_to(stranger).count(), queries.files_visible_to(stranger).count()) == (0, 0)


def test_nothing_is_asked_of_the_hotline_about_it_and_no_call_back_waits(here: District, tmp_path: Path) -> None:
    bring(here, tmp_path, [A])
    case = Ticket.objects.select_related("need__street").get()
    with pytest.raises(Refusal, match=r"网格|grid"):
        services.request_of_hotline(case, kind="return", ground="not_ours", reason="不在辖区", actor=None)
    with pytest.raises(Conflict):
        services.settle_call_back(case, again=True, reason="不满意", actor=None)


@pytest.mark.sqlite_only
def test_the_command_takes_it_over_and_tells_what_it_did_not_read(
    here: District, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "案件.csv"
    write_csv(path, ("案件编号", "问题描述", "采集员"), [("WG001", "路灯杆倾斜", "何建国")])
    said = ["import", "grid", str(path), "--street", here.street.name]
    assert (main(said), "采集员" in capsys.readouterr().out) == (0, True)
    assert (main([*said, "--json"]), json.loads(capsys.readouterr().out)["same"], Ticket.objects.count()) == (0, 1, 1)


def desk_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.pages
def test_a_case_is_brought_in_at_the_desk_and_its_result_goes_out_by_number(here: District) -> None:
    officer = make_user(Role.STREET_OFFICER, here.street)
    desk = desk_of(officer)
    body = "案件编号,问题描述,联系电话,状态\nWG001,路灯杆倾斜,13800010001,处置中\nWG002,井盖松动,,处置中\n"
    sent = {
        "file": SimpleUploadedFile("案件.csv", body.encode()),
        "street": here.street.pk,
        "mapping": "",
        "whole": "1",
    }
    page: str = desk.post(reverse("needs:case_upload"), sent).url  # type: ignore[attr-defined]  # it leads on
    assert "联系电话" in desk.get(page).content.decode()
    file = TicketFile.objects.get()
    services.take_over_export_now(file, actor=officer)
    assert reverse("needs:cases") in desk.get(page).content.decode()
    case = Ticket.objects.select_related("need__street", "need__place").get(number="WG001")
    need = case.need
    services.analyse(need, category=make_category(), route="forward", actor=officer)
    if need.state == NeedState.ANALYSED:
        services.dispatch(need, unit=need.place, actor=officer)
    services.answer(need, text="已扶正加固。", outcome="solved", ways=["running"], actor=officer)
    shown = desk.get(reverse("needs:cases")).content.decode()
    other = desk.get(reverse("needs:tickets")).content.decode()
    one = desk.get(reverse("needs:ticket", args=[case.pk])).content.decode()
    assert ("WG001" in shown, "WG001" in other, 'aria-controls="copy-answer"' in one) == (True, False, True)
    assert reverse("needs:ticket_ask", args=[case.pk]) not in one

    def rows(name: str) -> list[list[Any]]:
        answer: Any = desk.get(reverse(name))
        book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
        return [list(row) for row in book.active.iter_rows(values_only=True)]

    given, *lines = rows("needs:case_answers")
    assert (given, [line[:2] + line[3:] for line in lines]) == (
        ["案件编号", "处置结果", "处置时间", "结案"], [["WG001", "已扶正加固。", "否"]],
    )  # fmt: skip
    assert (len(rows("needs:ticket_answers")), len(rows("needs:ticket_ledger"))) == (1, 1)

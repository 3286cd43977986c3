"""Exports of 12345 come in as tickets: twice and shuffled they change nothing, and only they give official verdicts."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from linli.apps.needs import services
from linli.apps.needs.models import (
    Channel,
    Contact,
    FileState,
    Need,
    NeedState,
    Purpose,
    RequestState,
    Ticket,
    TicketFile,
    Verdict,
)
from linli.apps.needs.tests.factories import NOW
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.deadlines import Deadline
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.scope import Role
from linli.kernel.tables import write_csv

pytestmark = pytest.mark.django_db

HEAD = (
    "工单编号",
    "派单时间",
    "办理时限",
    "诉求人",
    "联系电话",
    "诉求内容",
    "点位",
    "是否联系",
    "是否解决",
    "是否满意",
    "回访时间",
)
A = (
    "A1",
    "2026-04-01 08:30",
    "24小时",
    "何女士",
    "13800010001",
    "路灯不亮。\n晚上看不见台阶。",
    "槐荫社区2号楼",
    "",
    "",
    "",
    "",
)
B = ("A2", "2026-04-01 09:00", "7天", "", "138****2222", "垃圾桶满了", "不知道的地方", "", "", "", "")


@pytest.fixture
def street() -> Place:
    """The street whose tickets come in."""
    return make_district().street


def bring(
    street: Place, tmp_path: Path, rows: Sequence[Sequence[Any]], head: Sequence[str] = HEAD, **given: Any
) -> TicketFile:
    """What became of an export with these rows."""
    path = tmp_path / "导出.csv"
    write_csv(path, head, rows)
    columns = {"street": street, "purpose": Purpose.TICKETS, "actor": None, "at": NOW, "name": path.name, **given}
    file = services.upload_export(ContentFile(path.read_bytes(), name=path.name), **columns)
    return services.take_over_export_now(file, actor=None, at=columns["at"]) if file.state == FileState.READY else file


def counts(file: TicketFile) -> tuple[int, int, int, int, int]:
    return file.new, file.changed, file.same, file.bad, file.waits


def everything() -> list[Any]:
    """All rows an import may touch."""
    return [list(model.objects.order_by("pk").values()) for model in (Need, Ticket, Verdict, Contact, Deadline)]


def test_it_makes_a_need_of_every_ticket(street: Place, tmp_path: Path) -> None:
    file = bring(street, tmp_path, [A, B])
    first, second = Ticket.objects.order_by("number").select_related("need__place", "need__contact")
    due = Deadline.objects.get(ref_id=first.need.pk, kind="official").due
    assert (counts(file), file.state) == ((2, 0, 0, 0, 0), FileState.DONE)
    assert (first.need.channel, first.need.title, first.need.place.name) == (Channel.TICKET, "路灯不亮", "槐荫社区")
    assert (first.need.received_at, due, first.need.promised) == (
        datetime(2026, 4, 1, 0, 30, tzinfo=UTC), datetime(2026, 4, 2, 0, 30, tzinfo=UTC), due,
    )  # fmt: skip
    assert first.need.contact.phone.for_machine(because="test") == "13800010001"
    assert (second.need.place, second.need.spot) == (street, "不知道的地方")
    assert second.need.contact.name.for_machine(because="test") == "138****2222"


def test_it_changes_nothing_when_the_same_export_comes_twice_or_shuffled(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [A, B])
    before = everything()
    again = bring(street, tmp_path, [A, B], at=NOW + timedelta(hours=1))
    turned = bring(street, tmp_path, [B[::-1], A[::-1]], HEAD[::-1], at=NOW + timedelta(hours=2))
    assert (counts(again), counts(turned), everything() == before) == ((0, 0, 2, 0, 0), (0, 0, 2, 0, 0), True)


def test_it_updates_a_ticket_by_its_number_and_moves_the_official_clock(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [A])
    file = bring(street, tmp_path, [(*A[:2], "2小时", *A[3:5], "路灯还是不亮。", *A[6:])], at=NOW + timedelta(hours=1))
    ticket = Ticket.objects.select_related("need").get()
    due = Deadline.objects.get(ref_id=ticket.need.pk, kind="official").due
    assert (counts(file), ticket.limit, ticket.need.matter) == ((0, 1, 0, 0, 0), "2h", "路灯还是不亮。")
    assert due == ticket.due_at == datetime(2026, 4, 1, 2, 30, tzinfo=UTC)


def test_it_does_not_empty_what_a_narrower_export_leaves_out(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [A])
    before = everything()
    file = bring(street, tmp_path, [(A[0], A[5])], (HEAD[0], HEAD[5]))
    assert (counts(file), everything()[0] == before[0]) == ((0, 0, 1, 0, 0), True)


def test_it_asks_about_a_new_column_and_keeps_the_answer(street: Place, tmp_path: Path) -> None:
    head, row = (*HEAD, "河流"), (*A, "清河")
    file = bring(street, tmp_path, [row], head)
    assert (file.state, file.unknown, Need.objects.count()) == (FileState.ASKS, ["河流"], 0)
    with pytest.raises(Conflict):
        services.take_over_export(file, actor=None)
    with pytest.raises(Refusal):
        services.tell_columns(file, headings={"河流": "nothing"}, actor=None)
    told = services.tell_columns(file, headings={"河流": ""}, name="市平台", actor=None)
    assert (told.state, told.rows) == (FileState.READY, 1)
    later = bring(street, tmp_path, [row], head, mapping=told.mapping)
    assert (later.state, later.new, later.mapping.name if later.mapping else "") == (FileState.DONE, 1, "市平台")


def test_it_asks_which_of_day_and_month_stands_first(street: Place, tmp_path: Path) -> None:
    file = bring(street, tmp_path, [("A1", "01/03/2026", "路灯不亮")], ("工单编号", "派单时间", "诉求内容"))
    assert (file.bad, file.problems[0]["cells"][0]["code"]) == (1, "day-order")
    file.state = FileState.READY
    file.save()
    told = services.tell_columns(file, headings={}, day_order="day_first", actor=None)
    services.take_over_export_now(told, actor=None, at=NOW)
    assert Ticket.objects.get().dispatched_at == datetime(2026, 2, 28, 16, tzinfo=UTC)


def test_it_leaves_out_only_the_rows_that_cannot_be_taken(street: Place, tmp_path: Path) -> None:
    bad = ("A3", "2026-04-01", "尽快", "", "", "没有时限", "", "", "", "", "")
    file = bring(street, tmp_path, [A, bad, B])
    assert (counts(file), [row["row"] for row in file.problems]) == ((2, 0, 0, 1, 0), [3])


def test_it_takes_official_verdicts_from_call_backs_alone_and_once(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [A])
    called = (*A[:7], "是", "未解决", "不满意", "2026-04-01 08:50")
    file = bring(street, tmp_path, [called])
    bring(street, tmp_path, [(*called[:5], "换了说法", *called[6:])])
    said = [(v.is_official, v.via, v.reached, v.solved, v.satisfied) for v in Verdict.objects.all()]
    assert (counts(file), said) == ((0, 1, 0, 0, 0), [(True, "ticket", True, False, "dissatisfied")])


def test_it_takes_nobody_reached_for_no_word_on_the_rest(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [(*A[:7], "否", "未解决", "不满意", "")])
    assert [(v.reached, v.solved, v.satisfied) for v in Verdict.objects.all()] == [(False, None, "")]


def test_it_does_not_open_a_closed_need_again_by_itself(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [A])
    Need.objects.update(state=NeedState.WITHDRAWN, reason="test")
    file = bring(street, tmp_path, [(*A[:7], "是", "未解决", "不满意", "2026-04-01 08:50")])
    ticket = Ticket.objects.select_related("need").get()
    assert (counts(file), ticket.waits, ticket.need.state) == ((0, 0, 0, 0, 1), True, NeedState.WITHDRAWN)


def test_it_meets_the_clocks_of_a_ticket_that_was_answered_on_the_platform(street: Place, tmp_path: Path) -> None:
    head = ("工单编号", "派单时间", "诉求内容", "答复内容", "答复时间")
    bring(street, tmp_path, [("A1", "2026-03-01 08:00", "路灯不亮", "已修好。", "2026-03-02 08:00")], head)
    assert set(Deadline.objects.values_list("met", flat=True)) == {datetime(2026, 3, 2, tzinfo=UTC)}


def test_it_notes_what_was_asked_of_the_hotline_and_what_it_decided(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [A, B])
    first, second = Ticket.objects.order_by("number").select_related("need")
    asked = {"ground": "not_ours", "reason": "在邻街道辖区内", "actor": None, "at": NOW}
    back = services.request_of_hotline(first, kind="return", **asked)
    services.request_of_hotline(second, kind="exclude", **asked)
    with pytest.raises(Conflict):
        services.request_of_hotline(first, kind="return", **asked)
    services.note_decision(back, granted=True, decision="同意退单", actor=None, at=NOW)
    bring(street, tmp_path, [("A2", "是", "垃圾桶满了")], ("工单编号", "是否剔除", "诉求内容"))
    first.refresh_from_db()
    second.refresh_from_db()
    states = [one.state for ticket in (first, second) for one in ticket.requests.all()]
    assert (first.returned, second.excluded, states) == (True, True, [RequestState.GRANTED, RequestState.GRANTED])


def test_it_takes_a_list_of_needs_over_once(street: Place, tmp_path: Path) -> None:
    head, rows = ("日期", "姓名", "电话", "反映事项", "地点", "来源渠道"), [
        ("2026-03-01", "何女士", "13800010001", "路灯不亮", "槐荫社区", "走访"),
        ("2026-03-01", "", "", "楼道堆物", "", "其他"),
    ]  # fmt: skip
    first = bring(street, tmp_path, rows, head, purpose=Purpose.NEEDS)
    again = bring(street, tmp_path, rows[::-1], head, purpose=Purpose.NEEDS)
    channels = sorted(Need.objects.values_list("channel", flat=True))
    assert (counts(first), counts(again), channels) == ((2, 0, 0, 0, 0), (0, 0, 2, 0, 0), ["excel", "visit"])


def test_it_lets_only_the_street_of_the_export_bring_it_in(street: Place, tmp_path: Path) -> None:
    stranger = make_user(Role.STREET_OFFICER, Place.objects.get(name="望桥街道"))
    with pytest.raises(NotAllowed):
        bring(street, tmp_path, [A], actor=stranger)
    assert StoredFile.objects.count() == 0


def test_it_forgets_the_file_of_an_export_after_a_month(street: Place, tmp_path: Path) -> None:
    bring(street, tmp_path, [A])
    assert services.forget_exports(at=NOW + timedelta(days=29)) == 0
    assert services.forget_exports(at=NOW + timedelta(days=31)) == 1
    assert (StoredFile.objects.count(), Ticket.objects.count()) == (0, 1)

"""Paper 19 of the catalogue: the sign-in sheet of a date, the sign-for sheet of a building. Chinese only."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from linli.apps.activities.models import Distribution, Handout, Occurrence, Signup
from linli.apps.activities.queries.telling import when
from linli.kernel.documents import Cell, Column, Grid, Layout, NewSheet, Paper, Rows, Signatures, Text

BLANK_LINES, LEAST_LINES = 10, 25
SIGN_IN = [
    Column("序号", 0.6, "center"), Column("姓名", 1.4), Column("单位或楼号", 1.6), Column("电话后四位", 1.2, "center"),
    Column("签字", 1.8),
]  # fmt: skip
SIGN_FOR = [
    Column("序号", 0.6, "center"), Column("楼门户", 1.8), Column("数量", 0.7, "center"), Column("领取人", 1.3),
    Column("签字", 1.5), Column("代领关系", 1.2), Column("日期", 1.1),
]  # fmt: skip
NOTE = "个人信息仅用于本次活动的联系与统计。请在签字栏签字；已扫码签到的不必重复签字。"


def _facts(pairs: Sequence[tuple[str, str]]) -> Grid:
    return Grid([[Cell(name, label=True), Cell(text)] for name, text in pairs], 2, (1, 5))


def sign_in_sheet(row: Occurrence, people: Iterable[Signup], *, address: str, printed: date) -> Paper:
    """签到表: those on the list with room to sign, and blank lines; the code leads the scan back to its page."""
    listed = [[number, one.name, one.door or ("" if _digits(one) else one.mark), _digits(one), ""]
              for number, one in enumerate(people, start=1)]  # fmt: skip
    wanted = max(LEAST_LINES, len(listed) + BLANK_LINES)
    lines = listed + [[number, "", "", "", ""] for number in range(len(listed) + 1, wanted + 1)]
    activity = row.activity
    blocks: list[Any] = [
        _facts([("时间", when(row)), ("地点", activity.venue)]),
        Text(NOTE, indent=False),
        Rows(SIGN_IN, lines),
        Text("清点人数：　　　人（其中儿童　　　人）", indent=False),
        Signatures(["清点人", "负责人"]),
    ]
    title = f"{activity.title}签到表"
    return Paper(
        Layout.FORM, title, activity.place.name, printed, "", blocks, inside=True, address=address, seal_line=False
    )


def _digits(row: Signup) -> str:
    return row.mark if len(row.mark) == 4 and row.mark.isdigit() else ""


def sign_for_sheets(
    distribution: Distribution, buildings: Sequence[tuple[Any, Sequence[Handout]]], *, address: str, printed: date
) -> Paper:
    """签领表: a sheet for each building, its households in their order; who has signed stands there already."""
    blocks: list[Any] = []
    title = f"{distribution.item}签领表"
    for place, (building, rows) in enumerate(buildings):
        head = f"{title}（{building}）"
        blocks += [NewSheet(head)] if place else [Text(str(building), indent=False)]
        blocks += [Rows(SIGN_FOR, [_line(number, row) for number, row in enumerate(rows, start=1)])]
        blocks += [Signatures(["发放人", "居民代表"])]
    return Paper(
        Layout.FORM, title, distribution.place.name, printed, "", blocks, inside=True, address=address,
        seal_line=False,
    )  # fmt: skip


def _line(number: int, row: Handout) -> list[Any]:
    signed = row.signed_on is not None
    return [
        number, door_of(row), f"{row.quantity}{row.distribution.measure}", row.receiver,
        "已领取" if signed else "", str(row.get_relation_display()) if signed else "",
        f"{row.signed_on:%m-%d}" if row.signed_on else "",
    ]  # fmt: skip


def door_of(row: Handout) -> str:
    """「2号楼3单元501」."""
    household = row.household
    stairwell = f"{household.stairwell.number}单元" if household.stairwell else ""
    return f"{row.building.name}{stairwell}{household.room}"


def printed_today() -> date:
    """The day a paper is printed."""
    return timezone.localdate()

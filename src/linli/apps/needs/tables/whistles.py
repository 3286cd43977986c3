"""Paper 33: the whistle sheet, the result sheet, and the month's list."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from linli.apps.needs.models.whistle import Whistle
from linli.apps.needs.queries.whistles import DepartmentLine
from linli.kernel.documents import Cell, Column, Grid, Head, Layout, Opinion, Paper, Rows, Text

CALLS = [
    Column("单位", 3), Column("分工", 1), Column("应到时间", 2), Column("到场时间", 2), Column("到场人员（职务）", 3),
    Column("办理情况", 4),
]  # fmt: skip
WHISTLES = [
    Column("编号", 2), Column("事项", 4), Column("类别", 2), Column("点位", 3), Column("吹哨时间", 2),
    Column("单位", 4), Column("状态", 2),
]  # fmt: skip
DEPARTMENTS = [
    Column("单位", 4),
    Column("被吹哨", 1, "right"),
    Column("按时到场", 1, "right"),
    Column("已反馈", 1, "right"),
]

Block = Grid | Head | Opinion | Rows | Text


def _when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def _facts(row: Whistle) -> Grid:
    def label(text: str) -> Cell:
        return Cell(text, label=True)

    lines = [
        [label("吹哨单位"), Cell(row.street.name), label("类别"), Cell(str(row.get_kind_display()))],
        [label("事项"), Cell(row.title, 3)],
        [label("点位"), Cell(row.point), label("吹哨时间"), Cell(_when(row.blown_at))],
        [label("具体情况"), Cell(row.matter, 3)],
        [label("领导签批"), Cell(row.instruction or ("同意" if row.blown_at else ""), 3)],
    ]
    return Grid(lines, 4)


def _calls(row: Whistle) -> Rows:
    return Rows(
        CALLS,
        [
            [
                call.organization.name, str(call.get_part_display()), _when(call.due_at), _when(call.checked_in_at),
                call.came, call.answer,
            ]
            for call in row.calls.all()
        ],
    )  # fmt: skip


def call_sheet(row: Whistle, *, day: date, address: str) -> Paper:
    """吹哨单, with room to write for departments that do not sign in."""
    blocks: list[Block] = [
        _facts(row),
        _calls(row),
        Opinion("部门\n办理\n情况"),
        Text("到场单位填写后交回街道，由街道录入。"),
    ]
    return Paper(Layout.FORM, "吹哨单", row.street.name, day, row.number, blocks, inside=True, address=address)


def result_sheet(row: Whistle, *, day: date, address: str) -> Paper:
    """办理结果单."""
    steps = [Text(f"{_when(step.at)} {step.get_kind_display()}：{step.text}") for step in row.steps.all()] or [
        Text("没有记录现场经过。")
    ]
    blocks: list[Block] = [
        _facts(row), Head("一、到场与分工"), _calls(row), Head("二、经过"), *steps, Head("三、方案"),
        Text(row.plan or "—"), Head("四、结果"), Text(row.result or "尚未办结。"),
    ]  # fmt: skip
    return Paper(Layout.FORM, "办理结果单", row.street.name, day, row.number, blocks, inside=True, address=address)


def month_list(found: Sequence[Whistle], lines: Sequence[DepartmentLine], *, begins: date, day: date) -> Paper:
    """吹哨报到月度清单: units only."""
    rows = [
        [
            row.number, row.title, str(row.get_kind_display()), row.point, _when(row.blown_at),
            "、".join(call.organization.name for call in row.calls.all()), str(row.get_state_display()),
        ]
        for row in found
    ]  # fmt: skip
    unit = found[0].street.name if found else ""
    departments = [[line.name, str(line.called), str(line.in_time), str(line.answered)] for line in lines]
    blocks: list[Block] = [Rows(WHISTLES, rows), Head("单位到场情况"), Rows(DEPARTMENTS, departments)]
    return Paper(Layout.TABLE, f"吹哨报到{begins.year}年{begins.month}月清单", unit, day, "", blocks)

"""Paper 35: the service list, who takes each sheet on, and what was accepted and settled, on one paper. In Chinese."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from linli.apps.ordering.models import Contractor, WorkSheet
from linli.kernel.documents import Column, FilledBy, Layout, Paper, Rows, Signatures
from linli.kernel.money import format_yuan

TITLE = "服务清单（制单表）、承单确认、结算单"
LIST = [
    Column("编号", 2), Column("事项", 4), Column("量", 1, "right"), Column("单位", 1),
    Column("单价（元）", 2, "right"), Column("限价（元）", 2, "right"), Column("资金来源", 4), Column("承接方式", 3),
]  # fmt: skip
TAKEN_ON = [
    Column("编号", 2), Column("承接方", 4), Column("份额", 1, "right"), Column("承接金额（元）", 2, "right"),
    Column("协议编号", 3), Column("经费安排编号", 3),
]  # fmt: skip
SETTLED = [
    Column("编号", 2), Column("承接方", 3), Column("验收起止", 3), Column("完成量", 1, "right"), Column("验收", 2),
    Column("满意", 2), Column("结算额（元）", 2, "right"), Column("支付", 2),
]  # fmt: skip


def service_list(sheets: Sequence[WorkSheet], *, unit: str, day: date) -> Paper:
    """服务清单（制单表）, 承单确认, 结算单 of one or several sheets; what is not there yet is a line to fill in."""
    contractors = list(
        Contractor.objects.filter(sheet__in=[one.pk for one in sheets])
        .select_related("organization", "sheet", "commitment", "agreement")
        .prefetch_related("acceptances__settlement__expenditure")
        .order_by("sheet__number", "-share", "pk")
    )
    with override("zh-hans"):
        taken, settled = [_taken(one) for one in contractors], [line for one in contractors for line in _settled(one)]
        blocks: list[FilledBy | Rows | Signatures] = [
            FilledBy(unit),
            Rows(LIST, [_listed(one) for one in sheets], caption="一、服务清单（制单表）"),
            Rows(TAKEN_ON, taken or [[""] * len(TAKEN_ON)], caption="二、承单确认"),
            Rows(SETTLED, settled or [[""] * len(SETTLED)], caption="三、结算"),
            Signatures(["制单人", "承接方确认", "社区验收", "街道审核"]),
        ]
    serial = sheets[0].number if len(sheets) == 1 else ""
    return Paper(Layout.TABLE, TITLE, unit, day, serial, blocks)


def _listed(one: WorkSheet) -> list[str]:
    return [
        one.number, one.title, str(one.quantity), one.unit, format_yuan(one.price), format_yuan(one.ceiling),
        str(one.fund or ""), str(one.get_method_display()),
    ]  # fmt: skip


def _taken(one: Contractor) -> list[str]:
    return [
        one.sheet.number, one.organization.name, f"{one.share}%", format_yuan(one.amount),
        one.agreement.number if one.agreement else "", one.commitment.number if one.commitment else "",
    ]  # fmt: skip


def _settled(one: Contractor) -> list[list[Any]]:
    """A line for each acceptance."""
    found = []
    for row in one.acceptances.all():
        drawn = getattr(row, "settlement", None)
        found.append([
            one.sheet.number, one.organization.name, f"{row.since}至{row.until}", f"{row.delivered}{one.sheet.unit}",
            row.get_result_display(), f"{row.satisfied}/{row.asked}户" if row.asked else "无评价",
            format_yuan(drawn.amount) if drawn else "", str(drawn.state.label) if drawn else "未结算",
        ])  # fmt: skip
    return found

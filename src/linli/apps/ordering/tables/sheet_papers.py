"""Paper 35: the service list with who takes each sheet on."""

from collections.abc import Sequence
from datetime import date

from linli.apps.ordering.models import WorkSheet
from linli.kernel.documents import Column, FilledBy, Layout, Paper, Rows, Signatures
from linli.kernel.money import format_yuan


def service_list(sheets: Sequence[WorkSheet], *, unit: str, day: date) -> Paper:
    """服务清单（制单表）: number, matter, quantity, price of one, ceiling, fund, who takes it on. One query a sheet."""
    columns = [
        Column("编号", 2), Column("事项", 4), Column("量", 1, "right"), Column("单位", 1),
        Column("单价（元）", 2, "right"), Column("限价（元）", 2, "right"), Column("资金来源", 3), Column("承接方", 4),
    ]  # fmt: skip
    rows = [
        [
            one.number, one.title, str(one.quantity), one.unit, format_yuan(one.price), format_yuan(one.ceiling),
            str(one.fund or ""), "；".join(
                f"{row.organization.name}（{row.share}%，{format_yuan(row.amount)}元）"
                for row in one.contractors.select_related("organization")
            ),
        ]
        for one in sheets
    ]  # fmt: skip
    blocks: list[FilledBy | Rows | Signatures] = [
        FilledBy(unit),
        Rows(columns, rows),
        Signatures(["制单人", "承接方确认", "街道审核"]),
    ]
    serial = sheets[0].number if len(sheets) == 1 else ""
    return Paper(Layout.TABLE, "服务清单（制单表、承单确认）", unit, day, serial, blocks)

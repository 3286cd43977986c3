"""Paper 35, its third part: the settlement of what a contractor delivered. In Chinese, for signing."""

from datetime import date
from typing import Any

from django.utils.translation import override

from linli.apps.ordering.models import Settlement
from linli.kernel.documents import Cell, Grid, Layout, Opinion, Paper
from linli.kernel.money import format_yuan, in_capitals


def settlement_paper(row: Settlement, printed: date) -> Paper:
    """Number, service, quantity, source of the money, contractor, what was delivered and accepted, the amount."""
    contractor, accepted = row.contractor, row.acceptance
    sheet, commitment = contractor.sheet, contractor.commitment
    with override("zh-hans"):
        voices = f"{accepted.asked}户评价，{accepted.satisfied}户满意" if accepted.asked else "无评价"
        facts = [
            ("制单编号", sheet.number), ("服务事项", sheet.title), ("社区", str(sheet.place.name)),
            ("承接方", str(contractor.organization.name)), ("承接份额", f"{contractor.share}%"),
            ("资金来源", str(commitment.fund) if commitment else ""),
            ("经费安排编号", commitment.number if commitment else ""),
            ("支出编号", row.expenditure.number if row.expenditure else ""),
            ("验收起止", f"{accepted.since}至{accepted.until}"), ("完成量", f"{accepted.delivered}{sheet.unit}"),
            ("验收结论", f"{accepted.get_result_display()}（{accepted.accepted_on}）"), ("服务对象评价", voices),
            ("单价限额", format_yuan(sheet.price)), ("结算额", format_yuan(row.amount)),
            ("大写", in_capitals(row.amount)), ("支付状态", str(row.state.label)),
        ]  # fmt: skip
    pairs = [facts[n : n + 2] for n in range(0, len(facts), 2)]
    grid = [[cell for word, value in pair for cell in (Cell(word, label=True), Cell(value, 2))] for pair in pairs]
    blocks: list[Any] = [
        Grid(grid, 6), Opinion("承接方\n签章"), Opinion("社区\n验收意见"), Opinion("街道\n意见"),
    ]  # fmt: skip
    return Paper(Layout.FORM, "服务结算单", str(sheet.place.name), printed, sheet.number, blocks)

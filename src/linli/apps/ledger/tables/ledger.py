"""The ledger as a workbook: a row an instalment, a commitment without a plan one row."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet

from linli.apps.ledger.models import Commitment, Payment

HEADINGS = (
    "街道", "年度", "专项资金", "资金来源", "经费编号", "用途", "实施主体", "安排日期", "安排金额", "已收回", "状态",
    "期次", "比例（%）", "拨付条件", "本期金额", "本期已付", "国库回单号",
)  # fmt: skip


def written(rows: QuerySet[Commitment]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`HEADINGS`; four queries for every 200 commitments."""
    counted = Prefetch("instalments__payments", Payment.objects.filter(struck_at__isnull=True), to_attr="counted")
    ordered = rows.select_related("fund__street").order_by("-fund__year", "fund__name", "fund", "serial")
    for row in ordered.prefetch_related("instalments", counted).iterator(chunk_size=200):
        fund = row.fund
        head = (
            fund.street.name, fund.year, fund.name, fund.source_title, row.number, row.title, row.bearer,
            row.committed_on, row.amount, row.released, str(row.get_state_display()),
        )  # fmt: skip
        yield from _parts(head, row)


def _parts(head: tuple[Any, ...], row: Commitment) -> Iterator[tuple[Any, ...]]:
    parts: list[Any] = list(row.instalments.all())
    if not parts:
        yield (*head, "", "", "", "", "", "")
    for part in parts:
        paid = sum(one.amount for one in part.counted)
        receipts = "、".join(one.receipt for one in part.counted)
        yield (*head, part.number, part.share, part.condition, part.amount, paid, receipts)

"""The papers of spending, as descriptions that become PDF: approval form, application, final account, registers."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format

from linli.apps.ledger import queries
from linli.apps.ledger.models import Commitment, Expenditure, Instalment, LabourFee
from linli.apps.ledger.queries.spending import LineSpending
from linli.kernel.documents import Cell, Column, FilledBy, Grid, Layout, Opinion, Paper, Rows, Signatures, Text
from linli.kernel.money import format_yuan, in_capitals

ACCOUNT = ("科目", "预算", "调整后", "决算", "差额", "差异率", "说明", "票据数")
REGISTER = (
    "支出编号", "项目", "科目", "支出类别", "支出事由", "收款单位", "支出日期", "金额", "退回", "状态",
    "付款日期", "付款凭证号", "情况说明",
)  # fmt: skip
INVOICES = (
    "发票代码",
    "发票号码",
    "开票日期",
    "购买方",
    "销售方",
    "项目名称",
    "价税合计",
    "分摊到",
    "分摊金额",
    "红字冲销",
    "读取结果",
)
FEES = ("序号", "姓名", "证件号码", "事由", "天（次）数", "标准", "应发", "代扣税", "实发", "开户行及账号", "签字")
GONE, NOTHING = "已调出", Decimal(0)
"""What is said of an item that a change took out of the budget."""
NOT_GENUINE = "本表只核对登记内容，发票真伪以税务机关查验平台为准。"


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def _paper(
    commitment: Commitment, layout: Layout, title: str, number: str, blocks: Sequence[Any], *, day: date | None
) -> Paper:
    """A paper dated with the ``day`` of its record; with today while its record has none."""
    on = day or timezone.localdate()
    return Paper(layout, title, commitment.fund.street.name, on, number, list(blocks), inside=False)


def _last_day(commitment: Commitment) -> date | None:
    """The last day on which something was spent or paid out of it; the year's close where that came later."""
    spent = commitment.expenditures.aggregate(spent=Max("spent_on"), paid=Max("paid_on"))
    closed = commitment.closes.aggregate(on=Max("decided_on"))["on"]
    return max((day for day in (*spent.values(), closed) if day), default=None)


def _entered(row: Expenditure) -> date:
    """When it was handed in; when it was entered, while it is not."""
    return timezone.localdate(row.submitted_at or row.drafted_at)


def approval_form(row: Expenditure) -> Paper:
    """17 经费支出（报账）审批单."""
    commitment = row.commitment
    rows = [
        [_label(name), Cell(text, 3)] if wide else [_label(name), Cell(text)] for name, text, wide in _approval(row)
    ]
    grid: list[list[Cell]] = []
    for cells in rows:
        if grid and sum(cell.span for cell in grid[-1]) == 2 and cells[1].span == 1:
            grid[-1] = [*grid[-1], *cells]
        else:
            grid.append(cells)
    blocks = [
        Grid(grid, 4, (1.1, 2.2, 1.1, 2.2)),
        Opinion("经办、\n证明人", signs="经办人：　　　　　　证明人：", seal="", tall=18),
        Opinion("实施单位\n负责人", tall=24), Opinion("财务审核", tall=24), Opinion("领导审批", tall=24),
        Text(NOT_GENUINE, indent=False),
    ]  # fmt: skip
    return _paper(commitment, Layout.FORM, "经费支出（报账）审批单", row.number, blocks, day=_entered(row))


def _approval(row: Expenditure) -> list[tuple[str, str, bool]]:
    """(heading, text, across the whole form) of the approval form, in its order."""
    spending = queries.spending_of(row.commitment)
    mine = next((one for one in spending.lines if one.line == row.line), spending.total)
    spent = mine.paid if row.state == "paid" else mine.paid + row.amount
    invoices = list(row.shares.select_related("voucher"))
    there = {one.paper for one in row.papers.all()}
    papers = "、".join(paper.title for code, paper in queries.papers().items() if code in there)
    return [
        ("项目", row.commitment.title, True),
        ("经费编号", row.commitment.number, False),
        ("科目", row.line.item if row.line else "—", False),
        ("科目预算", format_yuan(mine.planned), False),
        ("科目已支出", format_yuan(spent - row.amount), False),
        ("本次支出", format_yuan(row.amount), False),
        ("支出后余额", format_yuan(mine.planned - spent), False),
        ("金额大写", in_capitals(row.amount), True),
        ("支出事由", row.purpose, True),
        ("收款单位", row.payee, False),
        ("款项付给", str(row.get_paid_to_display()), False),
        ("收款账号", row.account or "—", True),
        ("票据", f"{len(invoices)}张：" + "、".join(str(one.voucher) for one in invoices) if invoices else "无", True),
        ("佐证清单", papers or "—", True),
        ("情况说明", row.explanation or "—", True),
    ]


def approval_rows(row: Expenditure) -> list[tuple[str, str]]:
    """The same as two columns, for Excel."""
    return [(name, text) for name, text, _wide in _approval(row)]


def application(part: Instalment) -> Paper:
    """18 拨付申请表."""
    row = part.commitment
    met = date_format(part.met_on, "Y年n月j日") if part.met_on else "尚未达成"
    cells = [
        [_label("项目"), Cell(row.title, 3)],
        [_label("实施单位"), Cell(row.bearer or "—"), _label("经费编号"), Cell(row.number)],
        [
            _label("安排金额"),
            Cell(format_yuan(row.binding)),
            _label("已付"),
            Cell(format_yuan(queries.paid_under(row))),
        ],
        [_label("期次"), Cell(f"第{part.number}期"), _label("比例"), Cell(f"{part.share.normalize():f}%")],
        [_label("本期金额"), Cell(format_yuan(part.amount)), _label("大写"), Cell(in_capitals(part.amount))],
        [_label("拨付条件"), Cell(part.condition, 3)],
        [_label("条件达成"), Cell(met, 3)],
        [_label("收款账户"), Cell("户名：　　　　　　　　　开户行：　　　　　　　　　账号：", 3)],
    ]
    blocks = [
        Grid(cells, 4, (1.1, 2.2, 1.1, 2.2)), Opinion("实施单位"), Opinion("责任科室"), Opinion("财务审核"),
        Opinion("领导审批"),
    ]  # fmt: skip
    return _paper(row, Layout.FORM, "项目经费拨付申请表", f"{row.number}-第{part.number}期", blocks, day=part.met_on)


def _rate(one: LineSpending) -> str:
    return f"{(one.paid - one.planned) * 100 / one.planned:.1f}%" if one.planned else "—"


def account_rows(row: Commitment) -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
    """Rows of the final account under :data:`ACCOUNT`, items a change took out too, and the row of sums."""
    spending = queries.spending_of(row)
    first = {item: Decimal(amount) for item, amount in row.first_lines.items()}
    lines = [_account(one.line.item if one.line else "其他", one, first) for one in spending.lines]
    known = {one.line.item for one in spending.lines if one.line}
    gone = [
        (item, amount, NOTHING, NOTHING, NOTHING, "—", GONE, 0) for item, amount in first.items() if item not in known
    ]
    whole = {"合计": sum(first.values(), NOTHING)} if first else {}
    return [*lines, *gone], _account("合计", spending.total, whole)


def _account(name: str, one: LineSpending, first: Mapping[str, Decimal]) -> tuple[Any, ...]:
    """Budget as first agreed, as it is now, what was spent, and how far that is from the budget as it is now."""
    before = first.get(name, NOTHING) if first else one.planned
    waits = f"另有{format_yuan(one.under_way)}未付" if one.under_way and name != "合计" else ""
    return name, before, one.planned, one.paid, one.paid - one.planned, _rate(one), waits, one.vouchers


def account(row: Commitment) -> Paper:
    """25 经费决算表."""
    lines, total = account_rows(row)
    columns = [
        Column("科目", 2), *(Column(name, 1.6, "right") for name in ACCOUNT[1:5]), Column("差异率", 1, "right"),
        Column("说明", 2), Column("票据数", 0.8, "right"),
    ]  # fmt: skip
    left = row.binding - total[3]
    closes = "；".join(
        f"{one.year}年结余{format_yuan(one.balance)}，{one.get_decision_display()}（{one.document}）"
        for one in row.closes.all()
    )
    blocks = [
        FilledBy(row.bearer),
        Rows(columns, [_shown(line) for line in lines], total=_shown(total)),
        Text(
            f"收入：财政资金{format_yuan(row.binding)}，国库已付{format_yuan(queries.paid_under(row))}。", indent=False
        ),
        Text(f"结余：{format_yuan(left)}。结余处理：{closes or '尚未决定'}。", indent=False),
        Signatures(["编制人", "审核人", "负责人（盖章）"]),
    ]
    return _paper(row, Layout.TABLE, f"{row.title}\n经费决算表", row.number, blocks, day=_last_day(row))


def _shown(line: Sequence[Any]) -> list[str]:
    return [format_yuan(value) if isinstance(value, Decimal) else str(value) for value in line]


def register_rows(rows: Any) -> list[tuple[Any, ...]]:
    """The register of spending under :data:`REGISTER`. One query."""
    ordered = rows.select_related("commitment", "line").order_by("commitment__number", "serial")
    return [
        (
            row.number, row.commitment.title, row.line.item if row.line else "", row.kind_title, row.purpose, row.payee,
            row.spent_on, row.amount, row.came_back, str(row.get_state_display()), row.paid_on or "", row.receipt,
            row.explanation,
        )
        for row in ordered.iterator(chunk_size=500)
    ]  # fmt: skip


def register(row: Commitment) -> Paper:
    """经费支出登记表 of one commitment."""
    taken = (0, 2, 4, 5, 6, 7, 9, 10, 11)
    widths = (1.6, 1.2, 2.4, 2, 1.2, 1.4, 1.1, 1.2, 1.4)
    columns = [
        Column(REGISTER[at], width, "right" if at == 7 else "left") for at, width in zip(taken, widths, strict=True)
    ]
    lines = [_shown([line[at] for at in taken]) for line in register_rows(row.expenditures.all())]
    total = queries.spending_of(row).total
    sums = ["合计", "", "", "", "", format_yuan(total.used + total.drafted), "", "", ""]
    return _paper(
        row,
        Layout.TABLE,
        f"{row.title}\n经费支出登记表",
        row.number,
        [FilledBy(row.bearer), Rows(columns, lines, total=sums)],
        day=_last_day(row),
    )


def invoice_rows(rows: Any) -> list[tuple[Any, ...]]:
    """The register of invoices under :data:`INVOICES`: a row a share. Three queries."""
    wanted = rows.prefetch_related("shares__expenditure__commitment", "reds").order_by("issued_on", "id")
    found: list[tuple[Any, ...]] = []
    for row in wanted:
        head = (row.code, row.number, row.issued_on, row.buyer, row.seller, row.items, row.amount)
        reds = "、".join(str(red) for red in row.reds.all())
        read = {"": "未读取"}.get(row.found.get("source", ""), "已读取")
        found += [(*head, one.expenditure.number, one.amount, reds, read) for one in row.shares.all()]
    return found


def fee_list(row: Expenditure, opened: Sequence[tuple[LabourFee, str, str, str]]) -> Paper:
    """12 劳务费发放表, in full."""
    widths = (0.6, 1.2, 2.6, 1.8, 0.9, 1.3, 1.4, 1.2, 1.4, 2.8, 1.2)
    columns = [
        Column(name, width, "right" if 4 <= at <= 8 else "left")
        for at, (name, width) in enumerate(zip(FEES, widths, strict=True))
    ]
    lines = [
        _shown([at, name, number, fee.occasion, fee.times, fee.each, fee.due, fee.tax, fee.net, account_, ""])
        for at, (fee, name, number, account_) in enumerate(opened, start=1)
    ]
    sums = [sum((getattr(fee, name) for fee, *_rest in opened), Decimal(0)) for name in ("due", "tax", "net")]
    total = ["合计", "", "", "", "", "", *(format_yuan(one) for one in sums), "", ""]
    blocks = [
        FilledBy(row.commitment.bearer),
        Rows(columns, lines, total=total),
        Signatures(["经办人", "审核人", "负责人"]),
    ]
    return _paper(row.commitment, Layout.TABLE, f"{row.purpose}\n劳务费发放表", row.number, blocks, day=row.spent_on)

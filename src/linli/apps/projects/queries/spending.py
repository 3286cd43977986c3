"""What the money of a year does: the curve beside the finance calendar, December, and single suppliers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from linli.apps.ledger.models import Expenditure, ExpenditureState
from linli.apps.projects.queries.board import BoardRow
from linli.kernel.settings import look

NOTHING, ALL = Decimal(0), Decimal(100)
COUNTED = (ExpenditureState.SUBMITTED, ExpenditureState.CHECKED, ExpenditureState.APPROVED, ExpenditureState.PAID)
FIGURES = ("rate_june", "rate_september", "last_voucher_day", "december", "one_supplier")


@dataclass(frozen=True)
class Goal:
    """A day of the finance calendar: how much of the money should be spent by then, and how much is."""

    day: date
    title: str
    wanted: Decimal | None
    reached: Decimal
    has_come: bool

    @property
    def missed(self) -> bool:
        """Whether the day has come with too little spent."""
        return self.has_come and self.wanted is not None and self.reached < self.wanted


@dataclass(frozen=True)
class Supplier:
    """A payee with more than the share of the setting of one project's spending."""

    row: BoardRow
    payee: str
    amount: Decimal
    share: Decimal


@dataclass(frozen=True)
class YearOfMoney:
    """Money of a board: ``curve`` is what was paid up to the end of each month, January first."""

    planned: Decimal
    paid: Decimal
    curve: Sequence[Decimal]
    goals: Sequence[Goal]
    december: Sequence[tuple[BoardRow, Decimal]]
    december_share: Decimal
    december_limit: Decimal
    suppliers: Sequence[Supplier]
    supplier_limit: Decimal

    @property
    def rate(self) -> Decimal:
        """Per cent of the planned money that is paid (执行率)."""
        return per_cent(self.paid, self.planned)


def per_cent(part: Decimal, whole: Decimal) -> Decimal:
    """``part`` of ``whole`` in per cent with one decimal; nothing of nothing."""
    return (part * ALL / whole).quantize(Decimal("0.1")) if whole else NOTHING


def year_of_money(rows: Sequence[BoardRow], year: int, *, day: date) -> YearOfMoney:
    """What a board's money does in a year. Two queries."""
    street = rows[0].project.street_id if rows else None
    found = look([f"projects.{name}" for name in FIGURES], street=street)
    figures = {name: found[f"projects.{name}"].value for name in FIGURES}
    planned = sum((row.money.planned for row in rows), NOTHING)
    monthly = [_of_month(rows, year, month) for month in range(1, 13)]
    curve = [sum(monthly[: month + 1], NOTHING) for month in range(12)]
    limit = Decimal(figures["december"])
    in_december = [(row, per_cent(row.months.get((year, 12), NOTHING), row.in_year(year))) for row in rows]
    return YearOfMoney(
        planned=planned, paid=curve[-1], curve=curve, goals=_goals(figures, curve, planned, year, day),
        december=sorted((one for one in in_december if one[1] > limit), key=lambda one: -one[1]),
        december_share=per_cent(monthly[-1], curve[-1]), december_limit=limit,
        suppliers=_suppliers(rows, Decimal(figures["one_supplier"])),
        supplier_limit=Decimal(figures["one_supplier"]),
    )  # fmt: skip


def _of_month(rows: Sequence[BoardRow], year: int, month: int) -> Decimal:
    return sum((row.months.get((year, month), NOTHING) for row in rows), NOTHING)


def _goals(figures: Mapping[str, Any], curve: Sequence[Decimal], planned: Decimal, year: int, day: date) -> list[Goal]:
    """30 June, 30 September, and the last day for vouchers."""
    days = (
        (date(year, 6, 30), _("30 June"), Decimal(figures["rate_june"])),
        (date(year, 9, 30), _("30 September"), Decimal(figures["rate_september"])),
        (date(year, 12, int(figures["last_voucher_day"])), _("Last day for vouchers"), None),
    )
    return [
        Goal(when, title, wanted, per_cent(curve[when.month - 1], planned), when < day) for when, title, wanted in days
    ]


def _suppliers(rows: Sequence[BoardRow], limit: Decimal) -> list[Supplier]:
    """Payees that take more than ``limit`` per cent of what a project spent with several payees or once. One query."""
    by_commitment = {row.project.commitment_id: row for row in rows if row.project.commitment_id}
    spent = Expenditure.objects.filter(commitment__in=list(by_commitment), state__in=COUNTED).order_by()
    found = []
    for one in spent.values("commitment", "payee").annotate(amount=Sum("amount")):
        row = by_commitment[one["commitment"]]
        share = per_cent(one["amount"], row.money.used)
        if share > limit:
            found.append(Supplier(row, one["payee"], one["amount"], share))
    return sorted(found, key=lambda one: (-one.share, one.row.project.number))

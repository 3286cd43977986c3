"""Reads of what is spent: how much of each line, by month, and who sees which expenditures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from linli.apps.ledger.models import BudgetLine, Commitment, Expenditure, ExpenditureState, LabourFee, Spender
from linli.apps.ledger.permissions import KEEPERS, READERS, SPENDERS
from linli.apps.ledger.queries.funds import NOTHING
from linli.kernel.scope import Actor

S = ExpenditureState
Rows = Iterable[Commitment] | QuerySet[Commitment]
UNDER_WAY = (S.SUBMITTED, S.CHECKED)
COUNTED = (*UNDER_WAY, S.APPROVED, S.PAID)
"""States in which an expenditure counts against its line: handed in, and not sent back."""


@dataclass(frozen=True)
class LineSpending:
    """Yuan of one budget line (None: what belongs to no line): ``submitted`` waits for approval, ``approved`` for
    its payment; ``paid`` is what was spent after all."""

    line: BudgetLine | None
    planned: Decimal = NOTHING
    drafted: Decimal = NOTHING
    submitted: Decimal = NOTHING
    approved: Decimal = NOTHING
    paid: Decimal = NOTHING
    vouchers: int = 0

    @property
    def used(self) -> Decimal:
        """What counts against the line."""
        return self.submitted + self.approved + self.paid

    @property
    def left(self) -> Decimal:
        """What the line still has; below zero where it is overrun."""
        return self.planned - self.used

    @property
    def under_way(self) -> Decimal:
        """Handed in or approved, and not paid yet."""
        return self.submitted + self.approved


@dataclass(frozen=True)
class Spending:
    """What is spent of one commitment, line by line, and in all."""

    lines: list[LineSpending]
    total: LineSpending


def spending_of(commitment: Commitment) -> Spending:
    """Planned, handed in, approved, paid and left of every line. Three queries."""
    sums = _sums(commitment)
    lines = [_line(line, line.amount, sums) for line in commitment.lines.all()]
    rest = _line(None, NOTHING, sums)
    if not lines or rest != LineSpending(None):
        lines = [*lines, LineSpending(**{**vars(rest), "planned": NOTHING if lines else commitment.binding})]
    whole = {name: sum((getattr(one, name) for one in lines), NOTHING) for name in _MONEY}
    count = sum(one.vouchers for one in lines)
    return Spending(lines, LineSpending(None, **{**whole, "planned": commitment.binding}, vouchers=count))


_MONEY = ("planned", "drafted", "submitted", "approved", "paid")


def _sums(commitment: Commitment) -> Mapping[Any, Mapping[str, Any]]:
    """Line id → sums by where the money stands, and how many vouchers."""
    found: dict[Any, dict[str, Any]] = defaultdict(dict)
    rows = Expenditure.objects.filter(commitment=commitment).order_by().values("line", "state")
    for row in rows.annotate(amount=Sum("amount"), back=Sum("came_back")):
        name = _column(row["state"])
        found[row["line"]][name] = found[row["line"]].get(name, NOTHING) + row["amount"] - row["back"]
    papers = Expenditure.objects.filter(commitment=commitment, state__in=COUNTED).order_by().values("line")
    for one in papers.annotate(count=Count("shares__voucher", distinct=True)):
        found[one["line"]]["vouchers"] = one["count"]
    return found


def _column(state: str) -> str:
    if state in UNDER_WAY:
        return "submitted"
    return "drafted" if state in (S.DRAFTED, S.RETURNED) else str(state)


def _line(line: BudgetLine | None, planned: Decimal, sums: Mapping[Any, Mapping[str, Any]]) -> LineSpending:
    return LineSpending(line, planned=planned, **sums.get(line.pk if line else None, {}))


def spent_by_month(
    commitments: Iterable[Commitment] | QuerySet[Commitment],
) -> dict[UUID, dict[tuple[int, int], Decimal]]:
    """Commitment → (year, month) → yuan paid in it, by the day of the receipt. One query for any number."""
    rows = Expenditure.objects.filter(commitment__in=commitments, state=S.PAID).order_by()
    grouped = rows.annotate(year=ExtractYear("paid_on"), month=ExtractMonth("paid_on"))
    found: dict[UUID, dict[tuple[int, int], Decimal]] = defaultdict(dict)
    for row in grouped.values("commitment", "year", "month").annotate(paid=Sum("amount"), back=Sum("came_back")):
        found[row["commitment"]][row["year"], row["month"]] = row["paid"] - row["back"]
    return dict(found)


def spending_totals(commitments: Rows) -> dict[UUID, LineSpending]:
    """Commitment → what is handed in, approved and paid of it in all. Two queries for any number."""
    sums: dict[UUID, dict[str, Any]] = defaultdict(dict)
    rows = Expenditure.objects.filter(commitment__in=commitments).order_by().values("commitment", "state")
    for row in rows.annotate(amount=Sum("amount"), back=Sum("came_back")):
        mine, name = sums[row["commitment"]], _column(row["state"])
        mine[name] = mine.get(name, NOTHING) + row["amount"] - row["back"]
    planned: QuerySet[Commitment, Any] = (
        QuerySet(Commitment).filter(pk__in=_keys(commitments)).values_list("pk", "amount", "released")
    )
    return {key: LineSpending(None, planned=amount - back, **sums[key]) for key, amount, back in planned}


def _keys(commitments: Rows) -> Any:
    return commitments.values("pk") if isinstance(commitments, QuerySet) else [row.pk for row in commitments]


def expenditures_of(commitment: Commitment) -> QuerySet[Expenditure]:
    """Everything entered for one commitment, the latest first."""
    return commitment.expenditures.select_related("line", "commitment__fund", "spender").order_by("-serial")


def expenditures_visible_to(actor: Actor | None, rows: QuerySet[Expenditure] | None = None) -> QuerySet[Expenditure]:
    """Expenditures of the streets where the actor reads the ledger, and of the commitments he carries out."""
    rows = Expenditure.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    here = Q(commitment__fund__street__in=actor.reach(*READERS).places)
    return rows.filter(here | Q(commitment__in=carried_out_by(actor)))


def carried_out_by(actor: Actor) -> QuerySet[Any]:
    """Subquery of the commitments whose spending the actor's organization, team or community enters."""
    mine = actor.reach(*SPENDERS)
    held = Q(organization__in=mine.organizations) | Q(place__in=mine.places)
    return Spender.objects.filter(held).order_by().values("commitment")


def spendable_by(actor: Actor | None) -> QuerySet[Commitment]:
    """The commitments whose spending the actor sees: his own, and those of the streets where he reads the ledger."""
    if actor is None:
        return Commitment.objects.none()
    here = Q(fund__street__in=actor.reach(*READERS).places)
    return Commitment.objects.filter(here | Q(pk__in=carried_out_by(actor)))


def fees_visible_to(actor: Actor | None, rows: QuerySet[LabourFee] | None = None) -> QuerySet[LabourFee]:
    """Lines of the lists of fees: the finance officer's alone."""
    rows = LabourFee.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(expenditure__commitment__fund__street__in=actor.reach(*KEEPERS).places)

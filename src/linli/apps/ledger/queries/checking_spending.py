"""Sums what was spent anew: shares, vouchers, payments, and what came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from linli.apps.ledger.models import Commitment, Expenditure, ExpenditureState, Payment, Voucher, VoucherShare
from linli.apps.ledger.queries.funds import NOTHING
from linli.apps.ledger.queries.spending import COUNTED
from linli.apps.ledger.queries.vouchers import key_of


@dataclass(frozen=True)
class Discrepancy:
    """``what`` is a rule that does not hold at ``where``: ``found`` stands there, ``expected`` would be right.

    ``street`` is the one whose ledger it is.
    """

    where: str
    what: str
    found: Decimal
    expected: Decimal
    street: UUID | None


def _street(row: Expenditure) -> UUID | None:
    return row.commitment.anchor.place


def spending_discrepancies() -> Iterator[Discrepancy]:
    """Every place where spending does not add up; nothing when all is right."""
    yield from _shares()
    yield from _vouchers()
    yield from _commitments()
    yield from _payments()
    yield from _returns()


def _shares() -> Iterator[Discrepancy]:
    """Shares of what is handed in sum to the expenditure; red letters that came later lower what was paid."""
    sums = dict(VoucherShare.objects.order_by().values_list("expenditure").annotate(Sum("amount")))
    for row in Expenditure.objects.filter(pk__in=sums, state__in=COUNTED).select_related("commitment").iterator():
        if sums[row.pk] != row.amount:
            yield Discrepancy(str(row), "shares-sum-to-expenditure", sums[row.pk], row.amount, _street(row))


def _vouchers() -> Iterator[Discrepancy]:
    """No invoice is shared out beyond its amount, and each is known by its own number."""
    sums = dict(VoucherShare.objects.order_by().values_list("voucher").annotate(Sum("amount")))
    for row in Voucher.objects.iterator(chunk_size=500):
        shared = sums.get(row.pk, NOTHING) + row.elsewhere
        if shared > abs(row.amount):
            yield Discrepancy(str(row), "shares-within-voucher", shared, row.amount, row.street_id)
        if row.key != key_of(row.number, code=row.code, seller=row.seller):
            yield Discrepancy(str(row), "voucher-key", NOTHING, NOTHING, row.street_id)


def _commitments() -> Iterator[Discrepancy]:
    rows = Expenditure.objects.filter(state__in=COUNTED).order_by().values("commitment")
    sums = {
        row["commitment"]: row["all"] - row["back"] for row in rows.annotate(all=Sum("amount"), back=Sum("came_back"))
    }
    for one in Commitment.objects.filter(pk__in=sums).iterator(chunk_size=500):
        if sums[one.pk] > one.binding:
            yield Discrepancy(str(one), "spent-within-commitment", sums[one.pk], one.binding, one.anchor.place)


def _payments() -> Iterator[Discrepancy]:
    """What a payment of the treasury reimburses sums to it."""
    paid = Expenditure.objects.filter(payment__isnull=False, state=ExpenditureState.PAID).order_by()
    sums = dict(paid.values_list("payment").annotate(Sum("amount")))
    for row in Payment.objects.filter(pk__in=sums).iterator(chunk_size=500):
        if sums[row.pk] != row.amount:
            yield Discrepancy(str(row), "spending-sums-to-payment", sums[row.pk], row.amount, row.anchor.place)


def _returns() -> Iterator[Discrepancy]:
    back = Payment.objects.filter(of_expenditure__isnull=False, struck_at__isnull=True).order_by()
    sums = dict(back.values_list("of_expenditure").annotate(Sum("amount")))
    for row in Expenditure.objects.filter(payment__isnull=False).select_related("commitment").iterator(chunk_size=500):
        found = -sums.get(row.pk, NOTHING)
        if found != row.came_back:
            yield Discrepancy(str(row), "returns-sum-to-expenditure", row.came_back, found, _street(row))

"""Sums the whole ledger anew and tells where two sums that must agree do not."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum

from linli.apps.ledger.models import BudgetLine, Commitment, Fund, FundChange, Instalment, Payment
from linli.apps.ledger.queries.checking_spending import Discrepancy, spending_discrepancies
from linli.apps.ledger.queries.funds import NOTHING, committed_under, figures_of, with_figures


def discrepancies() -> Iterator[Discrepancy]:
    """Every place where the ledger does not add up; nothing when all is right."""
    yield from _funds()
    yield from _parts(BudgetLine, "lines-sum-to-commitment")
    yield from _parts(Instalment, "instalments-sum-to-commitment")
    yield from _shares()
    yield from _payments()
    yield from spending_discrepancies()


def _funds() -> Iterator[Discrepancy]:
    changes = dict(FundChange.objects.order_by().values_list("fund").annotate(Sum("amount")))
    for fund in with_figures(Fund.objects.all()).iterator(chunk_size=500):
        figures = figures_of(fund)
        given = changes.get(fund.pk, NOTHING)
        if given != fund.amount:
            yield Discrepancy(str(fund), "changes-sum-to-fund", fund.amount, given, fund.street_id)
        if figures.committed > fund.amount:
            yield Discrepancy(str(fund), "committed-within-fund", figures.committed, fund.amount, fund.street_id)
        if figures.free < 0:
            yield Discrepancy(str(fund), "quotas-within-fund", fund.amount - figures.free, fund.amount, fund.street_id)
        for quota in fund.quotas.select_related("place", "organization"):
            under = committed_under(quota)
            if under > quota.amount:
                where = f"{fund} · {quota.holder}"
                yield Discrepancy(where, "committed-within-quota", under, quota.amount, fund.street_id)


def _parts(model: type[Any], rule: str) -> Iterator[Discrepancy]:
    """Commitments whose lines, or instalments, do not sum to their amount."""
    sums = dict(model.objects.order_by().values_list("commitment").annotate(Sum("amount")))
    for row in Commitment.objects.filter(pk__in=sums).iterator(chunk_size=500):
        if sums[row.pk] != row.amount:
            yield Discrepancy(str(row), rule, sums[row.pk], row.amount, row.anchor.place)


def _shares() -> Iterator[Discrepancy]:
    rows = Instalment.objects.order_by().values("commitment__number", "commitment__fund__street")
    sums = rows.annotate(total=Sum("share"), count=Count("id"))
    for row in sums.iterator():
        total = Decimal(str(row["total"])).quantize(Decimal("0.01"))
        if total != 100:
            where, street = row["commitment__number"], row["commitment__fund__street"]
            yield Discrepancy(where, "shares-sum-to-hundred", total, Decimal("100.00"), street)


def _payments() -> Iterator[Discrepancy]:
    counted = Payment.objects.filter(struck_at__isnull=True).order_by()
    paid = dict(counted.values_list("instalment").annotate(Sum("amount")))
    for row in Instalment.objects.filter(pk__in=paid).select_related("commitment").iterator(chunk_size=500):
        if paid[row.pk] > row.amount:
            yield Discrepancy(str(row), "paid-within-instalment", paid[row.pk], row.amount, row.anchor.place)
    under = counted.annotate(key=F("instalment__commitment")).values_list("key")
    sums = dict(under.annotate(total=Sum("amount")))
    for one in Commitment.objects.filter(pk__in=sums).iterator(chunk_size=500):
        if sums[one.pk] > one.binding:
            yield Discrepancy(str(one), "paid-within-commitment", sums[one.pk], one.binding, one.anchor.place)

"""The table of payments: receipts of the treasury, many at once; the same file twice changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.ledger import services
from linli.apps.ledger.models import Instalment, Payment
from linli.apps.ledger.permissions import KEEPERS
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("instalment-unknown", gettext_noop("is no instalment of a commitment within the reach of your posts"))
add_reason("receipt-other", gettext_noop("is entered already with another amount or for something else"))
add_reason("payment-above", gettext_noop("would pass the instalment; %(left)s of it is left"))
add_reason("payment-ahead", gettext_noop("lies ahead"))
add_reason("payment-nothing", gettext_noop("must be above zero"))


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Known instalments, new receipts, never above what is due. Three queries."""
    found = _instalments(rows, actor)
    for row in rows:
        part = found.get((row["number"], int(row["part"])))
        row["instalment"] = str(part.pk) if part else ""
    paid = _paid(found.values())
    streets = {part.commitment.fund.street_id for part in found.values()}
    known = {
        (one.street_id, one.receipt): one
        for one in Payment.objects.filter(
            street__in=streets, receipt__in=[row["receipt"] for row in rows], struck_at__isnull=True
        )
    }
    return [list(_problems(row, found, paid, known)) for row in rows]


def _instalments(rows: Sequence[Mapping[str, Any]], actor: Any) -> dict[tuple[str, int], Instalment]:
    numbers = {row["number"] for row in rows}
    mine = Instalment.objects.filter(
        commitment__fund__street__in=actor.reach(*KEEPERS).places, commitment__number__in=numbers
    )
    return {(part.commitment.number, part.number): part for part in mine.select_related("commitment__fund")}


def _paid(parts: Any) -> dict[Any, Decimal]:
    """Instalment -> what is paid of it; the file's own rows join as they are read."""
    found: dict[Any, Decimal] = defaultdict(Decimal)
    for one in Payment.objects.filter(instalment__in=[part.pk for part in parts], struck_at__isnull=True):
        found[one.instalment_id] += one.amount
    return found


def _problems(
    row: Mapping[str, Any],
    found: Mapping[tuple[str, int], Instalment],
    paid: dict[Any, Decimal],
    known: Mapping[tuple[Any, str], Payment],
) -> Iterator[Problem]:
    part, amount = found.get((row["number"], int(row["part"]))), Decimal(row["amount"])
    if part is None:
        yield Problem("part", "instalment-unknown")
        return
    if date.fromisoformat(row["paid_on"]) > timezone.localdate():
        yield Problem("paid_on", "payment-ahead")
    if amount <= 0:
        yield Problem("amount", "payment-nothing")
    before = known.get((part.commitment.fund.street_id, row["receipt"]))
    if before is not None:
        if (before.instalment_id, before.amount) != (part.pk, amount):
            yield Problem("receipt", "receipt-other")
        return
    left = min(part.amount, part.commitment.binding) - paid[part.pk]
    if amount > left:
        yield Problem("amount", "payment-above", {"left": f"¥{left:,.2f}"})
        return
    paid[part.pk] += amount


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """Payments entered before, by receipt. One query."""
    rows = Payment.objects.filter(
        street__in=actor.reach(*KEEPERS).places, receipt__in=[key[0] for key in keys], struck_at__isnull=True
    )
    return {
        (row.receipt,): {
            "number": row.instalment.commitment.number,
            "part": row.instalment.number,
            "paid_on": row.paid_on.isoformat(),
            "amount": str(row.amount),
            "note": row.note,
        }
        for row in rows.select_related("instalment__commitment")
    }


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    services.take_over_payments([row.data for row in rows.order_by("number")], actor=actor)


PAYMENTS = Sheet(
    name="ledger.payments",
    title="国库付款登记",
    columns=(
        Column("receipt", "国库回单号", synonyms=("回单号", "凭证号", "支付令编号"), required=True, max_length=60),
        Column("number", "经费编号", synonyms=("编号",), required=True, max_length=32, example="创投26-001"),
        Column("part", "期次", Type.WHOLE, required=True, least=1, most=99, example="1"),
        Column("paid_on", "付款日期", Type.DATE, synonyms=("支付日期",), required=True, example="2026-03-02"),
        Column("amount", "金额", Type.DECIMAL, synonyms=("付款金额", "支付金额"), required=True, example="40000.00"),
        Column("note", "备注", max_length=200),
    ),
    key=("receipt",),
    review=review,
    existing=existing,
    commit=take_over,
)

"""Reads of commitments, their instalments and what was paid."""

from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from linli.apps.ledger.models import Commitment, Instalment, Payment
from linli.apps.ledger.permissions import READERS
from linli.apps.ledger.queries.funds import NOTHING, binding, or_nothing
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor

COUNTS = Q(payments__struck_at__isnull=True)


def commitments_visible_to(actor: Actor | None, rows: QuerySet[Commitment] | None = None) -> QuerySet[Commitment]:
    """Commitments of the streets where the actor reads the ledger."""
    rows = Commitment.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(fund__street__in=actor.reach(*READERS).places)


def payments_visible_to(actor: Actor | None, rows: QuerySet[Payment] | None = None) -> QuerySet[Payment]:
    """Payments of the streets where the actor reads the ledger, those struck out too."""
    rows = Payment.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*READERS).places)


def with_paid(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Commitments with ``paid``, the sum of what the treasury paid of each; no query more."""
    payments = Payment.objects.filter(instalment__commitment=OuterRef("pk"), struck_at__isnull=True)
    grouped = payments.order_by().annotate(key=F("instalment__commitment")).values("key")
    total = grouped.annotate(total=Sum("amount")).values("total")
    return rows.annotate(paid=or_nothing(Subquery(total)))


def instalments_of(commitment: Commitment) -> list[Any]:
    """The instalments in order, each with ``paid``. One query."""
    total = or_nothing(Sum("payments__amount", filter=COUNTS))
    return list(commitment.instalments.annotate(paid=total).order_by("number"))


def commitments_about(subject: Ref) -> QuerySet[Commitment]:
    """What was promised to one record, the latest first."""
    rows = Commitment.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return rows.select_related("fund").order_by("-committed_on", "-id")


def binding_for(subject: Ref) -> Decimal:
    """What is promised to one record now, over all funds. One query."""
    total: Decimal | None = commitments_about(subject).order_by().aggregate(total=binding())["total"]
    return total or NOTHING


def paid_for(subject: Ref) -> Decimal:
    """What the treasury paid for one record, over all funds. One query."""
    rows = Payment.objects.filter(
        instalment__commitment__subject_kind=subject.kind,
        instalment__commitment__subject_id=subject.id,
        struck_at__isnull=True,
    )
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or NOTHING


def paid_of(instalment: Instalment) -> Decimal:
    """What was paid of one instalment. One query."""
    rows = instalment.payments.filter(struck_at__isnull=True)
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or NOTHING


def refunded(payment: Payment) -> Decimal:
    """What came back of one payment, below zero. One query."""
    rows = payment.given_back.filter(struck_at__isnull=True)
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or NOTHING


def paid_under(commitment: Commitment) -> Decimal:
    """What was paid of one commitment. One query."""
    rows = Payment.objects.filter(instalment__commitment=commitment, struck_at__isnull=True)
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or NOTHING

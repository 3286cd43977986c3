"""Reads of funds and quotas: what is set aside, promised, paid and left, always summed from the rows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from linli.apps.ledger.models import Commitment, Fund, Payment, Quota
from linli.apps.ledger.permissions import KEEPERS, READERS
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Level, Place
from linli.kernel.money import MoneyField
from linli.kernel.scope import Actor

NOTHING = Decimal("0.00")


def or_nothing(total: Any) -> Any:
    """``total``, zero yuan where there is nothing to sum."""
    return Coalesce(total, Value(NOTHING, output_field=MoneyField()), output_field=MoneyField())


@dataclass(frozen=True)
class FundFigures:
    """Yuan of one fund: ``left`` is what is not promised, ``free`` what of it no quota sets aside."""

    amount: Decimal
    quotas: Decimal
    committed: Decimal
    paid: Decimal
    free: Decimal

    @property
    def left(self) -> Decimal:
        """What is not promised yet."""
        return self.amount - self.committed

    @property
    def unpaid(self) -> Decimal:
        """What is promised and not paid yet."""
        return self.committed - self.paid


@dataclass(frozen=True)
class QuotaFigures:
    """One quota with what is promised under it."""

    quota: Quota
    committed: Decimal

    @property
    def left(self) -> Decimal:
        return self.quota.amount - self.committed


def visible_to(actor: Actor | None, rows: QuerySet[Fund] | None = None) -> QuerySet[Fund]:
    """Funds of the streets where the actor reads the ledger."""
    rows = Fund.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*READERS).places)


def keepable_streets(actor: Actor) -> QuerySet[Place]:
    """The streets whose ledger the actor keeps."""
    rows = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, level=Level.STREET, valid_to__isnull=True)
    return rows.order_by("code")


def funds_in_use(street: Place, year: int | None = None) -> QuerySet[Fund]:
    """The funds of a street that are not closed, the latest year first."""
    rows = Fund.objects.filter(street=street, closed_on__isnull=True)
    return rows if year is None else rows.filter(year=year)


def binding() -> Any:
    """The sum of what commitments bind."""
    return Sum(F("amount") - F("released"), output_field=MoneyField())


def _summed(rows: QuerySet[Any], column: Any) -> Any:
    """The sum over ``rows`` of each fund, zero where there is none."""
    grouped = rows.order_by().values("fund_key").annotate(total=column).values("total")
    return or_nothing(Subquery(grouped))


def with_figures(rows: QuerySet[Fund]) -> QuerySet[Fund]:
    """Funds with ``quota_total``, ``committed``, ``outside`` (promised without a quota) and ``paid``; no query more."""
    commitments = Commitment.objects.filter(fund=OuterRef("pk")).annotate(fund_key=F("fund"))
    payments = Payment.objects.filter(instalment__commitment__fund=OuterRef("pk"), struck_at__isnull=True)
    return rows.annotate(
        quota_total=_summed(Quota.objects.filter(fund=OuterRef("pk")).annotate(fund_key=F("fund")), Sum("amount")),
        committed=_summed(commitments, binding()),
        outside=_summed(commitments.filter(quota__isnull=True), binding()),
        paid=_summed(payments.annotate(fund_key=F("instalment__commitment__fund")), Sum("amount")),
    )


def figures_of(fund: Any) -> FundFigures:
    """The figures of a row of :func:`with_figures`. No query."""
    free = fund.amount - fund.quota_total - fund.outside
    return FundFigures(fund.amount, fund.quota_total, fund.committed, fund.paid, free)


def standing_of(fund: Fund) -> FundFigures:
    """What a fund holds, has set aside, promised, paid and left. One query."""
    return figures_of(with_figures(Fund.objects.filter(pk=fund.pk)).get())


def committed_under(quota: Quota) -> Decimal:
    """What is promised under a quota. One query."""
    total: Decimal | None = quota.commitments.aggregate(total=binding())["total"]
    return total or NOTHING


def room_in(fund: Fund, quota: Quota | None = None) -> Decimal:
    """What can still be promised: under ``quota``, or out of the part no quota sets aside. One query."""
    return standing_of(fund).free if quota is None else quota.amount - committed_under(quota)


def quota_for(fund: Fund, holder: Place | Organization) -> Quota | None:
    """The quota of a place or an organization. One query."""
    column = "place" if isinstance(holder, Place) else "organization"
    return fund.quotas.filter(**{column: holder}).first()


def quotas_of(fund: Fund) -> list[QuotaFigures]:
    """Every quota with what is promised under it, in the order of places and names. One query."""
    rows = fund.quotas.select_related("place", "organization")
    total = or_nothing(Sum(F("commitments__amount") - F("commitments__released"), output_field=MoneyField()))
    rows = rows.annotate(committed=total).order_by("place__code", "organization__name", "id")
    return [QuotaFigures(quota, quota.committed) for quota in rows]

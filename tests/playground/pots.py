"""Verbs on pots, written the way an app would write them."""

from decimal import Decimal

from django.db.models import Sum

from linli.kernel import money
from tests.playground.models import Pot, Spend


def used(pot: Pot) -> Decimal:
    total: Decimal | None = Spend.objects.filter(pot=pot).aggregate(total=Sum("amount"))["total"]
    return total if total is not None else Decimal(0)


def spend(*pots: Pot, amount: Decimal, desk: str = "") -> None:
    """Take ``amount`` out of each pot, or out of none of them. Raises Refusal."""
    with money.locked(*pots):
        for pot in pots:
            money.require_within(limit=pot.limit, used=used(pot), adding=amount)
            Spend.objects.create(pot=pot, amount=amount, desk=desk)

"""Taking names off old orders: that so many were served stays, who it was goes."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.apps.ordering.models import Order
from linli.kernel.privacy import PERSON_NAME

NAMELESS = PERSON_NAME.tidy("（已删除）")


@transaction.atomic
def take_names_off(rows: QuerySet[Order]) -> int:
    """Names, telephones, doors and notes of ``rows`` go, the rows stay; how many had a name."""
    found = 0
    for row in rows.exclude(household_key=""):
        row.name, row.phone, row.door, row.note, row.relative_of, row.household_key = NAMELESS, "", "", "", "", ""
        row.save()
        found += 1
    return found


def forget_names(before: datetime) -> int:
    """Names on orders placed before a moment go."""
    return take_names_off(Order.objects.filter(asked_at__lt=before))

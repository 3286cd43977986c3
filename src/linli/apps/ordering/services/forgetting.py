"""Taking names off old orders: that so many were served stays, who it was goes."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.apps.ordering.models import Incident, Order, Receipt
from linli.apps.ordering.services.receipts import SOLD
from linli.kernel.audit import in_chinese
from linli.kernel.privacy import PERSON_NAME

NAMELESS = PERSON_NAME.tidy("（已删除）")


@transaction.atomic
def take_names_off(rows: QuerySet[Order]) -> int:
    """Names, telephones, doors and notes of ``rows`` go, the rows stay; how many had a name."""
    found = 0
    take_words_off(Receipt.objects.filter(order__in=rows))
    for row in rows.exclude(household_key=""):
        row.name, row.phone, row.door, row.note, row.relative_of, row.household_key = NAMELESS, "", "", "", "", ""
        row.save()
        found += 1
    return found


@transaction.atomic
def take_words_off(rows: QuerySet[Receipt]) -> int:
    """What households said of ``rows`` goes, also where it became a complaint; their grade stays. How many said it."""
    found = 0
    for row in rows.exclude(words=""):
        told = Incident.objects.filter(sheet=row.sheet, by_resident=True, what=row.words)
        told.update(what=in_chinese(SOLD))
        Receipt.objects.filter(pk=row.pk).update(words="")
        found += 1
    return found


def forget_names(before: datetime) -> int:
    """Names on orders placed before a moment go, and what was said of them in words."""
    take_words_off(Receipt.objects.filter(order__asked_at__lt=before))
    return take_names_off(Order.objects.filter(asked_at__lt=before))

"""Taking names and telephones off objections that were answered long ago; what was objected stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.apps.publicity.models import Objection


@transaction.atomic
def take_names_off(rows: QuerySet[Objection]) -> int:
    """Empty name and telephone of ``rows``; how many had one."""
    found = 0
    for row in rows:
        if row.name or row.phone:
            row.name, row.phone = "", ""
            row.save(update_fields=["name", "phone", "phone_print"])
            found += 1
    return found


def forget_names(before: datetime) -> int:
    """Names on objections answered before a moment go."""
    return take_names_off(Objection.objects.filter(answered_at__lt=before).exclude(name="", phone=""))

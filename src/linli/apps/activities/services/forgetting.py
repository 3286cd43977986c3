"""Taking names off old lists: who came becomes a number, the number stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from linli.apps.activities.models import CareNote, Signup

NAMELESS = "（已删除）"


@transaction.atomic
def take_names_off(rows: QuerySet[Signup]) -> int:
    """Names, telephones, doors, guardians and notes of ``rows`` go, the rows stay; how many had a name."""
    found = 0
    for row in rows.exclude(name=NAMELESS):
        CareNote.objects.filter(signup=row).delete()
        row.name, row.key, row.mark = NAMELESS, NAMELESS, str(row.pk)[-20:]
        row.door = ""
        row.phone, row.guardian_phone = "", ""
        row.guardian = NAMELESS if row.is_minor else ""
        row.person, row.household = None, None
        row.save()
        found += 1
    return found


def forget_names(before: datetime) -> int:
    """Names on lists of dates that ended before a moment go."""
    return take_names_off(Signup.objects.filter(occurrence__ends__lt=before))

"""A matter that belongs elsewhere is counted, and nothing else is written down."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.kinds import elsewhere_kinds
from linli.apps.needs.models import ElsewhereCount
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal


@transaction.atomic
def count_elsewhere(kind: str, *, street: Place, at: datetime | None = None) -> None:
    """One more of ``kind`` today. There is no actor, and no record of verbs: nobody can be found by it."""
    if kind not in elsewhere_kinds():
        raise Refusal(_("There is no such kind of matter."), field="kind")
    day = timezone.localdate(at)
    ElsewhereCount.objects.bulk_create([ElsewhereCount(street=street, day=day, kind=kind)], ignore_conflicts=True)
    ElsewhereCount.objects.filter(street=street, day=day, kind=kind).update(count=F("count") + 1)

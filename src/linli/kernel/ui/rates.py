"""How often one origin may do a thing in a window of time; counted in the database, the origin kept as a hash."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise

from linli.kernel.errors import TooMany
from linli.kernel.seals import fingerprint
from linli.kernel.ui.models import RateCount


def window_start(moment: datetime, minutes: int) -> datetime:
    """The start of the window of ``minutes`` that ``moment`` falls in, counted from midnight UTC."""
    midnight = moment.astimezone(timezone.get_fixed_timezone(0)).replace(hour=0, minute=0, second=0, microsecond=0)
    passed = int((moment - midnight).total_seconds() // 60)
    return midnight + timedelta(minutes=passed - passed % minutes)


@transaction.atomic
def knock(
    what: str, origin: str, *, limit: int, minutes: int, sentence: str | Promise, at: datetime | None = None
) -> None:
    """Count one more ``what`` from ``origin``. Raises TooMany with ``sentence`` beyond ``limit`` a window."""
    window = window_start(at or timezone.now(), minutes)
    hashed = fingerprint(f"{what}|{window.date()}|{origin}")
    taken = RateCount.objects.filter(origin=hashed, window=window, count__lt=limit)
    if taken.update(count=F("count") + 1):
        return
    RateCount.objects.bulk_create([RateCount(origin=hashed, window=window)], ignore_conflicts=True)  # the first one
    if not taken.update(count=F("count") + 1):
        raise TooMany(sentence)


def forget(*, at: datetime) -> int:
    """Drop counts of windows older than a day; how many."""
    return RateCount.objects.filter(window__lt=at - timedelta(days=1)).delete()[0]

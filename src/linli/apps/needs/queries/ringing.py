"""Who is to be rung today: answered, and asked by telephone or not heard with the code in time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need, NeedState, Verdict
from linli.apps.needs.permissions import DISPATCHERS, WORKERS
from linli.apps.needs.queries.wall import before_the_wall
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

MOST = 300
RING = _("65 or older, or no smartphone")
UNHEARD = _("nobody rated it with the code")


@dataclass(frozen=True)
class Ring:
    """One need whose resident is to be rung, and why."""

    need: Need
    why: str | Promise
    tries: int


def to_ring(actor: Actor, *, at: datetime) -> list[Ring]:
    """Answered needs of the actor's places, before the wall, that have a telephone: whoever is called back by
    telephone at once, everybody else when the days for rating with the code are over. Who was tried today is not
    rung again. The longest waiting first; two queries beside the wall's own and one setting a street.
    """
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Need.objects.filter(state=NeedState.ANSWERED, place__in=actor.reach(*WORKERS, *DISPATCHERS).places)
    rows = before_the_wall(actor, rows).filter(contact__isnull=False).exclude(contact__phone="")
    rows = rows.exclude(pk__in=_tried(today)).select_related("place", "contact")
    found = rows.prefetch_related("verdicts").order_by("answered_at")[:MOST]
    days: dict[object, timedelta] = {}
    rings = []
    for need in found:
        if need.street_id not in days:
            days[need.street_id] = timedelta(days=int(value_of("needs.ring_days", street=need.street_id, at=at)))
        late = need.answered_at is not None and need.answered_at + days[need.street_id] <= at
        if need.call_back or late:
            tries = sum(not one.reached for one in need.verdicts.all())
            rings.append(Ring(need, RING if need.call_back else UNHEARD, tries))
    return rings


def _tried(today: datetime) -> QuerySet[Verdict, Any]:
    rows = Verdict.objects.filter(at__gte=today, reached=False).order_by()
    return rows.values_list("need", flat=True)

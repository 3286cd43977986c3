"""Count matters: daily sums are made again from rows, a matter is left out for a reason."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.needs.models import Need
from linli.apps.needs.models.sums import CountedDay, DailySum, Exclusion
from linli.apps.needs.permissions import excludes_needs
from linli.apps.needs.queries.facts import Where, bounds, matters, open_to_counting
from linli.apps.needs.queries.wall import is_visible
from linli.apps.needs.rubric import COUNTS, Tally, tally
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.money import locked
from linli.kernel.scope import Actor


def count_day(street: Place, day: date, *, at: datetime | None = None) -> int:
    """Make the sums of a street's day again from its rows; how many rows of sums stand now. Idempotent."""
    counted, _new = CountedDay.objects.get_or_create(street=street, day=day)
    with locked(counted):
        moment = at or timezone.now()
        begins, ends = bounds(day)
        rows = open_to_counting(Need.objects.filter(street=street, received_at__gte=begins, received_at__lt=ends))
        found: dict[Where, Tally] = {}
        for where, matter in matters(rows, known_at=moment):
            found[where] = found.get(where, Tally()) + tally(matter, at=moment)
        counted.sums.all().delete()
        DailySum.objects.bulk_create(_row(counted, where, counts) for where, counts in found.items())
        CountedDay.objects.filter(pk=counted.pk).update(counted_at=moment)
    return len(found)


def _row(counted: CountedDay, where: Where, counts: Tally) -> DailySum:
    return DailySum(
        counted=counted,
        street_id=where.street,
        day=where.day,
        place_id=where.place,
        organization_id=where.organization,
        category_id=where.category,
        official=where.official,
        **{name: getattr(counts, name) for name in COUNTS},
    )


def recount(street: Place, days: Iterable[date], *, at: datetime | None = None) -> int:
    """Make the sums of several days again, each in its own short transaction; how many rows stand now."""
    return sum(count_day(street, day, at=at) for day in days)


def leave_out(need: Need, *, reason: str, actor: Actor, at: datetime | None = None) -> Exclusion:
    """Leave a matter out of the figures. The reason is published with the count, never the matter.

    Raises NotAllowed, Missing behind the wall, Refusal without a reason or for a ticket (the hotline excludes those),
    Conflict where it is left out already.
    """
    if not is_visible(need, actor):
        raise Missing(_("This need does not exist, or is not open to you."))
    if not excludes_needs(actor, need):
        raise NotAllowed(_("Only a street officer may leave a need out of the figures."))
    if not reason.strip():
        raise Refusal(_("Please say why it is left out of the figures."))
    if need.channel == "ticket":
        raise Refusal(_("A ticket of 12345 is excluded by the hotline. Ask it for the exclusion with your evidence."))
    with transaction.atomic():
        row, new = Exclusion.objects.get_or_create(
            need=need,
            defaults={"reason": reason.strip()[:300], "at": at or timezone.now(), "decided_by": actor.actor_id},
        )
        if not new:
            raise Conflict(_("This need is left out of the figures already."))
        record("needs.need.leave_out", need, actor=actor, facts={"reason": row.reason})
    return row

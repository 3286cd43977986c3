"""Which days of which streets have to be counted again."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from linli.apps.needs.models import UNFINISHED, CountedDay, Need
from linli.apps.places.models import Place
from linli.kernel.audit.models import AuditRow

KIND = "needs.need"


def _days(rows: QuerySet[Need]) -> list[tuple[Place, date]]:
    """The streets and days of receipt of some needs, in order. Two queries."""
    pairs = set(rows.order_by().annotate(day=TruncDate("received_at")).values_list("street", "day"))
    streets = Place.objects.in_bulk({street for street, _day in pairs})
    return [(streets[street], day) for street, day in sorted(pairs, key=lambda pair: (pair[1], str(pair[0])))]


def changed_days(*, since: datetime) -> list[tuple[Place, date]]:
    """Days of which something was recorded since a moment. Two queries."""
    told = AuditRow.objects.filter(at__gte=since, kind=KIND).order_by().values("ref_id")
    return _days(Need.objects.filter(pk__in=told))


def days_to_look_at() -> list[tuple[Place, date]]:
    """Days with needs still open, and days that were never counted. Four queries."""
    unfinished = _days(Need.objects.filter(state__in=UNFINISHED))
    counted = CountedDay.objects.filter(street=OuterRef("street"), day=OuterRef("day"))
    rows = Need.objects.annotate(day=TruncDate("received_at")).filter(~Exists(counted))
    return sorted({*unfinished, *_days(rows)}, key=lambda pair: (pair[1], str(pair[0].pk)))

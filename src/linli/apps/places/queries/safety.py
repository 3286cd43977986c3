"""Reads of the register of public-safety equipment."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from linli.apps.places.models import Place, SafetyEquipment
from linli.apps.places.permissions import READERS
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

FILING_DAYS = "places.filing_days"


@dataclass(frozen=True)
class Filing:
    """A row of the register and where its filing stands: filed, due by a day, or late."""

    row: SafetyEquipment
    due: date
    state: str


def equipment_visible_to(
    actor: Actor | None, rows: QuerySet[SafetyEquipment] | None = None
) -> QuerySet[SafetyEquipment]:
    """Equipment registered where the actor's desk reaches."""
    rows = SafetyEquipment.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def filings(place: Place, *, on: date) -> list[Filing]:
    """The register of a place with the day by which each row is filed (rules §14). Two queries."""
    days = timedelta(days=value_of(FILING_DAYS, street=place.street_id))
    rows = SafetyEquipment.objects.filter(place=place)
    return [_filing(row, row.notice_on + days, on) for row in rows]


def _filing(row: SafetyEquipment, due: date, on: date) -> Filing:
    if row.filed_on is not None:
        return Filing(row, due, "filed")
    return Filing(row, due, "late" if on > due else "open")

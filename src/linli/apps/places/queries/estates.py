"""Reads of estates, buildings, households and the grids that look after them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from linli.apps.places.models import Building, Estate, GridCover, Household, Stairwell
from linli.apps.places.permissions import READERS
from linli.kernel.scope import Actor


def in_force_on(day: date) -> tuple[Q, Q]:
    """Rows that stand on ``day``."""
    return Q(valid_to__isnull=True) | Q(valid_to__gt=day), Q(valid_from__lte=day)


def estates_visible_to(actor: Actor | None, rows: QuerySet[Estate] | None = None) -> QuerySet[Estate]:
    """Estates of the communities the actor's desk covers."""
    rows = Estate.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(community__in=_reached(actor))


def buildings_visible_to(actor: Actor | None, rows: QuerySet[Building] | None = None) -> QuerySet[Building]:
    """Buildings of the communities the actor's desk covers."""
    rows = Building.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(community__in=_reached(actor))


def households_visible_to(actor: Actor | None, rows: QuerySet[Household] | None = None) -> QuerySet[Household]:
    """Households of the communities the actor's desk covers."""
    rows = Household.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(building__community__in=_reached(actor))


def _reached(actor: Actor) -> QuerySet[Any]:
    return actor.reach(*READERS).places


def grid_of(building: Building, *, on: date, stairwell: Stairwell | None = None) -> GridCover | None:
    """Which grid looks after a stairwell, else its building, on that day. One query."""
    covered = Q(building=building) | Q(stairwell=stairwell) if stairwell else Q(building=building)
    rows = GridCover.objects.filter(covered, *in_force_on(on)).select_related("grid")
    found = {row.stairwell_id is not None: row for row in rows}
    return found.get(True) or found.get(False)

"""Reads of menus, service points and wishes."""

from datetime import date
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from django.db.models import QuerySet

from linli.apps.ordering.models import CatalogItem, ItemState, ServicePoint, Wish
from linli.apps.ordering.permissions import READERS
from linli.apps.places.models import Place
from linli.kernel.scope import Actor

MINUTES_ON_FOOT = 15
WALKED_METRES = 1_000
"""What is walked in fifteen minutes, in metres of a straight line: about 67 m a minute, as an old person walks."""
EARTH = 6_371_000
"""Mean radius in metres (IUGG)."""


def items_visible_to(actor: Actor | None, rows: QuerySet[CatalogItem] | None = None) -> QuerySet[CatalogItem]:
    """Services on the menus of the places where the actor's posts reach."""
    rows = CatalogItem.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def points_visible_to(actor: Actor | None, rows: QuerySet[ServicePoint] | None = None) -> QuerySet[ServicePoint]:
    """Service points there."""
    rows = ServicePoint.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def wishes_visible_to(actor: Actor | None, rows: QuerySet[Wish] | None = None) -> QuerySet[Wish]:
    """Wishes there."""
    rows = Wish.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def on_the_menu(place: Place, today: date) -> QuerySet[CatalogItem]:
    """What a resident of a community can order, of this month and the coming ones. Public."""
    rows = CatalogItem.objects.filter(place=place, state=ItemState.OPEN, month__gte=today.replace(day=1))
    return rows.filter(drawn_at__isnull=True).select_related("provider").order_by("month", "title")


class Nearby(NamedTuple):
    """A service point and how far it is in a straight line."""

    point: ServicePoint
    metres: int

    @property
    def within(self) -> bool:
        """Whether it lies within fifteen minutes on foot."""
        return self.metres <= WALKED_METRES


def points_near(latitude: Decimal, longitude: Decimal, *, kind: str = "") -> list[Nearby]:
    """Open service points by their distance in metres in a straight line, the nearest first. Public; one query."""
    rows = ServicePoint.objects.filter(closed_on__isnull=True, latitude__isnull=False)
    here = float(latitude), float(longitude)
    found = [
        Nearby(row, _metres(here, (float(row.latitude), float(row.longitude))))
        for row in rows.select_related("place")
        if row.latitude is not None and row.longitude is not None and (not kind or kind in row.kinds)
    ]
    return sorted(found, key=lambda one: (one.metres, one.point.title))


def _metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Metres between two points in degrees (haversine)."""
    (a, b), (c, d) = (tuple(map(radians, point)) for point in (one, other))
    chord = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(chord)))

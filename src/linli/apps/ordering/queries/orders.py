"""Reads of orders: who may, who waits, how much is asked for, which buildings use what."""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet, Sum

from linli.apps.ordering.models import HOLDS, LIVING, CatalogItem, Contractor, Order, OrderState
from linli.apps.ordering.permissions import READERS, SERVED_NOW, SPEAKERS
from linli.apps.places.models import Building, Place
from linli.kernel.scope import Actor

SMALLEST = 5
"""Fewer households of a building are not told: they could be known by it."""


def orders_visible_to(actor: Actor | None, rows: QuerySet[Order] | None = None) -> QuerySet[Order]:
    """Orders of the places where the actor's posts reach, and of sheets he serves now; names stay sealed."""
    rows = Order.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    here = Q(item__place__in=actor.reach(*READERS).places)
    if not actor.roles() & set(SPEAKERS):
        return rows.filter(here)
    mine = Contractor.objects.filter(organization__in=actor.reach(*SPEAKERS).organizations, sheet__state__in=SERVED_NOW)
    return rows.filter(here | Q(on_sheet__sheet__in=mine.order_by().values("sheet")))


def waiting_line(item: CatalogItem) -> QuerySet[Order]:
    """Who waits for a place, the first first."""
    return Order.objects.filter(item=item, state=OrderState.WAITING).order_by("asked_at", "id")


def demand(items: QuerySet[CatalogItem]) -> QuerySet[CatalogItem]:
    """Services with ``asked`` (how many are wanted) and ``households`` (orders that live). One query."""
    living = Q(orders__state__in=LIVING)
    return items.annotate(asked=Sum("orders__quantity", filter=living), households=Count("orders", filter=living))


class Heat(NamedTuple):
    """How many households of a building used what is ordered; None where it is fewer than the smallest told."""

    building: Building
    households: int | None


def heat_of(place: Place, *, year: int, month: int = 0) -> list[Heat]:
    """Use by building in a year or month of it, the most first; small numbers are hidden. Two queries."""
    rows = Order.objects.filter(item__place=place, state__in=HOLDS, building__isnull=False, item__month__year=year)
    if month:
        rows = rows.filter(item__month__month=month)
    counted = dict(rows.values_list("building").annotate(Count("household_key", distinct=True)))
    found = [
        Heat(building, counted[pk] if counted[pk] >= SMALLEST else None)
        for pk, building in Building.objects.select_related("estate").in_bulk(list(counted)).items()
    ]
    return sorted(found, key=lambda one: (-(one.households or 0), str(one.building)))

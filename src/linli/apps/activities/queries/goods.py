"""Reads of goods handed out: what I hand out, how far it is; counts for everybody, lists for the staff."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from linli.apps.activities.models import Distribution, Handout
from linli.apps.activities.permissions import DOOR, READERS
from linli.apps.places.models import Building, Place
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor


def distributions_visible_to(actor: Actor | None, rows: QuerySet[Distribution] | None = None) -> QuerySet[Distribution]:
    """What is handed out in the places where the actor's posts reach."""
    rows = Distribution.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def handouts_visible_to(actor: Actor | None, rows: QuerySet[Handout] | None = None) -> QuerySet[Handout]:
    """Who signed: only where the actor stands at the door."""
    rows = Handout.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(distribution__place__in=actor.reach(*DOOR).places)


@dataclass(frozen=True)
class BuildingCount:
    """A building with its households: how many are to get something, how many have signed."""

    building: Building
    households: int
    signed: int


def by_building(distribution: Distribution) -> list[BuildingCount]:
    """Every building in its order. Two queries."""
    rows = distribution.handouts.order_by().values_list("building")
    counted = rows.annotate(all=Count("pk"), signed=Count("pk", filter=Q(signed_on__isnull=False)))
    found = {building: (whole, signed) for building, whole, signed in counted}
    buildings = Building.objects.filter(pk__in=found).select_related("estate").order_by("number", "name", "id")
    return [BuildingCount(building, *found[building.pk]) for building in buildings]


@dataclass(frozen=True)
class GoodsCount:
    """What everybody may know: pieces and households, never who."""

    item: str
    measure: str
    bought: int
    handed: int
    households: int
    signed: int


def goods_count(distribution: Distribution) -> GoodsCount:
    """The counts of one handing-out. One query."""
    found = distribution.handouts.aggregate(
        households=Count("pk"), signed=Count("pk", filter=Q(signed_on__isnull=False))
    )
    row = distribution
    return GoodsCount(row.item, row.measure, row.bought, row.handed, found["households"], found["signed"])


def goods_about(subject: Ref) -> QuerySet[Distribution]:
    """What was handed out for one record, the latest first."""
    return Distribution.objects.filter(subject_kind=subject.kind, subject_id=subject.id)


def goods_at(place: Place) -> QuerySet[Distribution]:
    """What is handed out at or below a place, the latest first."""
    return Distribution.objects.filter(place__paths_up__ancestor=place.pk)

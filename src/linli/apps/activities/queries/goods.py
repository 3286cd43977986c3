"""Reads of goods handed out: what I hand out, how far it is; counts for everybody, lists for the staff."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from linli.apps.activities.models import Distribution, Handout
from linli.apps.activities.permissions import DOOR, READERS
from linli.apps.activities.queries.activities import visible_to as activities_visible_to
from linli.apps.ledger.queries import spendable_by
from linli.apps.places.models import Building, Place
from linli.kernel.refs import Ref, resolve
from linli.kernel.scope import Actor

MOST_SUBJECTS = 300
"""Of each kind of source; a list to choose from, not an archive."""


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


def public_goods() -> QuerySet[Distribution]:
    """What was handed out, for everybody: item, place and counts; who signed is never among them."""
    rows = Distribution.objects.select_related("place")
    return rows.annotate(
        households=Count("handouts"), signed=Count("handouts", filter=Q(handouts__signed_on__isnull=False))
    ).order_by("-begun_at", "-id")


def known_subjects(actor: Actor | None) -> list[tuple[Ref, str]]:
    """What the activities and the money the actor sees are for, by name: the records goods may belong to."""
    held = activities_visible_to(actor).exclude(subject_id=None).order_by()
    paid = spendable_by(actor).order_by()
    pairs = {*held.values_list("subject_kind", "subject_id")[:MOST_SUBJECTS]}
    pairs |= {*paid.values_list("subject_kind", "subject_id")[:MOST_SUBJECTS]}
    named = resolve([Ref(kind, key) for kind, key in pairs if key is not None], actor=actor)
    return sorted(((ref, one.label) for ref, one in named.items()), key=lambda one: one[1])

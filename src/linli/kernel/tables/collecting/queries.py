"""Who sees which collection and unit, and how far a collection has come."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.kernel.contributions import contributions
from linli.kernel.contributions.kinds import FormOffer
from linli.kernel.scope import Role
from linli.kernel.scope.actors import Actor
from linli.kernel.tables.collecting.records import OWED, Collection, CollectionUnit, UnitState


def _by_roles(which: str) -> Iterable[tuple[tuple[Role, ...], list[str]]]:
    """Names of the forms that the same roles open, or fill."""
    names: dict[tuple[Role, ...], list[str]] = defaultdict(list)
    for offer in contributions(FormOffer):
        names[getattr(offer, which)].append(offer.name)
    return names.items()


def _kept(actor: Actor, path: str) -> Q:
    found = Q(pk__in=[])
    for roles, names in _by_roles("opens"):
        found |= Q(**{f"{path}form__in": names, f"{path}place_id__in": actor.reach(*roles).places})
    return found


def _filled(actor: Actor) -> Q:
    found = Q(pk__in=[])
    for roles, names in _by_roles("fills"):
        reach = actor.reach(*roles)
        here = Q(organization_id__isnull=True, place_id__in=reach.places) | Q(organization_id__in=reach.organizations)
        found |= Q(collection__form__in=names) & here
    return found


def kept_by(actor: Actor | None, rows: QuerySet[Collection] | None = None) -> QuerySet[Collection]:
    """The collections of the streets where the actor opens such forms."""
    rows = Collection.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(_kept(actor, ""))


def units_visible_to(actor: Actor | None, rows: QuerySet[CollectionUnit] | None = None) -> QuerySet[CollectionUnit]:
    """The units of collections the actor keeps, and those he hands in for."""
    rows = CollectionUnit.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(_kept(actor, "collection__") | _filled(actor))


def owed_by(actor: Actor | None) -> QuerySet[CollectionUnit]:
    """The units of open collections the actor hands in for, by the day they are due; with their collection."""
    rows = CollectionUnit.objects.select_related("collection").filter(collection__closed_at__isnull=True)
    mine = rows.none() if actor is None else rows.filter(_filled(actor))
    return mine.order_by("collection__due_at", "id")


def counted(rows: QuerySet[Collection]) -> QuerySet[Any]:
    """With ``total`` units and ``back``, how many of them came."""
    return rows.annotate(total=Count("units"), back=Count("units", filter=~Q(units__state__in=OWED)))


@dataclass(frozen=True)
class Standing:
    """Where a unit stands as the board says it: a lamp, and whether it is late."""

    lamp: str
    late: bool


_LAMPS = {
    UnitState.WAITING: "off",
    UnitState.RETURNED: "amber",
    UnitState.ATTACHED: "amber",
    UnitState.ACCEPTED: "green",
    UnitState.SENT_BACK: "red",
}


def standing_of(unit: CollectionUnit, at: datetime) -> Standing:
    """Late is what the unit still owes after the moment it was due."""
    late = unit.state in OWED and at > unit.collection.due_at
    return Standing("red" if late else _LAMPS[UnitState(unit.state)], late)

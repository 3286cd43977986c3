"""Reads of the tree of places."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.places.models import Level, Place, PlacePath
from linli.apps.places.permissions import READERS
from linli.apps.places.queries.codes import head_of
from linli.kernel.scope import Actor

COMMUNITIES = (Level.COMMUNITY, Level.VILLAGE)


def visible_to(actor: Actor | None, rows: QuerySet[Place] | None = None) -> QuerySet[Place]:
    """Places the actor's desk covers: where he holds a reading post, and everything below."""
    rows = Place.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(pk__in=actor.reach(*READERS).places)


def in_force(on: date, rows: QuerySet[Place] | None = None) -> QuerySet[Place]:
    """Places that exist on the day ``on``."""
    rows = Place.objects.all() if rows is None else rows
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


def open_communities(on: date) -> QuerySet[Place]:
    """Communities and villages anybody may choose on the portal, with their street."""
    return in_force(on).filter(level__in=COMMUNITIES).select_related("street").order_by("code")


def ancestors(place: Place) -> QuerySet[Place]:
    """The places above ``place``, the nearest first; without itself."""
    return Place.objects.filter(paths_down__descendant=place, paths_down__depth__gt=0).order_by("paths_down__depth")


def descendants(place: Place) -> QuerySet[Place]:
    """The places below ``place``, by code; without itself."""
    return Place.objects.filter(paths_up__ancestor=place, paths_up__depth__gt=0).order_by("code")


def below(places: Iterable[UUID]) -> QuerySet[PlacePath, UUID]:
    """A subquery of the ids of ``places`` and of all places below them."""
    return PlacePath.objects.filter(ancestor__in=list(places)).values_list("descendant_id", flat=True)


def paths_to(places: Iterable[UUID], *, from_any_of: Iterable[UUID]) -> set[tuple[UUID, UUID]]:
    """The pairs (ancestor, place) that join one of ``from_any_of`` to one of ``places``. One query."""
    return set(
        PlacePath.objects.filter(descendant__in=list(places), ancestor__in=list(from_any_of)).values_list(
            "ancestor_id", "descendant_id"
        )
    )


def places_and_streets(places: Iterable[UUID] | QuerySet[Any, UUID]) -> tuple[list[UUID], frozenset[UUID] | None]:
    """``places`` and the streets they lie in; None where one once had the code of another street. One query."""
    asked = places if isinstance(places, QuerySet) else list(places)
    rows = list(Place.objects.filter(pk__in=asked).order_by().values_list("pk", "street", "code", "former_names__code"))
    moved = any(former and head_of(former, Level.STREET) != head_of(code, Level.STREET) for *_, code, former in rows)
    streets = frozenset(street for _, street, *_ in rows if street is not None)
    return list(dict.fromkeys(pk for pk, *_ in rows)), None if moved else streets


def street_of(place: Place) -> Place | None:
    """The street a place lies in; None for a district."""
    return place.street


def tops(rows: QuerySet[Place]) -> QuerySet[Place]:
    """Those of ``rows`` whose parent is not among them: where a reader's part of the tree begins."""
    return rows.exclude(parent__in=rows.order_by().values("pk"))


def only_top(rows: QuerySet[Place]) -> Place | None:
    """The one place where a reader's tree begins; None when it begins at several."""
    found = list(tops(rows)[:2])
    return found[0] if len(found) == 1 else None

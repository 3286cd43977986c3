"""Reads of honours, facilities and partners."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from linli.apps.organizations.models import Facility, Honour, Organization, Partnership
from linli.apps.organizations.permissions import READERS
from linli.apps.organizations.queries.related import holding
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import COMMUNITIES
from linli.apps.places.queries import in_force as places_in_force
from linli.kernel.scope import Actor

SOON = timedelta(days=90)


def honours_visible_to(actor: Actor | None, rows: QuerySet[Honour] | None = None) -> QuerySet[Honour]:
    """Honours of the places and organizations the actor sees."""
    rows = Honour.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(*READERS)
    return rows.filter(Q(organization__in=reach.organizations) | Q(place__in=reach.places))


def counting(on: date, rows: QuerySet[Honour] | None = None) -> QuerySet[Honour]:
    """Honours that count on the day ``on``."""
    rows = Honour.objects.all() if rows is None else rows
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), year__lte=on.year)


def expiring(on: date, rows: QuerySet[Honour] | None = None, *, within: timedelta = SOON) -> QuerySet[Honour]:
    """Honours that count on the day ``on`` and will not ``within`` so many days later."""
    return counting(on, rows).filter(valid_to__lte=on + within)


def facilities_visible_to(actor: Actor | None, rows: QuerySet[Facility] | None = None) -> QuerySet[Facility]:
    """Facilities of the places the actor sees."""
    rows = Facility.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def facilities_at(place: Place, on: date, *, kind: str = "") -> QuerySet[Facility]:
    """What stands open on the day ``on`` at ``place``, below it, and at its street for everybody there."""
    here = Q(place__paths_up__ancestor=place)
    if place.street_id and place.street_id != place.pk:
        here |= Q(place=place.street_id)
    rows = holding(Facility.objects.filter(here), on)
    rows = rows.filter(kind=kind) if kind else rows
    return rows.select_related("place", "operator").order_by("kind", "name", "id").distinct()


def partnerships_visible_to(actor: Actor | None, rows: QuerySet[Partnership] | None = None) -> QuerySet[Partnership]:
    """Partners of the places the actor sees."""
    rows = Partnership.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def keepable_places(actor: Actor, roles: Any, on: date) -> QuerySet[Place]:
    """Places a register may be kept for by one of ``roles``: no grids and points, with their street."""
    rows = places_in_force(on, Place.objects.filter(pk__in=actor.reach(*roles).places))
    return rows.exclude(level__in=("grid", "point")).select_related("street").order_by("code")


def public_organizations(on: date) -> QuerySet[Organization]:
    """What anybody may read of: organizations shown to the neighbours that exist on the day ``on``."""
    rows = Organization.objects.filter(is_public=True, valid_from__lte=on, valid_to__isnull=True)
    return rows.select_related("place__street").order_by("kind", "name", "id")


def places_to_choose(actor: Actor, roles: Any, on: date, *, most: int = 30) -> list[Place]:
    """What a list may be cut to: the actor's streets, of one street its communities; none above ``most``. One query."""
    rows = list(keepable_places(actor, roles, on)[: most * most])
    streets = [place for place in rows if place.level == Level.STREET]
    found = streets if len(streets) > 1 else [place for place in rows if place.level in COMMUNITIES]
    return found if len(found) <= most else []

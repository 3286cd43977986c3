"""Who is on watch, and which alarms nobody has taken."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from linli.apps.needs.models import Alarm, Need, Watch
from linli.apps.needs.permissions import DISPATCHERS, WORKERS
from linli.apps.needs.queries.wall import visible_to
from linli.apps.people import queries as people
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.apps.places.queries import ancestors
from linli.kernel.scope import Actor, Role

STANDING = frozenset({*WORKERS, *DISPATCHERS, Role.LEADER})
"""Who is told where nobody is entered for this hour: all who work there and are not away, or who act for them."""


def on_watch(place: Place, at: datetime) -> QuerySet[Watch]:
    """Who is entered for ``at`` at the place or above it."""
    above = [place.pk, *ancestors(place).values_list("pk", flat=True)]
    return Watch.objects.filter(place__in=above, starts__lte=at, ends__gt=at)


def to_be_told(need: Need, at: datetime) -> list[User]:
    """Whoever hears of danger in a need: those on watch, else all who work there. At most four queries."""
    named = on_watch(need.place, at).order_by().values("user")
    found = User.objects.filter(pk__in=named, is_active=True)
    if not found.exists():
        found = User.objects.filter(pk__in=people.holders(STANDING, need.place), is_active=True)
    return list(found.order_by("name", "pk"))


def alarms_visible_to(actor: Actor | None, rows: QuerySet[Alarm] | None = None) -> QuerySet[Alarm]:
    """Alarms of the needs the actor may read."""
    rows = Alarm.objects.all() if rows is None else rows
    return rows.filter(need__in=visible_to(actor).order_by().values("pk"))


def watches_visible_to(actor: Actor | None, rows: QuerySet[Watch] | None = None) -> QuerySet[Watch]:
    """Watches at the places where the actor works."""
    rows = Watch.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*STANDING).places)


def watchers_of(place: Place, roles: Collection[Role] = STANDING) -> QuerySet[User, UUID]:
    """Who may be entered for a watch at a place."""
    return people.holders(roles, place)

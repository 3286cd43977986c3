"""Reads of the roster of persons."""

from django.db.models import QuerySet

from linli.apps.people.models import Person
from linli.apps.people.permissions import ROSTER_READERS
from linli.kernel.scope import Actor


def persons_visible_to(actor: Actor | None, rows: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """Persons of the communities where the actor works with the roster."""
    rows = Person.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(community__in=actor.reach(*ROSTER_READERS).places)

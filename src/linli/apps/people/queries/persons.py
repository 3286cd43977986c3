"""Reads of the roster of persons."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from linli.apps.people.models import Person, RollEntry
from linli.apps.people.models.roll import RollRows
from linli.apps.people.permissions import ROSTER_READERS
from linli.apps.places.models import Place
from linli.kernel.privacy import frozen
from linli.kernel.scope import Actor


def persons_visible_to(actor: Actor | None, rows: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """Persons of the communities where the actor works with the roster, those left out whose data rest."""
    rows = Person.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    here = rows.filter(community__in=actor.reach(*ROSTER_READERS).places)
    return here.exclude(pk__in=frozen("people.roster"))


def rolls_visible_to(actor: Actor | None, rows: Any = None) -> RollRows:
    """Entries of the rolls of communities whose roster the actor works with, but those of persons whose data rest."""
    found: RollRows = RollEntry.objects.all() if rows is None else rows
    if actor is None:
        return found.none()
    here = found.filter(community__in=actor.reach(*ROSTER_READERS).places)
    return here.exclude(person__in=frozen("people.roster"))


def roll_counts(community: Place, on: date) -> dict[str, int]:
    """Roll → how many people stand on it that day, as the list shows them. One query."""
    rows = RollEntry.objects.in_force(on).filter(community=community).exclude(person__in=frozen("people.roster"))
    return dict(rows.order_by().values_list("kind").annotate(number=Count("pk")))

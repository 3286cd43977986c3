"""Whom a person of the roster may be once more, and with whom he lives."""

from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.people.models import Person
from linli.apps.people.permissions import ROSTER_READERS
from linli.apps.places.models import Place
from linli.kernel.privacy import frozen
from linli.kernel.scope import Actor

MOST = 12


def doubles_of(person: Person, actor: Actor) -> list[Person]:
    """Rows of the same name in any writing, or with the same telephone, that the actor keeps."""
    prints = [one for one in (person.phone_print, person.landline_print) if one]
    found: set[UUID] = set()
    for alike in (Q(name_key=person.name_key), Q(phone_print__in=prints), Q(landline_print__in=prints)):
        ids = Person.objects.living().filter(alike).order_by().values_list("pk", flat=True)
        found |= set(ids[: MOST * 4])
    rows = Person.objects.filter(pk__in=_kept_by(actor, found - {person.pk})).order_by("id")
    return list(rows.select_related("community", "household__building__estate", "household__stairwell")[:MOST])


def _kept_by(actor: Actor, found: set[UUID]) -> list[UUID]:
    """Those whose roster the actor keeps and whose data do not rest.

    The communities are compared here: asked for together with the keys, SQLite reads the whole community.
    """
    rows = Person.objects.filter(pk__in=found).exclude(pk__in=frozen("people.roster")).order_by("id")
    homes = dict(rows.values_list("pk", "community"))
    reached = Place.objects.filter(pk__in=set(homes.values())).filter(pk__in=actor.reach(*ROSTER_READERS).places)
    kept = set(reached.order_by().values_list("pk", flat=True))
    return [pk for pk, community in homes.items() if community in kept][:MOST]


def household_of(person: Person) -> QuerySet[Person]:
    """The others behind the same door, but those whose data rest."""
    rows = Person.objects.living().filter(household=person.household_id).exclude(pk=person.pk)
    rows = rows.exclude(pk__in=frozen("people.roster"))
    return (rows if person.household_id else rows.none()).order_by("pinyin_key", "id")

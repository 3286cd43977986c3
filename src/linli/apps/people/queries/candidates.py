"""Whom a person of the roster may be once more, and with whom he lives."""

from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.people.models import Person
from linli.apps.people.queries.persons import persons_visible_to
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
    rows = persons_visible_to(actor, Person.objects.filter(pk__in=found)).exclude(pk=person.pk).order_by("id")
    return list(rows.select_related("community", "household__building__estate", "household__stairwell")[:MOST])


def household_of(person: Person) -> QuerySet[Person]:
    """The others behind the same door, but those whose data rest."""
    rows = Person.objects.living().filter(household=person.household_id).exclude(pk=person.pk)
    rows = rows.exclude(pk__in=frozen("people.roster"))
    return (rows if person.household_id else rows.none()).order_by("pinyin_key", "id")

"""Reads of the roster that tell whether a row is about somebody who stands there already."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from linli.algorithms import personal_names as names
from linli.apps.people.models import Person
from linli.apps.people.permissions import ROSTER_READERS
from linli.apps.places.models import Household, Place
from linli.apps.places.queries import COMMUNITIES, words
from linli.kernel.scope import Actor

SHARERS = 20
"""Persons who share one telephone, from which it may be told that two rows are one person."""
SHOWN = ("community", "household__building", "household__stairwell")
"""What is shown of a person beside a row that may be about him."""
Door = tuple[Any, str, str, str, str]
"""(community, estate, building, stairwell, room), written one way."""


def roster_communities(actor: Actor) -> QuerySet[Place]:
    """The communities whose roster the actor works with, by code."""
    reached = actor.reach(*ROSTER_READERS).places
    return Place.objects.filter(pk__in=reached, level__in=COMMUNITIES, valid_to__isnull=True).order_by("code")


def door_of(community: Any, estate: str, building: str, stairwell: str, room: str) -> Door:
    """A door as :func:`doors` names it."""
    number = words.stairwell_number(stairwell) if stairwell else ""
    return community, words.plain(estate), words.building_key(building), number, words.room_number(room)


def doors(wanted: Iterable[Door]) -> dict[Door, Household]:
    """The households behind these doors; one without an estate in the row is found where it is the only one."""
    asked = set(wanted)
    rows = Household.objects.filter(
        building__community__in={door[0] for door in asked},
        building__key__in={door[2] for door in asked},
        room__in={door[4] for door in asked},
        building__valid_to__isnull=True,
    ).select_related("building__estate", "stairwell")
    found: dict[Door, Household] = {}
    doubtful: set[Door] = set()
    for row in rows:
        estate = row.building.estate.key if row.building.estate else ""
        number = row.stairwell.number if row.stairwell else ""
        door: Door = (row.building.community_id, estate, row.building.key, number, row.room)
        found[door] = row
        short = (door[0], "", *door[2:])
        if estate and found.setdefault(short, row) is not row:
            doubtful.add(short)
    return {door: row for door, row in found.items() if door in asked and door not in doubtful}


def holders_of(prints: Iterable[str]) -> dict[str, Person]:
    """Fingerprint of a document number → the person on the roster who has it, wherever he lives."""
    rows = Person.objects.filter(id_print__in=[one for one in prints if one], merged_into__isnull=True)
    return {str(row.id_print): row for row in rows.select_related("community")}


def namesakes(wanted: Iterable[tuple[str, str | None]], communities: Sequence[Any]) -> dict[str, list[Person]]:
    """Key of a name → the persons of these communities who bear it, in any writing.

    ``wanted``: key and date of birth. A person born on another of the dates is left out, so that a hundred thousand
    residents are not read for the few names that half of them bear; without a date, all who bear the name are found.
    At most two queries.
    """
    dated = {key for key, born in wanted if born}
    births = {born for _key, born in wanted if born}
    undated = {key for key, born in wanted if not born}
    here = Person.objects.living().filter(community__in=communities).order_by()  # sorted below: an order asked for
    here = here.select_related(*SHOWN)  # would be served by reading the whole community in it
    rows: list[Person] = []
    if dated - undated:
        born_then = Q(born_on__in=births) | Q(born_on__isnull=True)
        rows += here.filter(born_then, name_key__in=dated - undated)
    if undated:
        rows += here.filter(name_key__in=undated)
    found: dict[str, list[Person]] = {}
    for row in sorted(rows, key=_as_sorted):
        found.setdefault(row.name_key, []).append(row)
    return found


def phone_sharers(prints: Iterable[str], communities: Sequence[Any]) -> dict[str, list[Person]]:
    """Fingerprint of a telephone → the persons of these communities who have it as mobile or landline.

    A number that more than :data:`SHARERS` have, as that of a village office, tells nobody apart and is left out.
    Three queries.
    """
    asked = {one for one in prints if one}
    having: dict[str, set[Any]] = {}
    for column in ("phone_print", "landline_print") if asked else ():
        # by the index of the fingerprint alone: asked for together with the rest, the whole community would be read
        ids = Person.objects.filter(**{f"{column}__in": asked}).order_by().values_list(column, "pk")
        for one, pk in ids:
            having.setdefault(one, set()).add(pk)
    few = {one: keys for one, keys in having.items() if len(keys) <= SHARERS}
    rows = Person.objects.living().order_by().select_related(*SHOWN)
    found = rows.in_bulk({pk for keys in few.values() for pk in keys})
    persons = {pk: row for pk, row in found.items() if row.community_id in set(communities)}
    return {one: sorted((persons[pk] for pk in keys if pk in persons), key=_as_sorted) for one, keys in few.items()}


def _as_sorted(person: Person) -> tuple[str, Any]:
    return person.pinyin_key, person.pk


def sounds_alike(one: str, other: str) -> bool:
    """Two names that may be one: written with variants, read alike, or with one character between them."""
    first, second = names.folded(one), names.folded(other)
    if first == second or names.keys_of(one).pinyin == names.keys_of(other).pinyin:
        return True
    same = sum(a == b for a, b in zip(first, second, strict=False))
    return len(first) == len(second) >= 2 and same >= len(first) - 1

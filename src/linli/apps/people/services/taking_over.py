"""Taking the rows of an imported roster over: nothing is overwritten that somebody changed meanwhile."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Person
from linli.apps.people.services.persons import correct_person
from linli.apps.places.models import Household
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor
from linli.kernel.tables import Change, Doubt

CHUNK = 1_000


def hold_known(rows: QuerySet[Any], *, actor: Actor) -> None:
    """Lock the persons that rows change, and refuse when one was changed, merged or given a number meanwhile."""
    known = rows.filter(action=Change.CHANGED).order_by("number").values_list("data", flat=True)
    for some in _chunks(known.iterator(chunk_size=CHUNK)):
        versions = {data["pk"]: data["known_version"] for data in some}
        held = Person.objects.filter(pk__in=list(versions), merged_into__isnull=True)
        held.update(changed_at=F("changed_at"))
        now = {pk.hex: version for pk, version in held.values_list("pk", "version")}
        if now != versions:
            raise Refusal(
                _("Somebody changed persons of this file after it was read. Start again, then take over."),
                code="changed-meanwhile",
            )
    _refuse_second_numbers(rows)


def _refuse_second_numbers(rows: QuerySet[Any]) -> None:
    for row in rows.filter(doubt=Doubt.OTHER).order_by("number").iterator(chunk_size=CHUNK):
        if any(match["reason"] == "double-document" for match in row.matches):
            raise Refusal(
                _(
                    "Row %(row)s has the document number of somebody on the roster: two people never share one. "
                    "Choose the same one, or correct the number and upload again."
                )
                % {"row": row.number},
                code="document-taken",
            )


def take_over_same(rows: QuerySet[Any], *, actor: Actor) -> None:
    """Rows said to be somebody there: what the file knows is written to that person, what it leaves empty stays."""
    for some in _chunks(rows.iterator(chunk_size=CHUNK)):
        persons = Person.objects.filter(merged_into__isnull=True).in_bulk({UUID(row.same_as) for row in some})
        homes = Household.objects.in_bulk({UUID(row.data["household_id"]) for row in some if row.data["household_id"]})
        for row in some:
            person = persons.get(UUID(row.same_as))
            if person is None:
                raise Refusal(
                    _("Somebody changed persons of this file after it was read. Start again, then take over."),
                    code="changed-meanwhile",
                )
            correct_person(person, values_of(row.data, homes), actor=actor)


def values_of(data: dict[str, Any], homes: Mapping[UUID, Household]) -> dict[str, Any]:
    """What a staged row knows of a person, opened for the machine; nothing that is empty."""
    sealed = Person(pk=UUID(data["pk"]))
    values: dict[str, Any] = {
        "name": data["name"],
        "relation": data["relation_kept"],
        "born_on": date.fromisoformat(data["born_on"]) if data.get("born_on") else None,
        "household": homes.get(UUID(data["household_id"])) if data["household_id"] else None,
    }
    for column, token in (("phone", "phone_token"), ("landline", "landline_token"), ("id_number", "id_token")):
        setattr(sealed, column, sealed_from(data[token]))
        values[column] = getattr(sealed, column).for_machine(because="import") if data[token] else ""
    if values["id_number"]:
        values["id_kind"] = data["kind_kept"]
    return {name: value for name, value in values.items() if value not in ("", None)}


def sealed_from(token: str) -> Any:
    """A stored token as a column takes it."""
    from linli.kernel.privacy.sealed import Token

    return Token(token)


def _chunks(found: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(found)
    while some := list(islice(iterator, CHUNK)):
        yield some

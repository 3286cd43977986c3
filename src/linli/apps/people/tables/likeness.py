"""Rows of a roster that may be about somebody who stands there already, with what is known of him beside."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from linli.apps.people.models import Person
from linli.apps.people.queries.matching import holders_of, namesakes, phone_sharers, roster_communities, sounds_alike
from linli.kernel.tables import Match, add_reason

add_reason("double-document", gettext_noop("the same document number with another name"))
add_reason("double-birth", gettext_noop("the same name and date of birth"))
add_reason("double-variant", gettext_noop("the same name in another writing, and the same date of birth"))
add_reason("double-phone", gettext_noop("the same telephone and a similar name"))
add_reason("double-name", gettext_noop("the same name, and nothing that tells them apart"))
MOST = 4
"""Records shown beside a row."""


def likely(rows: Sequence[Mapping[str, Any]], *, actor: Any) -> list[list[Match]]:
    """The persons each new row may be. At most seven queries."""
    communities = list(roster_communities(actor).values_list("pk", flat=True))
    holders = holders_of({row["id_print"] for row in rows if row["id_print"]})
    same_name = namesakes([(row["name_key"], row["born_on"]) for row in rows], communities)
    phones = {row[key] for row in rows for key in ("phone_print", "landline_print") if row[key]}
    sharers = phone_sharers(phones, communities)
    return [_matches(row, holders, same_name, sharers) for row in rows]


def _matches(
    row: Mapping[str, Any],
    holders: Mapping[str, Person],
    same_name: Mapping[str, list[Person]],
    sharers: Mapping[str, list[Person]],
) -> list[Match]:
    found: dict[Any, Match] = {}
    holder = holders.get(row["id_print"] or "")
    if holder is not None:
        found[holder.pk] = match_of(holder, "double-document")
    for person in same_name.get(row["name_key"], ()):
        reason = "" if _are_two(row, person) else _reason_of_name(row, person)
        if reason:
            found.setdefault(person.pk, match_of(person, reason))
    for key in ("phone_print", "landline_print"):
        for person in sharers.get(row[key], ()):
            if not _are_two(row, person) and sounds_alike(row["name"], person.name):
                found.setdefault(person.pk, match_of(person, "double-phone"))
    return list(found.values())[:MOST]


def _are_two(row: Mapping[str, Any], person: Person) -> bool:
    """Two document numbers of one kind are two people."""
    return bool(row["id_print"] and person.id_print) and row["kind_kept"] == person.id_kind


def _reason_of_name(row: Mapping[str, Any], person: Person) -> str:
    born = person.born_on.isoformat() if person.born_on else None
    if born and row["born_on"]:
        if born != row["born_on"]:
            return ""
        return "double-birth" if person.name == row["name"] else "double-variant"
    return "double-name" if str(person.community_id) == row["community_uuid"] else ""


def match_of(person: Person, reason: str) -> Match:
    """What is shown of a person: numbers masked."""
    household = person.household
    return Match(
        id=person.pk.hex,
        reason=reason,
        title=person.community.name,
        shown={
            "name": person.name,
            "id_kind": str(person.get_id_kind_display()) if person.id_kind else "",
            "id_number": str(person.id_number),
            "born_on": person.born_on.isoformat() if person.born_on else "",
            "phone": str(person.phone),
            "landline": str(person.landline),
            "community": person.community.name,
            "building": household.building.name if household else "",
            "stairwell": household.stairwell.number if household and household.stairwell else "",
            "room": household.room if household else "",
            "relation": person.relation,
        },
    )

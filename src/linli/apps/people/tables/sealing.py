"""A row of a roster made ready for the table: numbers sealed, columns it leaves empty as the person has them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from linli.apps.people.models import DOCUMENT, Person
from linli.kernel.privacy import PHONE
from linli.kernel.privacy.sorts import Sort, fingerprint_of

SEALED: tuple[tuple[str, str, str, str, Sort], ...] = (
    ("phone", "phone_plain", "phone_token", "phone_print", PHONE),
    ("landline", "landline_plain", "landline_token", "landline_print", PHONE),
    ("id_number", "number_plain", "id_token", "id_print", DOCUMENT),
)
"""Column, what the file says, what is stored, its fingerprint."""

FIELDS: Mapping[str, str] = {
    "id_kind": "", "id_number": "", "born_on": "born_on", "phone": "", "landline": "", "community": "", "estate": "",
    "building": "", "stairwell": "", "room": "", "relation": "", "name": "name",
    "name_key": "name_key", "pinyin": "pinyin", "initials": "initials", "pinyin_key": "pinyin_key",
    "stroke_key": "stroke_key", "phone_token": "phone", "phone_print": "phone_print",
    "landline_token": "landline", "landline_print": "landline_print", "kind_kept": "id_kind", "id_token": "id_number",
    "id_print": "id_print", "community_id": "community", "household_id": "household", "building_id": "building",
    "relation_kept": "relation", "version": "version", "telephones": "telephones",
}  # fmt: skip
"""Keys of a staged row → columns of the table; "" is shown in the preview only."""

COMPARED = ("name", "phone_print", "landline_print", "id_print", "born_on", "community_id", "household_id",
            "relation_kept")  # fmt: skip


class Known:
    """Fingerprints of rows, by which persons are found."""

    @staticmethod
    def fingerprint(rows: Sequence[dict[str, Any]]) -> None:
        """Write the fingerprint of each number into the row; None where there is none."""
        for row in rows:
            for _column, plain, _token, name, sort in SEALED:
                row[name] = fingerprint_of(sort, row[plain]) if row[plain] else ""
            row["id_print"] = row["id_print"] or None


def stored_values(person: Person) -> dict[str, Any]:
    """A person as the values a row is compared with."""
    return {
        "name": person.name,
        "phone_print": person.phone_print,
        "landline_print": person.landline_print,
        "id_print": person.id_print,
        "born_on": person.born_on.isoformat() if person.born_on else None,
        "community_id": person.community_id.hex,
        "household_id": person.household_id.hex if person.household_id else None,
        "relation_kept": person.relation,
    }


def seal_row(row: dict[str, Any], *, today: date) -> None:
    """Put sealed numbers and masked ones in the place of plain ones. What the file leaves empty stays as it is."""
    known: Person | None = row.pop("known", None)
    person = known or Person(pk=UUID(row["pk"]))
    for column, plain, token, name, sort in SEALED:
        text = row.pop(plain)
        if known is not None and (not text or row[name] == getattr(known, name)):
            sealed = getattr(known, column)
            row[token], row[name] = sealed.sealed_token() if sealed else "", getattr(known, name)
            row[column] = str(sealed)
        else:
            setattr(person, column, text)
            row[token] = getattr(person, column).sealed_token() if text else ""
            row[column] = sort.mask(text) if text else ""
    row["community_id"] = row["community_uuid"].replace("-", "")
    row["telephones"] = bool(row["phone_token"]) + bool(row["landline_token"])
    row["relation_kept"] = row.get("relation") or ""
    row["version"], row["known_version"] = 1, 0
    if known is not None:
        _keep(row, known)


def _keep(row: dict[str, Any], known: Person) -> None:
    row["version"], row["known_version"] = known.version + 1, known.version
    row["kind_kept"] = row["kind_kept"] or known.id_kind
    row["relation_kept"] = row["relation_kept"] or known.relation
    row["born_on"] = row["born_on"] or (known.born_on.isoformat() if known.born_on else None)
    if row["household_id"] is None and known.household_id and known.community_id.hex == row["community_id"]:
        row["household_id"] = known.household_id.hex
        row["building_id"] = known.building_id.hex if known.building_id else None

"""Taking over checked tables of organizations and of honours: set by set, the same file twice changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import TEAMS, Honour, LegalForm, Organization
from linli.apps.organizations.permissions import KEEPERS
from linli.apps.organizations.services.organization import KEY, address_key
from linli.apps.places.models import Place
from linli.kernel import search
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

BATCH = 500
OUT_OF_REACH = _("Your posts no longer reach every place in this table. Read the file again.")
DAYS = ("valid_from", "registered_on", "founded_on", "member_count_on")
COLUMNS = (
    "kind", "credit_code", "valid_from", "short_name", "legal_form", "registered_with", "registered_on", "founded_on",
    "business", "about", "address", "office_phone", "office_hours", "member_count", "member_count_on",
)  # fmt: skip


@transaction.atomic
def take_over(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the organizations of a checked table, or bring those of that name at that place up to date.

    ``rows`` hold ``name``, ``kind``, ``place_code``, ``valid_from`` (2026-01-05) and those of :data:`COLUMNS` that
    the table had. Refuses all of them when the actor no longer reaches one of the places.
    """
    codes = {row["place_code"] for row in rows}
    places = {place.code: place for place in Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, code__in=codes)}
    if codes - places.keys():
        raise Refusal(OUT_OF_REACH)
    made = [_organization(row, places[row["place_code"]]) for row in rows]
    given = [name for name in COLUMNS if name in rows[0]]
    written = [*given, *([KEY] if "address" in given else []), *(["legal_form"] if "legal_form" not in given else [])]
    Organization.objects.bulk_create(
        made, batch_size=BATCH, update_conflicts=True, unique_fields=["place", "name"], update_fields=written
    )
    for start in range(0, len(made), BATCH):
        names = [one.name for one in made[start : start + BATCH]]
        search.index_many(Organization.objects.filter(name__in=names, place__code__in=codes).select_related("place"))


def _organization(row: Mapping[str, Any], place: Place) -> Organization:
    """The row as it is stored: empty cells are nothing, days are days, a team has no legal person."""
    columns = {name: row[name] for name in COLUMNS if row.get(name) not in (None, "")}
    for name in DAYS:
        if name in columns:
            columns[name] = date.fromisoformat(columns[name])
    if columns["kind"] in TEAMS:
        columns["legal_form"] = LegalForm.NONE
    if "address" in columns:
        columns[KEY] = address_key(columns["address"])
    return Organization(name=row["name"], place=place, **columns)


@transaction.atomic
def take_over_honours(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the honours of a checked table, or bring those of that holder, title, level and year up to date.

    ``rows`` hold ``holder_kind`` ("organization" or "place") and ``holder`` (its id as the check found it).
    """
    reach = actor.reach(*KEEPERS)
    for kind, mine in (
        ("organization", Organization.objects.filter(pk__in=reach.organizations)),
        ("place", Place.objects.filter(pk__in=reach.places)),
    ):
        wanted = {row["holder"] for row in rows if row["holder_kind"] == kind}
        if mine.filter(pk__in=wanted).count() != len(wanted):
            raise Refusal(OUT_OF_REACH)
        _write_honours(kind, [row for row in rows if row["holder_kind"] == kind])


def _write_honours(kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
    held = {
        (str(getattr(one, f"{kind}_id")), one.title, one.level, one.year): one
        for one in Honour.objects.filter(**{f"{kind}__in": {row["holder"] for row in rows}})
    }
    new, changed = [], []
    for row in rows:
        columns = {
            "given_by": row["given_by"],
            "valid_to": date.fromisoformat(row["valid_to"]) if row.get("valid_to") else None,
        }
        honour = held.get((row["holder"], row["title"], row["level"], int(row["year"])))
        if honour is None:
            facts = {
                f"{kind}_id": row["holder"],
                "title": row["title"],
                "level": row["level"],
                "year": int(row["year"]),
            }
            new.append(Honour(**facts, **columns))
        else:
            for name, value in columns.items():
                setattr(honour, name, value)
            changed.append(honour)
    Honour.objects.bulk_create(new, batch_size=BATCH)
    Honour.objects.bulk_update(changed, ["given_by", "valid_to"], batch_size=BATCH)

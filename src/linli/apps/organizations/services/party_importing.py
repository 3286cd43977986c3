"""Taking over checked tables of party organizations and of their numbers: the same file twice changes nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization, PartyOrganization
from linli.apps.organizations.permissions import PARTY_KEEPERS
from linli.apps.organizations.rubric import count_kinds
from linli.apps.organizations.services.party import found_party
from linli.apps.organizations.services.party_count import count_members
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

OUT_OF_REACH = _("Your posts no longer reach every place in this table. Read the file again.")


@transaction.atomic
def take_over_parties(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the party organizations of a checked table; those that are there stay as they are.

    ``rows`` hold ``place`` and ``unit`` (ids as the check found them) beside the cells; parents come first.
    """
    reach = actor.reach(*PARTY_KEEPERS)
    ids = {row["place"] for row in rows}
    places = {str(one.pk): one for one in Place.objects.filter(pk__in=reach.places).filter(pk__in=ids)}
    wanted = {row["unit"] for row in rows if row["unit"]}
    units = Organization.objects.filter(pk__in=wanted).select_related("place")
    found = {str(one.pk): one for one in units.filter(pk__in=reach.organizations)}
    if ids - places.keys() or wanted - found.keys():
        raise Refusal(OUT_OF_REACH)
    there = PartyOrganization.objects.filter(valid_to__isnull=True)
    known = set(there.filter(place__in=ids).values_list("name", "place__code"))
    for row in rows:
        if (row["name"], row["place_code"]) not in known:
            found_party(
                name=row["name"], kind=row["kind"], place=places[row["place"]], organization=found.get(row["unit"]),
                parent=there.get(name=row["parent"]) if row.get("parent") else None,
                valid_from=date.fromisoformat(row["valid_from"]), source=row["source"],
                elected_on=date.fromisoformat(row["elected_on"]) if row.get("elected_on") else None, actor=actor,
            )  # fmt: skip


@transaction.atomic
def take_over_counts(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the numbers of a checked table; numbers of the same day are corrected. Rows hold ``party`` (its id)."""
    mine = PartyOrganization.objects.filter(place__in=actor.reach(*PARTY_KEEPERS).places)
    found = {str(one.pk): one for one in mine.filter(pk__in={row["party"] for row in rows})}
    if {row["party"] for row in rows} - found.keys():
        raise Refusal(OUT_OF_REACH)
    for row in rows:
        count_members(
            found[row["party"]],
            counts={code: row.get(code) for code in count_kinds()},
            as_of=date.fromisoformat(row["as_of"]),
            source=row["source"],
            actor=actor,
        )

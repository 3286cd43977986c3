"""The verbs of organizations: an organization is entered once, with a seat and, where it has one, its code."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.permissions import KEEPERS, enters_organizations
from linli.apps.organizations.services.credit_code import is_credit_code
from linli.apps.places.models import Place
from linli.kernel import search
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

BATCH = 500


def enter(
    *,
    name: str,
    kind: OrganizationKind,
    place: Place,
    valid_from: date,
    actor: Actor | None,
    credit_code: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Organization:
    """A new organization with its seat at ``place``. Refuses a wrong credit code and a name or code that is taken."""
    if not enters_organizations(actor, place):
        raise NotAllowed(_("Only a street officer or the system administrator enters organizations here."))
    name, credit_code = name.strip(), credit_code.strip().upper()
    if not name:
        raise Refusal(_("Give the organization a name."), field="name")
    if credit_code and not is_credit_code(credit_code):
        raise Refusal(
            _("This is not a unified social credit code. Compare all 18 characters with the certificate."),
            field="credit_code",
        )
    organization = Organization(
        name=name,
        kind=kind,
        place=place,
        credit_code=credit_code or None,
        valid_from=valid_from,
        is_demo=is_demo,
    )
    try:
        with transaction.atomic():
            organization.save(force_insert=True)
            facts = {"name": name, "kind": str(kind.label), "credit_code": credit_code}
            record("organizations.organization.enter", organization, actor=actor, facts=facts, at=at)
            search.index(organization)
    except IntegrityError as error:
        raise Refusal(
            _("There is an organization with this name at this place, or with this code, already."), field="name"
        ) from error
    return organization


@transaction.atomic
def take_over(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the organizations of a checked table, or bring those of that name at that place up to date.

    ``rows`` hold ``name``, ``kind``, ``place_code``, ``valid_from`` (2026-01-05) and, where the table had it,
    ``credit_code``. Refuses all of them when the actor no longer reaches one of the places.
    """
    codes = {row["place_code"] for row in rows}
    places = {place.code: place for place in Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, code__in=codes)}
    if codes - places.keys():
        raise Refusal(_("Your posts no longer reach every place in this table. Read the file again."))
    made = [
        Organization(
            name=row["name"],
            kind=row["kind"],
            place=places[row["place_code"]],
            credit_code=row.get("credit_code") or None,
            valid_from=date.fromisoformat(row["valid_from"]),
        )
        for row in rows
    ]
    Organization.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["place", "name"],
        update_fields=[name for name in ("kind", "credit_code", "valid_from") if name in rows[0]],
    )
    for start in range(0, len(made), BATCH):
        names = [one.name for one in made[start : start + BATCH]]
        search.index_many(Organization.objects.filter(name__in=names, place__code__in=codes).select_related("place"))

"""Going along with a place that went into another: organizations, party organizations, facilities, partners."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from linli.apps.organizations.models import (
    ChecklistTick,
    Facility,
    Organization,
    OrganizationStatus,
    Partnership,
    PartyOrganization,
)
from linli.apps.places.models import Place
from linli.kernel import search
from linli.kernel.events import record
from linli.kernel.scope import Actor


def follow(place: Place, heir: Place, *, on: date, actor: Actor | None, at: datetime | None = None) -> int:
    """All that is open at ``place`` stands at ``heir`` from ``on``; how much went. Safe twice.

    What would meet something of the same name there stays and is shown as left behind. Each row that goes has a
    record of its own, so a wrong one is put right by its own verb.
    """
    open_now = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    facts = {"from": place.name, "into": heir.name, "day": on}
    said: dict[str, Any] = {"facts": facts, "actor": actor, "at": at}
    went = 0
    for row in Organization.objects.filter(place=place).exclude(status=OrganizationStatus.ENDED):
        went += _go(row, heir, action="organizations.organization.follow", **said, version=F("version") + 1)
    for party in PartyOrganization.objects.filter(open_now, place=place):
        went += _go(party, heir, action="organizations.party_organization.follow", **said, version=F("version") + 1)
    for facility in Facility.objects.filter(open_now, place=place):
        went += _go(facility, heir, action="organizations.facility.follow", **said)
    for partner in Partnership.objects.filter(open_now, place=place):
        went += _go(partner, heir, action="organizations.partnership.follow", **said)
    return went


def _go(
    row: Any,
    heir: Place,
    *,
    action: str,
    facts: dict[str, Any],
    actor: Actor | None,
    at: datetime | None,
    **also: Any,
) -> bool:
    """Whether ``row`` went; not where the database finds one of its name there."""
    here = type(row).objects.filter(pk=row.pk, place=row.place_id)
    try:
        with transaction.atomic():
            if not here.update(place=heir, **also):
                return False
            ChecklistTick.objects.filter(subject_id=row.pk, valid_to__isnull=True).update(place=heir)
            row.refresh_from_db()
            record(action, row, actor=actor, facts=facts, at=at)
            if isinstance(row, Organization | PartyOrganization):
                search.index(row)
    except IntegrityError:
        return False
    return True

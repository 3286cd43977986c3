"""What stayed at a place that ended: a task for the street's officer, and a part of the place's page."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.organizations.models import Facility, Organization, OrganizationStatus, PartyOrganization
from linli.apps.organizations.permissions import reads_organizations
from linli.apps.places.models import Place
from linli.kernel.contributions import PagePart, Task, TaskSource
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor, Role

MOST = 50


def find_left(actor: Actor) -> Iterable[Task]:
    """Places that ended and still hold organizations, for the officer of their street. One query beside his posts."""
    if Role.STREET_OFFICER not in actor.roles():
        return
    here = {"place": OuterRef("pk")}
    rows = Place.objects.filter(
        Exists(Organization.objects.filter(**here).exclude(status=OrganizationStatus.ENDED))
        | Exists(PartyOrganization.objects.filter(valid_to__isnull=True, **here))
        | Exists(Facility.objects.filter(valid_to__isnull=True, **here)),
        valid_to__isnull=False,
        pk__in=actor.reach(Role.STREET_OFFICER).places,
    )
    for place in rows.order_by("-valid_to", "code")[:MOST]:
        title = _("%(place)s has ended: organizations stayed there") % {"place": place.name}
        address = reverse("places:place", args=[place.pk]) + "#left-organizations"
        since = timezone.make_aware(datetime.combine(place.valid_to or timezone.localdate(), time()))
        why = _("Say for each where it belongs now")
        yield Task(ref_of(place), title, address, _("See what stayed"), why=why, since=since)


def stays(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """It waits for whoever is the officer."""
    return 0


def left_at(actor: Actor | None, place: Place) -> dict[str, Any] | None:
    """Of a place that ended: what still sits there. Three queries, none for a place in force."""
    if place.valid_to is None or not reads_organizations(actor, None):
        return None
    found = {
        "organizations": list(place.organizations.exclude(status=OrganizationStatus.ENDED)[:MOST]),
        "parties": list(place.party_organizations.filter(valid_to__isnull=True)[:MOST]),
        "facilities": list(place.facilities.filter(valid_to__isnull=True)[:MOST]),
    }
    return found if any(found.values()) else None


LEFT = (
    TaskSource("organizations.left", find_left, stays),
    PagePart("places.place", "organizations.left", "organizations/part_left.html", left_at, order=5),
)

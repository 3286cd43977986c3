"""What organizations add to the front pages: numbers of a place, duties of the day, a door of the portal."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.organizations import queries
from linli.apps.organizations.models import Facility, Organization
from linli.apps.organizations.permissions import reads_organizations
from linli.apps.places.models import Place
from linli.kernel.contributions import Number, PagePart, PortalDoor, Reading
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import Actor, Role, holds


def _at_both(rows: QuerySet[Any], today: QuerySet[Any], before: QuerySet[Any]) -> tuple[int, int]:
    """How many of ``rows`` are in ``today``, and how many in ``before``: in one query."""
    there = {"now": today, "then": before}
    counted = rows.order_by().aggregate(
        **{name: Count("pk", filter=Q(pk__in=kept.order_by().values("pk"))) for name, kept in there.items()}
    )
    return counted["now"], counted["then"]


def organizations_here(actor: Actor | None, place: Place, on: date, before: date) -> Reading | None:
    """Organizations that work; for the neighbours those shown to them. One query."""
    inside = Organization.objects.filter(place__paths_up__ancestor=place)
    if actor is None:
        shown = queries.public_organizations(on).filter(pk__in=inside.order_by().values("pk"))
        return Reading(shown.count(), f"{reverse('places:community', args=[place.pk])}#organizations-title")
    if not reads_organizations(actor, None):
        return None
    now, then = _at_both(inside, queries.working_on(on, inside), queries.working_on(before, inside))
    return Reading(now, f"{reverse('organizations:list')}?status=active&place={place.pk}", then)


def facilities_here(actor: Actor | None, place: Place, on: date, before: date) -> Reading | None:
    """Facilities that stand open; the neighbours also count those of the street. One query for the desk."""
    if actor is None:
        shown = queries.facilities_at(place, on).count()
        return Reading(shown, f"{reverse('places:community', args=[place.pk])}#facilities-title")
    if not reads_organizations(actor, None):
        return None
    inside = Facility.objects.filter(place__paths_up__ancestor=place)
    now, then = _at_both(inside, queries.holding(inside, on), queries.holding(inside, before))
    return Reading(now, f"{reverse('organizations:facilities')}?running=now&place={place.pk}", then)


def expiring_honours(actor: Actor | None, user: Any) -> dict[str, Any] | None:
    """Honours and certificates that end soon, where the reader keeps them. One query."""
    if actor is None or not reads_organizations(actor, None):
        return None
    today = timezone.localdate()
    rows = (
        queries.expiring(today, queries.honours_visible_to(actor))
        .select_related("organization", "place")
        .order_by("valid_to", "id")[:6]
    )
    lines = [
        {
            "text": f"{row.organization or row.place} · {row.title}",
            "note": _("expires on %(day)s") % {"day": row.valid_to},
            "address": f"{reverse('organizations:honours')}?validity=soon",
        }
        for row in rows
    ]
    return {"lines": lines} if lines else None


def contribute() -> None:
    """Fill the slots of the front pages."""
    add(
        Number("organizations", gettext_lazy("Organizations"), organizations_here, order=30, public=True),
        Number("facilities", gettext_lazy("Facilities"), facilities_here, order=40, public=True),
        PagePart("people.desk.today", "organizations.honours", "ui/part_duties.html", expiring_honours, order=80),
        PortalDoor(
            "organizations",
            gettext_lazy("Organizations and facilities"),
            "places:community",
            "building",
            gettext_lazy("Who works here, where to go and when it is open"),
            order=60,
            of_community=True,
            part="facilities-title",
        ),
        PortalDoor(
            "own_organization",
            gettext_lazy("Our organization"),
            "organizations:list",
            "building-community",
            gettext_lazy("What is published of us; put telephone and hours right"),
            order=80,
            allowed=holds(Role.ORGANIZATION_MANAGER),
        ),
    )

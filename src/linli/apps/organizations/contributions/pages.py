"""What organizations show: the menu, the tables, the parts of an organization's page and of a community's."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.models import Facility, Honour, Organization, OrganizationKind, PartyOrganization
from linli.apps.organizations.permissions import imports_organizations, reads_organizations, tends_checklists
from linli.apps.organizations.tables import HONOURS, ORGANIZATIONS, STANDINGS
from linli.kernel.contributions import NavItem, NavSection, PagePart, SheetOffer, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import Actor

PAGE = "organizations.organization"
CHECKLISTS = "organizations/part_checklists.html"
MOST = 12
"""Facilities shown on the page of a place; the list has them all."""


def _today() -> date:
    return timezone.localdate()


def standing(actor: Actor | None, row: Organization) -> dict[str, Any]:
    """What it is held to be today, and what it was."""
    today = _today()
    history = queries.standing_history(row)
    now = [one for one in history if one.valid_from <= today and (one.valid_to is None or one.valid_to > today)]
    return {
        "now": now,
        "before": [one for one in history if one not in now],
        "may_keep": imports_organizations(actor, row),
    }


def honours(actor: Actor | None, row: Organization) -> dict[str, Any]:
    """Its honours, the latest first."""
    today = _today()
    return {
        "honours": list(Honour.objects.filter(organization=row)),
        "today": today,
        "soon": today + queries.SOON,
        "may_keep": imports_organizations(actor, row),
    }


def related(actor: Actor | None, row: Organization) -> dict[str, Any]:
    """Who is tied to it today, declared or derived."""
    return {"relations": queries.related_to(row, _today()), "may_keep": imports_organizations(actor, row)}


def coaching(actor: Actor | None, row: Organization) -> dict[str, Any] | None:
    """Which agency coaches it, or whom the agency coaches."""
    is_agency = row.kind == OrganizationKind.SUPPORTING_AGENCY
    rows = queries.coachings_of(row, _today()) if is_agency else queries.coached_by(row, _today())
    return {"is_agency": is_agency, "rows": rows, "may_keep": imports_organizations(actor, row)} if rows else None


def checklists(actor: Actor | None, row: Organization) -> dict[str, Any]:
    """How many items of each list it has."""
    return {
        "address": reverse("organizations:checklists", args=[row.pk]),
        "results": queries.results_of(row, _today()),
        "may_tick": tends_checklists(actor, row),
    }


def party_checklists(actor: Actor | None, row: PartyOrganization) -> dict[str, Any]:
    """The lists of a party organization; of a unit's own they are kept with the unit."""
    if row.organization is not None:
        return checklists(actor, row.organization)
    return {
        "address": reverse("organizations:party_checklists", args=[row.pk]),
        "results": queries.results_of(row, _today()),
        "may_tick": tends_checklists(actor, row),
    }


def facilities(actor: Actor | None, row: Organization) -> dict[str, Any] | None:
    """What it runs today."""
    rows = list(queries.holding(row.facilities.select_related("place"), _today()))
    return {"facilities": rows} if rows else None


def partners(actor: Actor | None, row: Organization) -> dict[str, Any] | None:
    """The agreements in which it is the partner."""
    rows = list(row.partnerships.select_related("place"))
    return {"partnerships": rows} if rows else None


def places_facilities(actor: Actor | None, community: Any) -> dict[str, Any] | None:
    """What stands open for the neighbours of a community today."""
    rows = list(queries.facilities_at(community, _today()))
    return {"facilities": rows} if rows else None


def facilities_inside(actor: Actor | None, place: Any) -> dict[str, Any] | None:
    """What stands open in a place today, on its desk page; nothing of grids. One query."""
    may_keep = imports_organizations(actor, place) and place.valid_to is None
    if not reads_organizations(actor, None) or place.level in ("grid", "point"):
        return None
    inside = Facility.objects.filter(place__paths_up__ancestor=place).select_related("place")
    rows = list(queries.holding(inside, _today()).order_by("kind", "name", "id")[: MOST + 1])
    if not rows and not may_keep:
        return None
    return {"facilities": rows[:MOST], "more": len(rows) > MOST, "place": place, "may_keep": may_keep}


def places_organizations(actor: Actor | None, community: Any) -> dict[str, Any] | None:
    """The organizations of a community that are shown to the neighbours."""
    rows = list(queries.public_organizations(_today()).filter(place__paths_up__ancestor=community))
    return {"organizations": rows} if rows else None


PARTS = (
    PagePart(PAGE, "organizations.standing", "organizations/part_standing.html", standing, order=10),
    PagePart(PAGE, "organizations.honours", "organizations/part_honours.html", honours, order=20),
    PagePart(PAGE, "organizations.related", "organizations/part_related.html", related, order=30),
    PagePart(PAGE, "organizations.coaching", "organizations/part_coaching.html", coaching, order=40),
    PagePart(PAGE, "organizations.checklists", CHECKLISTS, checklists, order=50),
    PagePart(PAGE, "organizations.facilities", "organizations/part_facilities.html", facilities, order=60),
    PagePart(PAGE, "organizations.partners", "organizations/part_partners.html", partners, order=70),
    PagePart("organizations.party", "organizations.checklists", CHECKLISTS, party_checklists, order=10),
    PagePart("places.place", "organizations.facilities", "organizations/part_inside.html", facilities_inside, order=30),
    PagePart(
        "places.community", "organizations.facilities", "organizations/part_of_place.html", places_facilities, order=30
    ),
    PagePart(
        "places.community", "organizations.public", "organizations/part_public.html", places_organizations, order=40
    ),
)


def contribute() -> None:
    """Declare the slots of our pages, and add to others'."""
    declare_slot(PAGE, budget=2)
    declare_slot("organizations.public", budget=2)
    add(*PARTS)
    add(SheetOffer(ORGANIZATIONS.name, _("Organizations"), ORGANIZATIONS, imports_organizations))
    add(SheetOffer(STANDINGS.name, _("Standings"), STANDINGS, imports_organizations))
    add(SheetOffer(HONOURS.name, _("Honours"), HONOURS, imports_organizations))
    add(NavSection("organizations", _("Organizations"), order=30))
    add(
        NavItem(
            "organizations",
            _("Register of organizations"),
            "organizations:list",
            reads_organizations,
            "building",
            10,
            section="organizations",
        )
    )

"""Doors of organizations: the list on the desk, the same as a workbook, one organization."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.organizations import queries
from linli.apps.organizations.kinds import pairs, standing_kinds
from linli.apps.organizations.models import Organization, OrganizationKind, OrganizationStatus, Standing
from linli.apps.organizations.permissions import (
    READERS,
    imports_organizations,
    reads_organizations,
    tends_contact,
    tends_organizations,
)
from linli.apps.organizations.services.keeping import require
from linli.apps.organizations.tables import HEADINGS, ORGANIZATIONS, STANDING_HEADINGS, STANDINGS, written
from linli.apps.organizations.tables import written_standings as standing_rows
from linli.apps.organizations.views.acting import workbook
from linli.apps.organizations.views.telling import story
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("kind", _("Kind"), sort="kind"),
    Column("seat", _("Seat")),
    Column("standing", _("Standing")),
    Column("credit_code", _("Unified social credit code")),
)


def _page(request: HttpRequest) -> ListPage:
    actor, today = actor_of(request), timezone.localdate()
    assert actor is not None  # every door here is closed to strangers

    def standing(rows: QuerySet[Organization], kind: str) -> QuerySet[Organization]:
        return queries.with_standing(rows, kind, today)

    now = Prefetch("standings", queries.holding(Standing.objects.all(), today), to_attr="standings_now")
    rows = queries.visible_to(actor).select_related("place").prefetch_related(now)
    places = queries.places_to_choose(actor, READERS, today)
    filters = (
        Filter("kind", _("Kind"), OrganizationKind.choices),
        Filter("place", _("Place"), [(place.pk, str(place)) for place in places], "place__paths_up__ancestor"),
        Filter("status", _("Status"), OrganizationStatus.choices),
        Filter("standing", _("Standing"), pairs(standing_kinds().values()), narrow=standing),
    )
    return ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="name")


@permission(reads_organizations)
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """The organizations that sit where my posts reach."""
    actor = actor_of(request)
    context = {
        "page": _page(request),
        "sheet": ORGANIZATIONS.name,
        "may_import": imports_organizations(actor, None),
        "may_enter": tends_organizations(actor, None),
    }
    return render(request, "organizations/list.html", context)


@permission(reads_organizations)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """Those the list shows, of all its pages, as a workbook."""
    return workbook(ORGANIZATIONS.title, HEADINGS, written(_page(request).matching.prefetch_related(None)))


@permission(reads_organizations)
@require_safe
def export_standings(request: HttpRequest) -> HttpResponseBase:
    """Every standing of the organizations I see, as a workbook."""
    rows = queries.standings_visible_to(actor_of(request))
    return workbook(STANDINGS.title, STANDING_HEADINGS, standing_rows(rows))


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Organization:
    """The organization of the address, if the reader sees it; refused when he may not do what he came for."""
    rows = queries.visible_to(actor_of(request)).select_related("place__street")
    row: Organization = get_object_or_404(rows, pk=pk)
    if may is not None:
        require(may, actor_of(request), row)
    return row


@permission(reads_organizations)
@require_safe
def organization(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One organization: what is known, what others add, what happened, what I may do."""
    row, actor = found(request, pk), actor_of(request)
    today = timezone.localdate()
    context = {
        "organization": row,
        "legal_person": None if row.is_team else queries.legal_person_of(row, today),
        "former_names": row.former_names.all(),
        "parts": page_parts("organizations.organization", actor=actor, record=row),
        "verbs": _verbs(row, actor, today),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "organizations/organization.html", context)


def _verbs(row: Organization, actor: Any, today: date) -> list[dict[str, Any]]:
    """What the actor may do with it now, each with the word on its button and the rest of its address."""
    if not tends_organizations(actor, row):
        return [{"title": _("Correct the contact lines"), "to": "contact"}] if tends_contact(actor, row) else []
    status = row.status
    ended = status == OrganizationStatus.ENDED
    offered = [
        (True, _("Correct"), "edit", ""),
        (not ended, _("Rename"), "change", "rename"),
        (not ended and not row.is_team, _("New legal person"), "change", "legal_person"),
        (imports_organizations(actor, row), _("Enter a standing"), "add", "standing"),
        (imports_organizations(actor, row), _("Enter an honour"), "add", "honour"),
        (imports_organizations(actor, row), _("Declare a related party"), "add", "relation"),
        (imports_organizations(actor, row), _("Enter the coaching agency"), "add", "coaching"),
        (status == OrganizationStatus.ACTIVE, _("Suspend"), "change", "suspend"),
        (status == OrganizationStatus.SUSPENDED, _("Resume"), "change", "resume"),
        (not ended, _("End"), "change", "end"),
    ]
    return [{"title": title, "to": to, "what": what} for allowed, title, to, what in offered if allowed]

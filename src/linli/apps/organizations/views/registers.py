"""Doors of the registers: honours, facilities and partners, each listed, entered and handed out."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.organizations import queries, services
from linli.apps.organizations.forms import FacilityForm, PartnershipForm, PlaceHonourForm
from linli.apps.organizations.kinds import pairs, words
from linli.apps.organizations.models import Facility, HonourLevel, Organization
from linli.apps.organizations.permissions import KEEPERS, READERS, imports_organizations, reads_organizations
from linli.apps.organizations.tables import (
    FACILITY_HEADINGS,
    HONOUR_HEADINGS,
    HONOURS,
    PARTNER_HEADINGS,
    written_facilities,
    written_honours,
    written_partners,
)
from linli.apps.organizations.views.acting import act, workbook
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

HONOUR_COLUMNS = (
    Column("title", _("Honour"), sort="title"),
    Column("holder", _("Held by")),
    Column("level", _("Level of the honour"), sort="level"),
    Column("year", _("Year"), sort="year", numeric=True),
    Column("given_by", _("Given by")),
    Column("valid_to", _("Expires on")),
)
FACILITY_COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("kind", _("Kind"), sort="kind"),
    Column("place", _("Place")),
    Column("address", _("Address")),
    Column("hours", _("Opening hours")),
    Column("operator", _("Run by")),
)
PARTNER_COLUMNS = (
    Column("partner", _("Partner"), sort="partner"),
    Column("kind", _("Kind"), sort="kind"),
    Column("place", _("Place")),
    Column("subject", _("Subject of the partnership")),
    Column("valid_from", _("Agreement runs from"), sort="valid_from"),
    Column("valid_to", _("Expires on")),
)
VALIDITY = (("counting", _("Counts today")), ("soon", _("Expires within 90 days")), ("past", _("Expired")))
RUNNING = (("now", _("Today")), ("past", _("Ended")))


def _place_filter(actor: Any) -> Filter:
    places = queries.places_to_choose(actor, READERS, timezone.localdate())
    return Filter("place", _("Place"), [(place.pk, str(place)) for place in places], "place__paths_up__ancestor")


def _running(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = timezone.localdate()
    return queries.holding(rows, today) if value == "now" else rows.filter(valid_to__lte=today)


def _validity(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = timezone.localdate()
    if value == "soon":
        return queries.expiring(today, rows)
    return queries.counting(today, rows) if value == "counting" else rows.filter(valid_to__lte=today)


def _honours(request: HttpRequest) -> ListPage:
    rows = queries.honours_visible_to(actor_of(request)).select_related("organization", "place")
    filters = (
        Filter("level", _("Level of the honour"), HonourLevel.choices),
        Filter("validity", _("Validity"), VALIDITY, narrow=_validity),
    )
    return ListPage(request, rows, columns=HONOUR_COLUMNS, filters=filters, first_sort="-year")


def _facilities(request: HttpRequest) -> ListPage:
    actor = actor_of(request)
    rows = queries.facilities_visible_to(actor).select_related("place", "operator")
    filters = (
        Filter("kind", _("Kind"), pairs(words("facility").values())),
        _place_filter(actor),
        Filter("running", _("Validity"), RUNNING, narrow=_running),
    )
    return ListPage(request, rows, columns=FACILITY_COLUMNS, filters=filters, first_sort="name")


def _partners(request: HttpRequest) -> ListPage:
    rows = queries.partnerships_visible_to(actor_of(request)).select_related("place", "organization")
    filters = (
        Filter("kind", _("Kind"), pairs(words("partner").values())),
        Filter("running", _("Validity"), RUNNING, narrow=_running),
    )
    return ListPage(request, rows, columns=PARTNER_COLUMNS, filters=filters, first_sort="partner")


@permission(reads_organizations)
@require_safe
def honours(request: HttpRequest) -> HttpResponse:
    """The honours of the organizations and places I see; those that expire soon have a chip of their own."""
    context = {
        "page": _honours(request),
        "may_keep": imports_organizations(actor_of(request), None),
        "may_import": imports_organizations(actor_of(request), None),
        "sheet": HONOURS.name,
        "today": timezone.localdate(),
        "soon": timezone.localdate() + queries.SOON,
    }
    return render(request, "organizations/honours.html", context)


@permission(reads_organizations)
@require_safe
def facilities(request: HttpRequest) -> HttpResponse:
    """The facilities of the places I see."""
    context = {"page": _facilities(request), "may_keep": imports_organizations(actor_of(request), None)}
    return render(request, "organizations/facilities.html", context)


@permission(reads_organizations)
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The partners of the places I see."""
    context = {"page": _partners(request), "may_keep": imports_organizations(actor_of(request), None)}
    return render(request, "organizations/partners.html", context)


@permission(reads_organizations)
@require_safe
def export_honours(request: HttpRequest) -> HttpResponseBase:
    """The honours the list shows, as a workbook."""
    return workbook(HONOURS.title, HONOUR_HEADINGS, written_honours(_honours(request).matching))


@permission(reads_organizations)
@require_safe
def export_facilities(request: HttpRequest) -> HttpResponseBase:
    """The facilities the list shows, as a workbook."""
    return workbook("服务设施", FACILITY_HEADINGS, written_facilities(_facilities(request).matching))


@permission(reads_organizations)
@require_safe
def export_partners(request: HttpRequest) -> HttpResponseBase:
    """The partners the list shows, as a workbook."""
    return workbook("合作单位", PARTNER_HEADINGS, written_partners(_partners(request).matching))


def _places(request: HttpRequest) -> Any:
    actor = actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    return queries.keepable_places(actor, KEEPERS, timezone.localdate())


@permission(imports_organizations)
def new_honour(request: HttpRequest) -> HttpResponse:
    """Enter an honour of a place."""
    form = PlaceHonourForm(request.POST or None, request.FILES or None, places=_places(request))
    return act(
        request,
        form,
        lambda data: services.add_honour(actor=actor_of(request), **data),
        back=reverse("organizations:honours"),
        done=_("Entered."),
        title=_("Enter an honour of a place"),
        lead=_("An honour of an organization is entered on the organization's own page."),
        press=_("Save"),
        crumb=_("Honours"),
    )


@permission(imports_organizations)
def new_facility(request: HttpRequest) -> HttpResponse:
    """Enter a facility."""
    form = FacilityForm(request.POST or None, places=_places(request), initial={"valid_from": timezone.localdate()})
    return act(
        request,
        form,
        lambda data: services.open_facility(actor=actor_of(request), **data),
        back=reverse("organizations:facilities"),
        done=_("Entered."),
        title=_("Enter a facility"),
        lead=_("The neighbours find it on the page of their community."),
        press=_("Save"),
        crumb=_("Facilities"),
    )


@permission(imports_organizations)
def edit_facility(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what stands about a facility."""
    rows = queries.facilities_visible_to(actor_of(request)).select_related("operator")
    row: Facility = get_object_or_404(rows, pk=pk)
    names = ("place", "kind", "name", "address", "hours", "phone", "valid_from", "valid_to")
    first = {name: getattr(row, name) for name in names}
    form = FacilityForm(
        request.POST or None, places=_places(request), initial={**first, "operator": _code(row.operator)}
    )
    return act(
        request,
        form,
        lambda data: services.correct_facility(row, actor=actor_of(request), **data),
        back=reverse("organizations:facilities"),
        done=_("Saved."),
        title=_("Correct the facility"),
        lead=row.name,
        also="" if row.valid_to else reverse("organizations:end", args=["facility", row.pk]),
        also_title=_("Close the facility"),
        press=_("Save"),
        crumb=_("Facilities"),
    )


def _code(organization: Organization | None) -> str:
    """How a form names an organization: by its code where it has one."""
    return (organization.credit_code or organization.name) if organization else ""


@permission(imports_organizations)
def new_partner(request: HttpRequest) -> HttpResponse:
    """Enter a partner and the agreement."""
    form = PartnershipForm(request.POST or None, request.FILES or None, places=_places(request))

    def sign(data: dict[str, Any]) -> None:
        known = queries.found_by(data["partner"])
        services.sign_partnership(actor=actor_of(request), organization=known[0] if len(known) == 1 else None, **data)

    return act(
        request,
        form,
        sign,
        back=reverse("organizations:partners"),
        done=_("Entered."),
        title=_("Enter a partner"),
        lead=_("An organization of the register is linked by its name or code; others by name alone."),
        press=_("Save"),
        crumb=_("Partners"),
    )

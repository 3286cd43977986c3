"""Doors of coverage: the figures of a day or two, the rows behind each, a paper, workbooks, one unit, one place."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.organizations import queries
from linli.apps.organizations.forms import CoverageForm
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.permissions import READERS, keeps_party_pages, reads_organizations
from linli.apps.organizations.queries.party import MOST_UNITS
from linli.apps.organizations.queries.party_coverage import COVERED_KINDS
from linli.apps.organizations.tables import COVERAGE_HEADINGS, UNIT_HEADINGS, written_coverage, written_units
from linli.apps.organizations.views.acting import workbook
from linli.apps.organizations.views.organization import found
from linli.apps.organizations.views.party import asked_day, counted_table, with_counts
from linli.apps.places.models import Place
from linli.apps.places.queries import visible_to as places_visible_to
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.settings import value_of
from linli.kernel.ui.lists import Column, Filter, ListPage

NARROWS = {"street": "place__street", "place": "place", "kind": "kind"}
COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("kind", _("Kind"), sort="kind"),
    Column("place", _("Seat")),
    Column("form", _("Form of coverage")),
    Column("full", _("Full members"), numeric=True),
    Column("probationary", _("Probationary members"), numeric=True),
    Column("advice", _("Suggestion")),
)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the days (the older first), the kinds, and by what the rows are told apart."""

    form: CoverageForm
    days: tuple[date, ...]
    kinds: tuple[str, ...]
    by: str

    def address(self, **more: str) -> str:
        """The parameters of an address that keeps the kinds."""
        return urlencode([*(("kinds", kind) for kind in self.kinds), *more.items()])


def _asked(request: HttpRequest) -> Asked:
    today = timezone.localdate()
    first: dict[str, Any] = {"on": today, "by": "place", "kinds": [str(kind) for kind in COVERED_KINDS]}
    form = CoverageForm(request.GET if "on" in request.GET else None, initial=first)
    data = {**first, **form.cleaned_data} if form.is_bound and form.is_valid() else {**first, "against": None}
    days = {data["on"], data["against"] or data["on"]}
    return Asked(form, tuple(sorted(days)), tuple(data["kinds"]), data["by"])


def _organizations(request: HttpRequest, kinds: tuple[str, ...]) -> QuerySet[Organization]:
    return queries.visible_to(actor_of(request)).filter(kind__in=kinds)


def _context(request: HttpRequest) -> dict[str, Any]:
    asked = _asked(request)
    rows = _organizations(request, asked.kinds)
    places = places_visible_to(actor_of(request))
    days = [
        {"on": on, "all": queries.coverage(on, rows), "grids": queries.grids_covered(on, places),
         "query": asked.address(on=str(on))}
        for on in asked.days
    ]  # fmt: skip
    groups: dict[str, list[dict[str, Any]]] = {}
    for on in asked.days:
        for one in queries.coverage_by(asked.by, on, rows):
            query = asked.address(on=str(on), **{asked.by: one.key} if one.key else {})
            groups.setdefault(one.key, []).append({"on": on, "coverage": one, "query": query})
    lines = [line for group in groups.values() for line in group]
    titles = dict(OrganizationKind.choices)
    return {
        "form": asked.form, "days": days, "lines": lines, "by": asked.by, "forms": queries.FORMS.items(),
        "kinds": [titles[OrganizationKind(kind)] for kind in asked.kinds], "query": request.GET.urlencode(),
    }  # fmt: skip


@permission(reads_organizations)
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Coverage by organization and by work, on one day or two side by side; each number opens its rows."""
    return render(request, "organizations/party_coverage.html", _context(request))


@permission(reads_organizations)
@require_safe
def coverage_paper(request: HttpRequest) -> HttpResponse:
    """The same as a paper."""
    return render(request, "organizations/party_coverage_paper.html", {**_context(request), "now": timezone.now()})


@permission(reads_organizations)
@require_safe
def export_coverage(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook."""
    lines = _context(request)["lines"]
    return workbook("党组织覆盖", COVERAGE_HEADINGS, written_coverage(lines))


def _rows_page(request: HttpRequest) -> tuple[ListPage, date]:
    actor, on = actor_of(request), asked_day(request.GET.get("on"))
    assert actor is not None  # every door here is closed to strangers
    kinds = tuple(kind for kind in request.GET.getlist("kinds") if kind in OrganizationKind.values)
    rows = _organizations(request, kinds or tuple(map(str, COVERED_KINDS))).select_related("place")
    for name, column in NARROWS.items():
        value = request.GET.get(name, "")
        if value in OrganizationKind.values if name == "kind" else _is_key(value):
            rows = rows.filter(**{column: value})
    rows = queries.with_members(queries.with_form(on, rows), on)
    places = queries.places_to_choose(actor, READERS, timezone.localdate())
    filters = (
        Filter("form", _("Form of coverage"), tuple(queries.FORMS.items())),
        Filter("within", _("Place"), [(place.pk, place.name) for place in places], "place__paths_up__ancestor"),
    )
    return ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="name"), on


def _is_key(text: str) -> bool:
    try:
        return bool(UUID(text))
    except ValueError:
        return False


@permission(reads_organizations)
@require_safe
def coverage_rows(request: HttpRequest) -> HttpResponse:
    """The organizations behind a number, each with what the rule suggests."""
    page, on = _rows_page(request)
    rows = [
        {"organization": row, "form": queries.FORMS[row.form], "code": row.form, "advice": queries.advice_for(row)}
        for row in page.rows
    ]
    return render(request, "organizations/party_coverage_rows.html", {"page": page, "rows": rows, "on": on})


@permission(reads_organizations)
@require_safe
def export_coverage_rows(request: HttpRequest) -> HttpResponseBase:
    """The same, of all pages, as a workbook."""
    page, _on = _rows_page(request)
    return workbook("党组织覆盖明细", UNIT_HEADINGS, written_units(page.matching))


@permission(reads_organizations)
@require_safe
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Party work at one unit: how it is reached, its numbers, what the rule suggests and with whom."""
    row, today = found(request, pk), timezone.localdate()
    formed = queries.with_members(queries.with_form(today, Organization.objects.filter(pk=row.pk)), today).first()
    advice = queries.advice_for(formed) if formed else None
    alone = formed is not None and formed.form in ("none", "instructor")
    wanted = alone and advice is not None and advice.form.form == "joint"
    most = int(value_of(MOST_UNITS, street=row.place.street_id))
    context = {
        "organization": row,
        "parties": queries.parties_of(row, today),
        "form": queries.FORMS[formed.form] if formed else "",
        "formed": formed,
        "advice": advice,
        "near": queries.joint_candidates(row, today, most_units=most) if wanted else None,
        "assignments": row.instructor_assignments.order_by("-valid_from"),
        "today": today,
        **counted_table(row),
        "may_keep": keeps_party_pages(actor_of(request), row) and row.valid_to is None,
    }
    return render(request, "organizations/party_unit.html", context)


@permission(reads_organizations)
@require_safe
def place(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Party work at one place: its party organizations and the numbers counted for the place itself."""
    actor, today = actor_of(request), timezone.localdate()
    row: Place = get_object_or_404(places_visible_to(actor, Place.objects.select_related("street")), pk=pk)
    parties = queries.parties_at(row, today)
    context = {
        "place": row,
        "rows": with_counts(parties, today),
        **counted_table(row),
        "may_keep": keeps_party_pages(actor, row),
    }
    return render(request, "organizations/party_place.html", context)

"""Doors of estates: the list, one estate with its buildings, new and changed ones, the tables of what stands there."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.places import queries, services
from linli.apps.places.forms import EstateForm
from linli.apps.places.models import Building, Estate, EstateKind, GridCover, Household, Place
from linli.apps.places.permissions import keeps_community, reads_places
from linli.apps.places.tables import BUILDINGS, ESTATES, HOUSEHOLDS
from linli.apps.places.tables.estates import HEADINGS, written
from linli.apps.places.views.finding import estate_of, explain, place_of
from linli.apps.places.views.sheets import workbook
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Estate"), sort="name"),
    Column("kind", _("Type"), sort="kind"),
    Column("community", _("Community")),
    Column("address", _("Street and number")),
    Column("buildings", _("Buildings"), numeric=True),
)
BUILDING_HEADINGS = ("社区编码", "小区", "楼栋", "单元数", "层数", "网格编码", "起始日期")
HOUSEHOLD_HEADINGS = ("社区编码", "小区", "楼栋", "单元", "门牌")


@permission(reads_places)
@require_safe
def estates(request: HttpRequest) -> HttpResponse:
    """The estates my desk covers, by type; ``?under=`` keeps those in one place."""
    actor = actor_of(request)
    rows, under = _rows(request)
    kinds = (Filter("kind", _("Type"), EstateKind.choices),)
    own = Building.objects.filter(estate=OuterRef("pk")).order_by().values("estate").annotate(n=Count("pk")).values("n")
    counted = rows.select_related("community").annotate(counted=Coalesce(Subquery(own), 0))
    context = {
        "page": ListPage(request, counted, columns=COLUMNS, filters=kinds, first_sort="name"),
        "under": under,
        "may_import": keeps_community(actor, None),
        "sheets": (ESTATES, BUILDINGS, HOUSEHOLDS),
        "asked": f"?under={under.pk}" if under else "",
    }
    return render(request, "places/estates.html", context)


def _rows(request: HttpRequest) -> tuple[QuerySet[Estate], Place | None]:
    rows = queries.estates_visible_to(actor_of(request)).filter(valid_to__isnull=True)
    try:
        under = place_of(request, UUID(request.GET.get("under", "")))
    except ValueError:
        return rows, None
    return rows.filter(community__paths_up__ancestor=under), under


@permission(reads_places)
@require_safe
def export(request: HttpRequest, what: str) -> HttpResponseBase:
    """Estates, buildings or households as a workbook that can be imported again."""
    _estates, under = _rows(request)
    inside = {"community__paths_up__ancestor": under} if under else {}
    actor = actor_of(request)
    if what == "estates":
        return workbook("小区", HEADINGS, written(_estates))
    if what == "buildings":
        rows = queries.buildings_visible_to(actor).filter(valid_to__isnull=True, **inside)
        return workbook("楼栋", BUILDING_HEADINGS, _buildings(rows))
    doors = queries.households_visible_to(actor).filter(building__valid_to__isnull=True)
    if under:
        doors = doors.filter(building__community__paths_up__ancestor=under)
    return workbook("户", HOUSEHOLD_HEADINGS, _households(doors))


def _buildings(rows: QuerySet[Building]) -> Iterator[tuple[Any, ...]]:
    covers = GridCover.objects.filter(building__in=rows.values("pk"), valid_to__isnull=True)
    grids = dict(covers.values_list("building_id", "grid__code"))
    counted = rows.select_related("community", "estate").annotate(counted=Count("stairwells"))
    for row in counted.order_by("number", "name", "id").iterator(chunk_size=500):
        estate = row.estate.name if row.estate else ""
        grid = grids.get(row.pk, "")
        yield row.community.code, estate, row.name, row.counted, row.storeys, grid, row.valid_from


def _households(rows: QuerySet[Household]) -> Iterator[tuple[Any, ...]]:
    columns = ("building__community__code", "building__estate__name", "building__name", "stairwell__number", "room")
    ordered = rows.order_by("building__number", "building__name", "stairwell__order", "order", "room", "id")
    for code, estate, building, stairwell, room in ordered.values_list(*columns).iterator(chunk_size=2000):
        yield code, estate or "", building, stairwell or "", room


@permission(reads_places)
@require_safe
def estate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One estate and the buildings in it."""
    found = estate_of(request, pk)
    buildings = found.buildings.filter(valid_to__isnull=True).annotate(
        stairs=Count("stairwells", distinct=True), doors=Count("households", distinct=True)
    )
    context = {
        "estate": found,
        "buildings": list(buildings.order_by("number", "name", "id")),
        "may_keep": found.valid_to is None and keeps_community(actor_of(request), found),
    }
    return render(request, "places/estate.html", context)


@permission(keeps_community)
def new_estate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another estate of a community."""
    community = place_of(request, pk)
    form = EstateForm(request.POST or None, initial={"valid_from": community.valid_from})
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "kind": EstateKind(form.cleaned_data["kind"])}
        try:
            made = services.add_estate(community=community, actor=actor_of(request), **data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("places:estate", made.pk)
    context = {"form": form, "community": community}
    return render(request, "places/edit_estate.html", context, status=422 if form.errors else 200)


@permission(keeps_community)
def edit_estate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change an estate."""
    found = estate_of(request, pk)
    names = ("name", "kind", "address", "aliases", "valid_from")
    form = EstateForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_estate(found, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("places:estate", found.pk)
    context = {"form": form, "community": found.community, "estate": estate_of(request, pk)}
    return render(request, "places/edit_estate.html", context, status=422 if form.errors else 200)

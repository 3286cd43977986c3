"""Doors of what is known of a place: figures with their history, the outline, the register of safety equipment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.places import queries, services
from linli.apps.places.forms import EquipmentForm, FigureForm, OutlineForm
from linli.apps.places.models import Outline, OutlineDatum, Place, SafetyKind
from linli.apps.places.permissions import changes_tree, keeps_community, reads_places
from linli.apps.places.queries.drawing import draw
from linli.apps.places.views.finding import explain, place_of, today
from linli.apps.places.views.sheets import workbook
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@permission(reads_places)
def figures(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All figures of a place with their sources, and a form for one more."""
    place = place_of(request, pk)
    _require_keeper(request, place)
    form = FigureForm(request.POST or None, initial={"as_of": today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.enter_figure(place=place, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("places:figures", place.pk)
    context = {
        "place": place,
        "form": form,
        "lines": queries.profile_with_parts(place),
        "may_keep": _may_keep(request, place),
    }
    return render(request, "places/figures.html", context, status=422 if form.errors else 200)


def _may_keep(request: HttpRequest, place: Place) -> bool:
    return place.valid_to is None and bool(keeps_community(actor_of(request), place))


def _require_keeper(request: HttpRequest, place: Place) -> None:
    if request.method == "POST" and not _may_keep(request, place):
        raise NotAllowed(_("Only people who work here keep its figures."))


@permission(keeps_community)
@require_POST
def remove_figure(request: HttpRequest, pk: UUID, figure: UUID) -> HttpResponse:
    """Take one figure back."""
    place = place_of(request, pk)
    row = get_object_or_404(place.figures.select_related("place"), pk=figure)
    services.remove_figure(row, actor=actor_of(request))
    messages.success(request, _("Taken back. The record of the place keeps what it said."))
    return redirect("places:figures", place.pk)


@permission(reads_places)
def outline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The outline of a place, and a form to take one over."""
    place = place_of(request, pk)
    may_change = place.valid_to is None and bool(changes_tree(actor_of(request), place))
    if request.method == "POST" and not may_change:
        raise NotAllowed(_("Only an officer of this street or the system administrator changes places here."))
    form = OutlineForm(request.POST or None, request.FILES or None, initial={"as_of": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.draw_outline(
                place=place,
                geojson=form.geojson(),
                datum=OutlineDatum(data["datum"]),
                source=data["source"],
                as_of=data["as_of"],
                actor=actor_of(request),
            )
        except Refusal as refusal:
            form.add_error({"geojson": "text"}.get(refusal.field, refusal.field or None), str(refusal))
        else:
            messages.success(request, _("The outline is taken over."))
            return redirect("places:outline", place.pk)
    rows = Outline.objects.filter(place=place).select_related("place")
    context = {
        "place": place,
        "form": form,
        "drawn": draw(place, rows),
        "may_change": may_change,
    }
    return render(request, "places/outline.html", context, status=422 if form.errors else 200)


@permission(changes_tree)
@require_POST
def remove_outline(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The place has no outline any more."""
    place = place_of(request, pk)
    services.remove_outline(get_object_or_404(Outline, place=place), actor=actor_of(request))
    messages.success(request, _("The outline is removed."))
    return redirect("places:outline", place.pk)


@permission(reads_places)
def equipment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The register of safety equipment of a place, and a form for one more row."""
    place = place_of(request, pk)
    _require_keeper(request, place)
    form = EquipmentForm(request.POST or None, initial={"notice_on": today()})
    if request.method == "POST" and form.is_valid():
        data: dict[str, Any] = {**form.cleaned_data, "kind": SafetyKind(form.cleaned_data["kind"])}
        try:
            services.register_equipment(place=place, actor=actor_of(request), **data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("places:equipment", place.pk)
    context = {
        "place": place,
        "form": form,
        "filings": queries.filings(place, on=today()),
        "may_keep": _may_keep(request, place),
    }
    return render(request, "places/equipment.html", context, status=422 if form.errors else 200)


@permission(reads_places)
@require_safe
def export_equipment(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The register of safety equipment of a place and all below it, as a workbook."""
    place = place_of(request, pk)
    found = queries.equipment_visible_to(actor_of(request)).filter(place__paths_up__ancestor=place)
    rows = (
        (row.place.name, str(row.get_kind_display()), row.count, row.notice_at, row.notice_on, row.filed_on or "")
        for row in found.select_related("place").order_by("place__code", "kind", "id")
    )
    return workbook("公共安全设备", ("地点", "类别", "数量", "公示位置", "公示日期", "备案日期"), rows)


@permission(keeps_community)
def edit_equipment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change one row of the register, or take it off."""
    rows = queries.equipment_visible_to(actor_of(request)).select_related("place")
    row = get_object_or_404(rows, pk=pk)
    names = ("kind", "count", "notice_at", "notice_on", "filed_on")
    form = EquipmentForm(request.POST or None, initial={name: getattr(row, name) for name in names})
    if "remove" in request.POST:
        services.remove_equipment(row, actor=actor_of(request))
        messages.success(request, _("Taken off the register."))
        return redirect("places:equipment", row.place_id)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in names[1:]}
        try:
            services.change_equipment(row, actor=actor_of(request), **data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("places:equipment", row.place_id)
    context = {"row": row, "form": form}
    return render(request, "places/edit_equipment.html", context, status=422 if form.errors else 200)

"""Doors of buildings: one building with its stairwells, doors and grid, and what is added to it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.places import services
from linli.apps.places.forms import BuildingForm, CoverForm, DoorsForm, StairwellForm
from linli.apps.places.models import Building, GridCover, Level
from linli.apps.places.permissions import keeps_community, reads_places
from linli.apps.places.views.finding import building_of, estate_of, explain, place_of, today
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@permission(reads_places)
@require_safe
def building(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One building."""
    return _show(request, building_of(request, pk))


def _show(request: HttpRequest, row: Building, form: Any = None, verb: str = "") -> HttpResponse:
    stairwells = list(row.stairwells.all())
    doors: dict[Any, list[str]] = {one.pk: [] for one in stairwells}
    loose: list[str] = []
    for stairwell, room in row.households.order_by("order", "room").values_list("stairwell_id", "room"):
        doors.get(stairwell, loose).append(room)
    covers = GridCover.objects.filter(building=row) | GridCover.objects.filter(stairwell__building=row)
    may_keep = row.valid_to is None and keeps_community(actor_of(request), row)
    context = {
        "building": row,
        "stairwells": [(one, doors[one.pk]) for one in stairwells],
        "loose": loose,
        "doors": sum(map(len, doors.values())) + len(loose),
        "covers": list(covers.select_related("grid", "stairwell").order_by("-valid_from", "-id")),
        "may_keep": may_keep,
        "forms": {**_forms(row), **({verb: form} if form else {})} if may_keep else {},
    }
    return render(request, "places/building.html", context, status=422 if form else 200)


def _grids(row: Building) -> Any:
    return row.community.children.filter(level=Level.GRID, valid_to__isnull=True).order_by("code")


def _forms(row: Building, verb: str = "", data: Any = None) -> dict[str, Any]:
    """The forms of the page by their verb, the one of ``verb`` filled with ``data``."""
    shapes: Mapping[str, Callable[..., Any]] = {
        "stairwell": StairwellForm,
        "doors": lambda *args, **kwargs: DoorsForm(*args, building=row, **kwargs),
        "cover": lambda *args, **kwargs: CoverForm(*args, building=row, grids=_grids(row), **kwargs),
    }
    start = {"cover": {"on": today()}}
    return {
        name: shape(data if name == verb else None, auto_id=f"{name}_%s", initial=start.get(name))
        for name, shape in shapes.items()
    }


def _add_stairwell(row: Building, data: Mapping[str, Any], actor: Any) -> None:
    services.add_stairwell(row, number=data["number"], actor=actor)


def _add_doors(row: Building, data: Mapping[str, Any], actor: Any) -> None:
    with transaction.atomic():
        for room in data["rooms"]:
            services.add_household(row, room=room, stairwell=data["stairwell"], actor=actor)


def _cover(row: Building, data: Mapping[str, Any], actor: Any) -> None:
    stairwell = data["stairwell"]
    subject = {"stairwell": stairwell} if stairwell else {"building": row}
    services.cover(data["grid"], on=data["on"], actor=actor, **subject)


VERBS = {"stairwell": _add_stairwell, "doors": _add_doors, "cover": _cover}


@permission(keeps_community)
@require_POST
def add(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One more stairwell, more doors, or another grid that looks after the building."""
    row = building_of(request, pk)
    if verb not in VERBS:
        raise Http404
    form = _forms(row, verb, request.POST)[verb]
    if form.is_valid():
        try:
            VERBS[verb](row, form.cleaned_data, actor_of(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("places:building", row.pk)
    return _show(request, row, form, verb)


@permission(keeps_community)
def new_building(request: HttpRequest, pk: UUID, where: str) -> HttpResponse:
    """Another building, in an estate or beside all estates of a community."""
    estate = estate_of(request, pk) if where == "estates" else None
    community = estate.community if estate else place_of(request, pk)
    form = BuildingForm(request.POST or None, initial={"valid_from": community.valid_from, "stairwells": 0})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_building(
                community=community, estate=estate, actor=actor_of(request), **form.cleaned_data
            )
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("places:building", made.pk)
    context = {"form": form, "community": community, "estate": estate}
    return render(request, "places/new_building.html", context, status=422 if form.errors else 200)

"""Doors of the tree: the list of places by level, as a page and as a workbook."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.places import queries
from linli.apps.places.models import Level, Place
from linli.apps.places.permissions import changes_tree, reads_places
from linli.apps.places.tables import CHANGES, PLACES
from linli.apps.places.tables.listing import LEVELS
from linli.apps.places.views.sheets import workbook
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("level", _("Level")),
    Column("code", _("Place code"), sort="code"),
    Column("parent", _("Part of")),
    Column("since", _("Valid from")),
)
FILTERS = (Filter("level", _("Level"), Level.choices),)
HEADINGS = ("编码", "名称", "层级", "起始日期", "终止日期", "上级编码", "上级")


def _rows(request: HttpRequest) -> tuple[QuerySet[Place], Place | None]:
    """The places of my desk, or those in the one ``?under=`` names; those that ended only where asked for."""
    rows = queries.visible_to(actor_of(request))
    under = _under(request, rows)
    if under is not None:
        rows = rows.filter(paths_up__ancestor=under, paths_up__depth__gt=0)
    return rows.filter(valid_to__isnull=request.GET.get("ended") != "1"), under


def _under(request: HttpRequest, rows: QuerySet[Place]) -> Place | None:
    try:
        wanted = UUID(request.GET.get("under", ""))
    except ValueError:
        return None
    found: Place = get_object_or_404(rows, pk=wanted)
    return found


@permission(reads_places)
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The part of the tree my posts cover, in the order of the codes; ``?under=`` opens one place."""
    actor = actor_of(request)
    rows, under = _rows(request)
    page = ListPage(request, rows.select_related("parent"), columns=COLUMNS, filters=FILTERS, first_sort="code")
    trail: list[Any] = []
    if under is not None:
        above = queries.ancestors(under).filter(pk__in=queries.visible_to(actor))
        trail = [*reversed(above), under]
    context = {
        "page": page,
        "under": under,
        "trail": trail,
        "ended": request.GET.get("ended") == "1",
        "living_address": page.address(ended=None),
        "ended_address": page.address(ended="1"),
        "may_change": changes_tree(actor, None),
        "places_sheet": PLACES.name,
        "changes_sheet": CHANGES.name,
    }
    return render(request, "places/list.html", context)


@permission(reads_places)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The same places as a workbook."""
    rows, _place = _rows(request)
    level = request.GET.get("level", "")
    if level in Level.values:
        rows = rows.filter(level=level)
    return workbook("地点", HEADINGS, _written(rows))


def _written(rows: QuerySet[Place]) -> Iterator[tuple[Any, ...]]:
    titles = dict(LEVELS)
    for row in rows.select_related("parent").order_by("code", "id").iterator(chunk_size=500):
        parent = row.parent
        above = (parent.code, parent.name) if parent else ("", "")
        yield row.code, row.name, titles[row.level], row.valid_from, row.valid_to, *above

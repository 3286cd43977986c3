"""The door of the burden page: what the house asks of communities in a month."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from linli.apps.places.models import Place
from linli.apps.places.permissions import reads_burden
from linli.apps.places.queries.burden import HEADINGS, Month, asked_of, communities_of, total_of
from linli.apps.places.views.sheets import workbook
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


def _month(request: HttpRequest) -> Month:
    """The month of ``?month=2026-05``; the present one where none is asked for. Raises Http404."""
    asked = request.GET.get("month", "")
    if not asked:
        return Month(timezone.localdate().replace(day=1))
    try:
        return Month(date.fromisoformat(f"{asked}-01"))
    except ValueError as error:
        raise Http404 from error


def _asked(request: HttpRequest) -> dict[str, Any]:
    month, actor = _month(request), actor_of(request)
    assert actor is not None  # the permission let nobody else in
    seen = list(communities_of(actor, timezone.localdate()))
    one = _one(request.GET.get("community", ""), seen)
    found = asked_of([place.pk for place in ([one] if one else seen)], month)
    return {"found": found, "total": total_of(found), "month": month, "communities": seen, "one": one}


def _one(asked: str, seen: list[Place]) -> Place | None:
    """The community asked for, of those the reader sees; None for all of them. Raises Http404."""
    if not asked:
        return seen[0] if len(seen) == 1 else None
    try:
        key = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    found = next((place for place in seen if place.pk == key), None)
    if found is None:
        raise Http404
    return found


@permission(reads_burden)
@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """Forms, fields and photos asked of communities, this month beside the last one."""
    return render(request, "places/burden.html", _asked(request))


@permission(reads_burden)
@require_safe
def export_burden(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook."""
    asked = _asked(request)
    where = asked["one"].name if asked["one"] else "各社区合计"
    rows = [row.row for row in (*asked["found"], asked["total"])]
    return workbook(f"基层填报负担{asked['month'].word}-{where}", HEADINGS, rows)

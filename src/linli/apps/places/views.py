"""Doors of places: choose a community and read its page; walk the tree on the desk."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.places import queries
from linli.apps.places.models import Place
from linli.apps.places.permissions import reads_places
from linli.kernel.contributions import page_parts
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, ListPage

MINE = "linli_community"
"""The cookie that remembers a reader's community; it holds the id of a place and nothing about the reader."""
YEAR = 365 * 86400

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("level", _("Level")),
    Column("code", _("Place code"), sort="code"),
    Column("since", _("Valid from")),
)


def _mine(request: HttpRequest, communities: list[Place]) -> Place | None:
    chosen = request.COOKIES.get(MINE, "")
    return next((place for place in communities if str(place.pk) == chosen), None)


@permission(everyone)
def home(request: HttpRequest) -> HttpResponse:
    """The portal's front door: my community if I chose one, else all communities by street."""
    communities = list(queries.open_communities(timezone.localdate()))
    mine = _mine(request, communities)
    context = {
        "mine": mine,
        "parts": page_parts("places.community", actor=actor_of(request), record=mine) if mine else [],
        "streets": [(street, list(rows)) for street, rows in groupby(communities, key=lambda place: place.street)],
    }
    return render(request, "places/home.html", context)


@permission(everyone)
def community(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One community as its neighbours see it."""
    place = get_object_or_404(queries.open_communities(timezone.localdate()), pk=pk)
    context = {
        "community": place,
        "is_mine": request.COOKIES.get(MINE, "") == str(place.pk),
        "parts": page_parts("places.community", actor=actor_of(request), record=place),
    }
    return render(request, "places/community.html", context)


@permission(everyone)
@require_POST
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remember this community in a cookie: next time the front door opens here."""
    place = get_object_or_404(queries.open_communities(timezone.localdate()), pk=pk)
    answer = redirect("places:home")
    answer.set_cookie(MINE, str(place.pk), max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return answer


@permission(reads_places)
def places(request: HttpRequest) -> HttpResponse:
    """The part of the tree my posts cover; ``?under=`` opens one place."""
    rows = queries.visible_to(actor_of(request))
    under = _under(request, rows) or queries.only_top(rows)
    trail: list[Place] = []
    if under is not None:
        above = list(reversed(queries.ancestors(under).filter(pk__in=rows)))
        trail = [*above, under] if above else []
        rows = rows.filter(parent=under)
    else:
        rows = queries.tops(rows)
    page = ListPage(
        request,
        rows,
        columns=COLUMNS,
        first_sort="code",
    )
    return render(request, "places/list.html", {"page": page, "under": under, "trail": trail})


def _under(request: HttpRequest, rows: Any) -> Place | None:
    try:
        wanted = UUID(request.GET.get("under", ""))
    except ValueError:
        return None
    found: Place = get_object_or_404(rows, pk=wanted)
    return found

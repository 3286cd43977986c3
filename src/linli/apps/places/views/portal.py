"""Doors of the portal: choose a community and read its page."""

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from linli.apps.places import queries
from linli.apps.places.models import Outline, Place
from linli.apps.places.views.drawing import draw
from linli.kernel.contributions import page_parts
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of

MINE = "linli_community"
"""The cookie that remembers a reader's community; it holds the id of a place and nothing about the reader."""
YEAR = 365 * 86400


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
        "profile": queries.profile(mine) if mine else [],
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
        "profile": queries.profile(place),
        "drawn": draw(place, Outline.objects.filter(place=place).select_related("place")),
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

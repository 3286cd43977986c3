"""Doors of the portal: its front page, choose a community, read its page."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from linli.apps.places import queries
from linli.kernel.contributions import page_parts
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.search import find_public

YEAR = 365 * 86400
MOST = 300
"""Communities found by a name."""


@permission(everyone)
def home(request: HttpRequest) -> HttpResponse:
    """The front page of my community; who has not chosen one, chooses first."""
    mine = queries.chosen_community(request.COOKIES, actor_of(request), timezone.localdate())
    if mine is None:
        return render(request, "places/communities.html", _choice(request))
    context = {
        "mine": mine,
        "say": page_parts("places.portal.say", actor=actor_of(request), record=mine)[:1],
        "doors": queries.doors_of(mine, actor_of(request)),
        "further": queries.further_doors(mine),
        "numbers": queries.public_numbers(mine, timezone.localdate()),
    }
    return render(request, "places/home.html", context)


@permission(everyone)
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """All communities by street; ``?q=`` keeps those whose name, pinyin or initials fit."""
    return render(request, "places/communities.html", _choice(request))


def _choice(request: HttpRequest) -> dict[str, Any]:
    rows = queries.open_communities(timezone.localdate())
    query = request.GET.get("q", "").strip()[:80]
    if query:
        found = find_public(query, kinds=["places.place"], limit=MOST)
        rows = rows.filter(pk__in=[one.ref.id for one in found])
    streets = [(street, list(group)) for street, group in groupby(rows, key=lambda place: place.street)]
    doors = [] if query else queries.doors_of(None, actor_of(request))
    return {"streets": streets, "query": query, "doors": doors}


@permission(everyone)
def community(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One community as its neighbours see it."""
    place = get_object_or_404(queries.open_communities(timezone.localdate()), pk=pk)
    context = {
        "community": place,
        "is_mine": request.COOKIES.get(queries.MINE, "") == str(place.pk),
        "parts": page_parts("places.community", actor=actor_of(request), record=place),
    }
    return render(request, "places/community.html", context)


@permission(everyone)
@require_POST
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remember this community in a cookie: next time the front door opens here."""
    place = get_object_or_404(queries.open_communities(timezone.localdate()), pk=pk)
    answer = redirect("places:home")
    answer.set_cookie(
        queries.MINE, str(place.pk), max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return answer

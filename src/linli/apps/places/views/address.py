"""The door of addresses: what somebody wrote, and the place, building and grid it leads to."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods

from linli.apps.places import queries
from linli.apps.places.forms import AddressForm
from linli.apps.places.models import Level, Place
from linli.apps.places.permissions import reads_places
from linli.apps.places.queries import Candidate, Resolution
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.seals import Unreadable, open_sealed, seal

ASKED = "places.asked"
"""Where a session keeps its last question, sealed: an address with a door stands in no URL and in no log."""


@permission(reads_places)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Where an address leads on a day. Buildings and doors are shown of the communities my desk covers.

    What was written comes by POST; the answer is a page of its own under a random key, so "back" leads to it again.
    """
    if request.method == "POST":
        form = AddressForm(request.POST)
        if not form.is_valid():
            return render(request, "places/address.html", {"form": form}, status=422)
        return redirect(f"{reverse('places:address')}?asked={_keep(request, form.data)}")
    asked = _kept(request)
    form = AddressForm(asked)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        on = form.cleaned_data["on"] or timezone.localdate()
        answer = queries.resolve(form.cleaned_data["text"], on=on)
        context |= {"answer": answer, **_shown(request, answer)}
    return render(request, "places/address.html", context)


def _keep(request: HttpRequest, data: Any) -> str:
    """The key under which this session finds its question again; the question before is forgotten."""
    key = get_random_string(16)
    words = {name: data.get(name, "") for name in AddressForm.base_fields}
    request.session[ASKED] = [key, seal(json.dumps(words), context=f"{ASKED}:{key}")]
    return key


def _kept(request: HttpRequest) -> dict[str, str] | None:
    """The question of this session the page's key names; None where there is none, or another was asked since."""
    key, sealed = request.session.get(ASKED, ("", ""))
    if not key or request.GET.get("asked") != key:
        return None
    try:
        found: dict[str, str] = json.loads(open_sealed(sealed, context=f"{ASKED}:{key}"))
    except Unreadable:
        return None
    return found


def _shown(request: HttpRequest, answer: Resolution) -> dict[str, Any]:
    """The chain and the candidates with links to what the reader may open."""
    lines = [answer.chain, *(candidate.chain for candidate in answer.candidates)]
    named = {place.pk for line in lines for place in line} | ({answer.grid.pk} if answer.grid else set())
    mine = set(queries.visible_to(actor_of(request)).filter(pk__in=named).values_list("pk", flat=True))
    return {
        "chain": [(place, _link(place, mine)) for place in answer.chain],
        "grid_link": _link(answer.grid, mine) if answer.grid else "",
        "candidates": [
            (candidate, _candidate_link(candidate, mine), candidate.full_name + answer.rest)
            for candidate in answer.candidates
        ],
        "mine": answer.place is not None and answer.place.pk in mine,
        "too_wide": answer.place is not None and answer.place.level in (Level.DISTRICT, Level.STREET),
    }


def _link(place: Place, mine: set[UUID]) -> str:
    return reverse("places:place", args=[place.pk]) if place.pk in mine else ""


def _candidate_link(candidate: Candidate, mine: set[UUID]) -> str:
    """A building's page where the reader may open it; else "", and the question is asked again with the full name."""
    if candidate.building is None or candidate.place.pk not in mine:
        return ""
    return reverse("places:building", args=[candidate.building.pk])

"""The door of addresses: what somebody wrote, and the place, building and grid it leads to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from linli.apps.places import queries
from linli.apps.places.forms import AddressForm
from linli.apps.places.models import Place
from linli.apps.places.permissions import reads_places
from linli.apps.places.queries import Candidate, Resolution
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@permission(reads_places)
@require_safe
def address(request: HttpRequest) -> HttpResponse:
    """Where an address leads on a day. Buildings and doors are shown of the communities my desk covers."""
    form = AddressForm(request.GET if "text" in request.GET else None)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        on = form.cleaned_data["on"] or timezone.localdate()
        answer = queries.resolve(form.cleaned_data["text"], on=on)
        context |= {"answer": answer, **_shown(request, answer)}
    return render(request, "places/address.html", context)


def _shown(request: HttpRequest, answer: Resolution) -> dict[str, Any]:
    """The chain and the candidates with links to what the reader may open."""
    lines = [answer.chain, *(candidate.chain for candidate in answer.candidates)]
    named = {place.pk for line in lines for place in line} | ({answer.grid.pk} if answer.grid else set())
    mine = set(queries.visible_to(actor_of(request)).filter(pk__in=named).values_list("pk", flat=True))
    return {
        "chain": [(place, _link(place, mine)) for place in answer.chain],
        "grid_link": _link(answer.grid, mine) if answer.grid else "",
        "candidates": [(candidate, _candidate_link(candidate, answer, mine)) for candidate in answer.candidates],
        "mine": answer.place is not None and answer.place.pk in mine,
    }


def _link(place: Place, mine: set[UUID]) -> str:
    return reverse("places:place", args=[place.pk]) if place.pk in mine else ""


def _candidate_link(candidate: Candidate, answer: Resolution, mine: set[UUID]) -> str:
    """A building's page where the reader may open it; else the same question with the candidate's full name."""
    if candidate.building is not None:
        return reverse("places:building", args=[candidate.building.pk]) if candidate.place.pk in mine else ""
    words = {"text": candidate.full_name + answer.rest, "on": answer.on.isoformat()}
    return f"{reverse('places:address')}?{urlencode(words)}"

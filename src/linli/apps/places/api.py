"""Places, read by other systems."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.places import queries
from linli.apps.places.models import Place
from linli.apps.places.permissions import reads_places
from linli.apps.places.schemas import PlaceOut, PlacesAsked
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("places:read", _("Read the tree of places"))
DOORS = Doors("places")


@DOORS.get(
    "/places", scope="places:read", permission=reads_places, answers=Page[PlaceOut], summary="Places within reach"
)
def places(request: Call, response: HttpResponse, asked: Query[PlacesAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor)
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.parent:
        rows = rows.filter(parent=asked.parent)
    return page(rows, request, response, asked, order="code")


@DOORS.get(
    "/places/{uuid:place_id}", scope="places:read", permission=reads_places, answers=PlaceOut, summary="One place"
)
def place(request: Call, place_id: UUID) -> Place:
    found = queries.visible_to(request.actor).filter(pk=place_id).first()
    if found is None:
        raise Missing(_("There is no such place within your reach."))
    return found

"""Needs, read and handed in by other systems; the wall stands before every answer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.needs import queries, services
from linli.apps.needs.models import Category, Channel, Need
from linli.apps.needs.permissions import DISPATCHERS, WORKERS, enters_pages, reads_needs
from linli.apps.needs.schemas.needs import NeedIn, NeedOut, NeedReceived, NeedsAsked
from linli.apps.needs.services import ContactText, Spot
from linli.apps.places.models import Level, Place
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("needs:read", _("Read needs of residents"))
declare("needs:write", _("Hand in needs of residents"))
DOORS = Doors("needs")


@DOORS.get("/needs", scope="needs:read", permission=reads_needs, answers=Page[NeedOut], summary="Needs within reach")
def needs(request: Call, response: HttpResponse, asked: Query[NeedsAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor).select_related("category")
    for name in ("state", "channel", "place"):
        if getattr(asked, name):
            rows = rows.filter(**{name: getattr(asked, name)})
    return page(rows, request, response, asked)


@DOORS.get("/needs/{uuid:need_id}", scope="needs:read", permission=reads_needs, answers=NeedOut, summary="One need")
def need(request: Call, need_id: UUID) -> Need:
    found = queries.visible_to(request.actor).select_related("category").filter(pk=need_id).first()
    if found is None:
        raise Missing(_("There is no such need within your reach."))
    return found


@DOORS.post("/needs", scope="needs:write", permission=enters_pages, answers=NeedReceived, summary="Hand in a need")
def receive(request: Call, body: NeedIn) -> dict[str, Any]:
    reach = Place.objects.filter(pk__in=request.actor.reach(*WORKERS, *DISPATCHERS).places)
    street = Place.objects.filter(pk=body.street, level=Level.STREET).first()
    place = reach.filter(pk=body.place or body.street).first()
    if street is None or place is None:
        raise Missing(_("There is no such place within your reach."))
    category = Category.objects.filter(code=body.category, is_active=True).first() if body.category else None
    contact = ContactText(name=body.name, phone=body.phone) if body.name or body.phone else None
    got = services.receive(
        street=street, place=place, matter=body.matter, title=body.title, channel=Channel.API, category=category,
        contact=contact, spot=Spot(words=body.spot), actor=request.actor,
    )  # fmt: skip
    return {"id": got.need.pk, "number": got.need.number, "code": got.code, "promised": got.promised}

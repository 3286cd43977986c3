"""Agreements, read by other systems with the eyes of the token's owner; none is public, so none without a token."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.agreements import queries
from linli.apps.agreements.models import Agreement
from linli.apps.agreements.permissions import reads_agreements
from linli.apps.agreements.schemas import AgreementFull, AgreementOut, AgreementsAsked
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("agreements:read", _("Read agreements"))
DOORS = Doors("agreements")
READ: dict[str, Any] = {"scope": "agreements:read", "permission": reads_agreements}


@DOORS.get("/agreements", **READ, answers=Page[AgreementOut], summary="Agreements within reach")
def agreements(request: Call, response: HttpResponse, asked: Query[AgreementsAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.year:
        rows = rows.filter(year=asked.year)
    if asked.street:
        rows = rows.filter(street=asked.street)
    if asked.subject:
        rows = rows.filter(subject_id=asked.subject)
    return page(rows.select_related("commitment").prefetch_related("parties"), request, response, asked)


@DOORS.get("/agreements/{uuid:agreement_id}", **READ, answers=AgreementFull, summary="One agreement")
def agreement(request: Call, agreement_id: UUID) -> Agreement:
    rows = queries.visible_to(request.actor).filter(pk=agreement_id).select_related("commitment")
    found = rows.prefetch_related("parties", "parts", "indicators").first()
    if found is None:
        raise Missing(_("There is no such agreement within your reach."))
    return found

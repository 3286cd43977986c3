"""Months and stars of organizations, read by other systems with the eyes of the token's owner."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.incubation import queries
from linli.apps.incubation.models import MonthSheet
from linli.apps.incubation.permissions import reads_months
from linli.apps.incubation.schemas import MonthFull, MonthOut, MonthsAsked, StarRatingOut, StarsAsked
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("incubation:read", _("Read months and stars of organizations"))
DOORS = Doors("incubation")
READ: dict[str, Any] = {"scope": "incubation:read", "permission": reads_months}


@DOORS.get("/organization-months", **READ, answers=Page[MonthOut], summary="Ten-point months within reach")
def months(request: Call, response: HttpResponse, asked: Query[MonthsAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor)
    if asked.organization:
        rows = rows.filter(organization=asked.organization)
    if asked.month:
        rows = rows.filter(month=asked.month)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page(rows, request, response, asked)


@DOORS.get("/organization-months/{uuid:month_id}", **READ, answers=MonthFull, summary="One ten-point month")
def month(request: Call, month_id: UUID) -> MonthSheet:
    found = queries.visible_to(request.actor).filter(pk=month_id).prefetch_related("marks").first()
    if found is None:
        raise Missing(_("There is no such month within your reach."))
    return found


@DOORS.get("/organization-stars", **READ, answers=Page[StarRatingOut], summary="Stars within reach")
def stars(request: Call, response: HttpResponse, asked: Query[StarsAsked]) -> dict[str, Any]:
    rows = queries.ratings_visible_to(request.actor).select_related("round")
    if asked.organization:
        rows = rows.filter(organization=asked.organization)
    if asked.year:
        rows = rows.filter(round__year=asked.year)
    return page(rows, request, response, asked)

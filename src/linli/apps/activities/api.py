"""Activities, read by other systems with the eyes of the token's owner; nobody who came is named."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.activities import queries
from linli.apps.activities.permissions import reads_activities
from linli.apps.activities.schemas import DateOut, DatesAsked
from linli.kernel.api import Call, Doors, Page, declare, page

declare("activities:read", _("Read activities"))
DOORS = Doors("activities")
READ: dict[str, Any] = {"scope": "activities:read", "permission": reads_activities}


@DOORS.get("/activities", **READ, answers=Page[DateOut], summary="Dates of activities within reach")
def activities(request: Call, response: HttpResponse, asked: Query[DatesAsked]) -> dict[str, Any]:
    rows = queries.dates_visible_to(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.since:
        rows = rows.filter(starts__date__gte=asked.since)
    if asked.subject:
        rows = rows.filter(activity__subject_id=asked.subject)
    return page(queries.with_people(rows).select_related("activity"), request, response, asked)

"""Reviews and what they revealed, read by other systems; what is not revealed is in nobody's answer."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.reviews import queries
from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.permissions import reads_reviews
from linli.apps.reviews.schemas import ResultOut, ResultsAsked, SessionOut, SessionsAsked
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("reviews:read", _("Read reviews and their results"))
DOORS = Doors("reviews")
READ: dict[str, Any] = {"scope": "reviews:read", "permission": reads_reviews}


@DOORS.get("/sessions", **READ, answers=Page[SessionOut], summary="Reviews within reach, rehearsals left out")
def sessions(request: Call, response: HttpResponse, asked: Query[SessionsAsked]) -> dict[str, Any]:
    rows = queries.true_sessions(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.purpose:
        rows = rows.filter(purpose=asked.purpose)
    if asked.since:
        rows = rows.filter(first_day__gte=asked.since)
    if asked.until:
        rows = rows.filter(first_day__lte=asked.until)
    return page(rows.select_related("rubric__rubric"), request, response, asked)


@DOORS.get("/sessions/{uuid:session_id}", **READ, answers=SessionOut, summary="One review")
def session(request: Call, session_id: UUID) -> ReviewSession:
    found = queries.true_sessions(request.actor).select_related("rubric__rubric").filter(pk=session_id).first()
    if found is None:
        raise Missing(_("There is no such review within your reach."))
    return found


@DOORS.get("/results", **READ, answers=Page[ResultOut], summary="Results as they were revealed")
def results(request: Call, response: HttpResponse, asked: Query[ResultsAsked]) -> dict[str, Any]:
    rows = queries.revealed_entries(request.actor)
    if asked.session:
        rows = rows.filter(session=asked.session)
    if asked.panel:
        rows = rows.filter(panel=asked.panel)
    if asked.subject:
        rows = rows.filter(subject_id=asked.subject)
    found = page(rows, request, response, asked)
    return {**found, "items": queries.results_among(found["items"])}

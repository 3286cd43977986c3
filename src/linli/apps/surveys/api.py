"""Surveys, read by other systems with the eyes of the token's owner: tables, no answers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.surveys import queries
from linli.apps.surveys.models import Survey, SurveyState
from linli.apps.surveys.permissions import reads_surveys
from linli.apps.surveys.queries import Line
from linli.apps.surveys.schemas import SurveyOut, SurveysAsked, SurveyTable
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("surveys:read", _("Read tables of surveys"))
DOORS = Doors("surveys")
READ: dict[str, Any] = {"scope": "surveys:read", "permission": reads_surveys}


@DOORS.get("/surveys", **READ, answers=Page[SurveyOut], summary="Surveys within reach")
def surveys(request: Call, response: HttpResponse, asked: Query[SurveysAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.place:
        rows = rows.filter(place=asked.place)
    return page(rows, request, response, asked)


@DOORS.get("/surveys/{uuid:survey_id}", **READ, answers=SurveyTable, summary="The table of one survey")
def survey(request: Call, survey_id: UUID) -> dict[str, Any]:
    found = queries.visible_to(request.actor).filter(pk=survey_id).first()
    if found is None:
        raise Missing(_("There is no such survey within your reach."))
    lines = queries.lines_of(found) if found.state == SurveyState.CLOSED else []
    return {**_columns(found), "lines": [_line(one) for one in lines]}


def _columns(row: Survey) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "title", "place_id", "state", "last_day", "drafted_at")}


def _line(one: Line) -> dict[str, Any]:
    rate = one.rate
    return {
        "subject": one.subject, "way": one.way, "asked": rate.asked, "returned": rate.returned, "valid": rate.n_valid,
        "satisfied": rate.satisfied, "grades": list(one.grades), "rate": rate.rate, "low": rate.low,
        "high": rate.high, "in_presence": rate.in_presence,
    }  # fmt: skip

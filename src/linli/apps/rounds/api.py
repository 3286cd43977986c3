"""Rounds and proposals, read by other systems; what lies sealed is in nobody's answer but its proposers'."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.rounds import queries
from linli.apps.rounds.models import Proposal
from linli.apps.rounds.permissions import reads_rounds, sets_up_rounds
from linli.apps.rounds.schemas import (
    AwardOut,
    AwardsAsked,
    ChoiceOut,
    ChoicesAsked,
    ProposalOut,
    ProposalsAsked,
    RoundOut,
    RoundsAsked,
)
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing
from linli.kernel.scope import signed_in

declare("rounds:read", _("Read rounds and proposals"))
DOORS = Doors("rounds")
READS = reads_rounds | sets_up_rounds


@DOORS.get("/rounds", scope="rounds:read", permission=READS, answers=Page[RoundOut], summary="Rounds within reach")
def rounds(request: Call, response: HttpResponse, asked: Query[RoundsAsked]) -> dict[str, Any]:
    rows = queries.rounds_visible_to(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.year:
        rows = rows.filter(year=asked.year)
    return page(rows, request, response, asked)


@DOORS.get(
    "/proposals", scope="rounds:read", permission=signed_in, answers=Page[ProposalOut], summary="Proposals within reach"
)
def proposals(request: Call, response: HttpResponse, asked: Query[ProposalsAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor)
    if asked.round:
        rows = rows.filter(round=asked.round)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page(rows, request, response, asked)


@DOORS.get(
    "/proposals/{uuid:proposal_id}", scope="rounds:read", permission=signed_in, answers=ProposalOut,
    summary="One proposal",
)  # fmt: skip
def proposal(request: Call, proposal_id: UUID) -> Proposal:
    found = queries.visible_to(request.actor).filter(pk=proposal_id).first()
    if found is None:
        raise Missing(_("There is no such proposal within your reach."))
    return found


@DOORS.get("/awards", scope="rounds:read", permission=READS, answers=Page[AwardOut], summary="Awards that stand")
def awards(request: Call, response: HttpResponse, asked: Query[AwardsAsked]) -> dict[str, Any]:
    rows = queries.awards_visible_to(request.actor).filter(ended_by__isnull=True)
    rows = rows.select_related("line__decision", "commitment")
    if asked.round:
        rows = rows.filter(proposal__round=asked.round)
    return page(rows, request, response, asked)


@DOORS.get(
    "/choices", scope="rounds:read", permission=READS, answers=Page[ChoiceOut],
    summary="Residents' choices; votes once they are counted",
)  # fmt: skip
def choices(request: Call, response: HttpResponse, asked: Query[ChoicesAsked]) -> dict[str, Any]:
    rows = queries.choices_visible_to(request.actor).select_related("decided").prefetch_related("projects")
    if asked.round:
        rows = rows.filter(round=asked.round)
    return page(rows, request, response, asked)

"""Reads of what a round gives besides money."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from linli.apps.rounds.models import (
    EDITABLE,
    PlanLine,
    PlanLot,
    PlanState,
    Proposal,
    ProposalState,
    Resource,
    ResourceDemand,
    Round,
)
from linli.apps.rounds.permissions import answers_proposal, writes_proposal
from linli.kernel.scope import Actor

WAITING = (ProposalState.SUBMITTED, ProposalState.ACCEPTED)
"""Handed in and not decided: the desk may still say what a proposal needs."""

DECIDED = Q(lots__line__plan__state=PlanState.DECIDED)
STANDS = Q(lots__line__proposal__awards__isnull=False, lots__line__proposal__awards__ended_by__isnull=True)


@dataclass(frozen=True)
class StockRow:
    """A resource: how much was asked for in all, how much decided plans gave to support that stands."""

    resource: Resource
    asked: int
    given: int

    @property
    def left(self) -> int:
        """What another plan can give."""
        return max(0, self.resource.amount - self.given)


def stock_of(intake: Round) -> list[StockRow]:
    """The resources of a round in the order entered. Two queries."""
    rows = Resource.objects.filter(round=intake).annotate(
        given=Coalesce(Sum("lots__amount", filter=DECIDED & STANDS), 0)
    )
    asked = ResourceDemand.objects.filter(resource__round=intake).order_by().values_list("resource")
    totals = dict(asked.annotate(total=Sum("amount")).values_list("resource", "total"))
    return [StockRow(row, totals.get(row.pk, 0), row.given) for row in rows.order_by("id")]


def demands_of(proposals: Iterable[Proposal]) -> Mapping[UUID, Mapping[UUID, int]]:
    """Proposal → resource → how much it needs. One query."""
    found: dict[UUID, dict[UUID, int]] = {}
    rows = ResourceDemand.objects.filter(proposal__in=[one.pk for one in proposals])
    for proposal, resource, amount in rows.values_list("proposal", "resource", "amount"):
        found.setdefault(proposal, {})[resource] = amount
    return found


def may_demand(actor: Actor | None, proposal: Proposal) -> bool:
    """Whether the actor says what a proposal needs now: its writers while they write, the desk while it waits.

    False where the round offers nothing besides money. One query at most.
    """
    writes = proposal.state in EDITABLE and writes_proposal(actor, proposal)
    waits = proposal.state in WAITING and answers_proposal(actor, proposal)
    return bool(writes or waits) and Resource.objects.filter(round=proposal.round_id).exists()


def lots_of(plans: Iterable[UUID]) -> Mapping[UUID, list[PlanLot]]:
    """Line → its lots, over the lines of these plans. One query."""
    found: dict[UUID, list[PlanLot]] = {}
    rows = PlanLot.objects.filter(line__plan__in=list(plans)).select_related("resource").order_by("resource__id")
    for lot in rows:
        found.setdefault(lot.line_id, []).append(lot)
    return found


def written_of(line: PlanLine, lots: Iterable[PlanLot]) -> str:
    """What a line gives besides money, in words."""
    parts = [lot.resource.written(lot.amount) for lot in lots if lot.amount]
    return "、".join([*parts, *([line.resources] if line.resources else [])])

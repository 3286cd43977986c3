"""Plans: a fund divided among the accepted proposals by a rule with its knobs; several stand side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Fund
from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.queries import results_of
from linli.apps.rounds.models import (
    AllocationPlan,
    PlanLine,
    PlanLot,
    PlanRule,
    ProposalState,
    Round,
)
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.choice import ballots_of, share_of, votes_in
from linli.apps.rounds.queries.choice import mixed as with_votes
from linli.apps.rounds.queries.proposals import accepted_in
from linli.apps.rounds.queries.purses import purses_of
from linli.apps.rounds.queries.resources import demands_of, stock_of
from linli.apps.rounds.queries.rounds import values_of
from linli.apps.rounds.services.keeping import require, user_key
from linli.apps.rounds.services.knobs import Knobs
from linli.apps.rounds.services.rules import Divided, Ground, Standing, divided, in_fen
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, yuan
from linli.kernel.scope import Actor


def standings_of(sessions: Sequence[ReviewSession], intake: Round) -> dict[UUID, Standing]:
    """Score and rank of every proposal judged, the residents' part in the score where a decision gave it one.

    The ranks of a single review whose entries all stand in one order are kept; else they are counted anew by score.
    """
    found: dict[UUID, Standing] = {}
    for session in sessions:
        for result in results_of(session):
            if result.subject.kind == "rounds.proposal":
                found[result.subject.id] = Standing(result.score, result.rank)
    scores = {key: one.score for key, one in found.items() if one.score is not None}
    if len(scores) != len(found):
        return found
    mixed = with_votes(intake, scores)
    one_order = len(sessions) == 1 and (sessions[0].ranks_across or sessions[0].panels.count() == 1)
    if one_order and mixed == scores:
        return found
    ranked = sorted(mixed.values(), reverse=True)
    return {key: Standing(score, 1 + ranked.index(score)) for key, score in mixed.items()}


@dataclass(frozen=True)
class Draft:
    """A plan that is not saved yet, its lines in order, and by line what else it gives."""

    plan: AllocationPlan
    lines: Sequence[PlanLine]
    lots: Mapping[UUID, list[PlanLot]]


def draft_plan(
    intake: Round,
    *,
    fund: Fund,
    rule: str,
    actor: Actor | None,
    pot: Decimal | None = None,
    knobs: Knobs | None = None,
    sessions: Sequence[ReviewSession] = (),
    title: str = "",
    at: datetime | None = None,
) -> Draft:
    """Divide ``pot`` by ``rule``, within the quotas of the fund; nothing is saved.

    By default ``pot`` is all the fund has free or has set aside for the communities of these proposals. Raises
    Refusal for a pot above that, classes that sum to more than 100 per cent, a round without accepted proposals, and
    a rule that needs scores or votes where there are none.
    """
    require(keeps_rounds, actor, intake)
    rule, knobs = PlanRule(rule), knobs or Knobs()
    if fund.street_id != intake.place.street_id:
        raise Refusal(_("This fund belongs to another street."), field="fund")
    ground = _ground(intake, fund, rule, sessions)
    amount = _pot_of(fund, ground, pot)
    found = divided(rule, ground, in_fen(amount), knobs)
    plan = AllocationPlan(
        round=intake, fund=fund, rule=rule, knobs=knobs.stored(), facts={**found.facts, **_share(intake)},
        title=title.strip()[:80], pot=amount, left=Decimal(found.division.left) / 100,
        made_at=at or timezone.now(), made_by_id=user_key(actor),
    )  # fmt: skip
    plan.number = 1 + (intake.plans.aggregate(last=Max("number"))["last"] or 0)
    plan.title = plan.title or f"方案{plan.number}：{in_chinese(rule.label)}"
    return _lined(plan, ground, found)


def _share(intake: Round) -> dict[str, str]:
    """The residents' part of the score, once they were counted and a decision gave them one."""
    share = share_of(intake)
    return {"share": f"{share.normalize():f}"} if share and votes_in(intake) else {}


def _pot_of(fund: Fund, ground: Ground, pot: Decimal | None) -> Decimal:
    """What is divided: all these proposals can be promised, or the part of it that was asked for."""
    free = ground.purses.room_for(ground.proposals)
    amount = free if pot is None else yuan(pot)
    if 0 < amount <= free:
        return amount
    told = {"free": format_yuan(free), "fund": fund.name}
    raise Refusal(_("“%(fund)s” has %(free)s free. Divide no more than that.") % told, code="above-fund", field="pot")


def _ground(intake: Round, fund: Fund, rule: str, sessions: Sequence[ReviewSession]) -> Ground:
    """What waits in a round, and what there is to give. Raises Refusal where nothing waits."""
    proposals = list(accepted_in(intake).filter(state=ProposalState.ACCEPTED))
    if not proposals:
        raise Refusal(_("No proposal of this round is accepted and waits for a decision."), code="nothing-to-divide")
    return Ground(
        proposals,
        standings_of(sessions, intake),
        purses_of(fund),
        Decimal(values_of(intake)["rounds.project_cap"]),
        election=ballots_of(intake) if rule == PlanRule.VOTES else None,
        stock={one.resource: one.left for one in stock_of(intake)},
        demands=demands_of(proposals),
    )


def _lined(plan: AllocationPlan, ground: Ground, found: Divided) -> Draft:
    """The lines of a plan, the best rank first, then who gets most."""
    pairs = sorted(
        zip(ground.proposals, found.division.grants, strict=True),
        key=lambda pair: (ground.standing(pair[0]).rank or 10_000, -pair[1].amount, pair[0].serial),
    )
    lines, lots = [], {}
    for place, (one, grant) in enumerate(pairs, 1):
        standing = ground.standing(one)
        line = PlanLine(
            plan=plan, proposal=one, position=place, score=standing.score, rank=standing.rank,
            votes=grant.facts.get("votes"), asked=one.asked, amount=Decimal(grant.amount) / 100, why=grant.why,
            facts=dict(grant.facts),
        )  # fmt: skip
        given = found.lots.get(one.pk, {})
        lots[line.pk] = [
            PlanLot(line=line, resource=resource, asked=asked, amount=given.get(resource.pk, 0))
            for resource in ground.stock
            if (asked := ground.demands.get(one.pk, {}).get(resource.pk, 0)) and line.amount
        ]
        lines.append(line)
    return Draft(plan, lines, lots)


def draw_plan(intake: Round, *, actor: Actor | None, at: datetime | None = None, **given: Any) -> AllocationPlan:
    """Draft a plan as :func:`draft_plan` does, and save it beside the others."""
    draft = draft_plan(intake, actor=actor, at=at, **given)
    plan = draft.plan
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
            PlanLine.objects.bulk_create(draft.lines)
            PlanLot.objects.bulk_create([lot for lots in draft.lots.values() for lot in lots])
            facts = {"title": plan.title, "pot": plan.pot, "left": plan.left}
            record("rounds.plan.draw", plan, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody saved a plan at the same moment. Press the button once more.")) from error
    return plan

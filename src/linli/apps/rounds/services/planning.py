"""Plans: a fund divided among the accepted proposals by a rule with its knobs; several stand side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms.allocation.dividing import (
    Bounds,
    Claim,
    Division,
    Grant,
    Tier,
    best_total,
    by_group,
    by_score,
    by_tiers,
    in_order,
)
from linli.apps.ledger.models import Fund
from linli.apps.ledger.queries import quotas_of, standing_of
from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.queries import results_of
from linli.apps.rounds.models import AllocationPlan, PlanLine, PlanRule, PlanState, Proposal, ProposalState, Round
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.proposals import accepted_in
from linli.apps.rounds.queries.rounds import values_of
from linli.apps.rounds.services.keeping import require, said, user_key
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, yuan
from linli.kernel.scope import Actor

PERCENT = Decimal(100)


@dataclass(frozen=True)
class Step:
    """Ranks up to ``upto`` get ``amount`` yuan, or ``percent`` of what they asked for."""

    upto: int
    amount: Decimal = Decimal(0)
    percent: Decimal | None = None


@dataclass(frozen=True)
class Knobs:
    """What a rule can be told. Amounts in yuan; ``line`` is the least score; ``most`` how many at most (0: any).

    ``classes`` gives each class, by the key of its word, its part of the pot in per cent; empty: one pot for all.
    ``partly``: whoever does not fit may get the rest, once.
    """

    cap: Decimal = Decimal(0)
    floor: Decimal = Decimal(0)
    line: Decimal | None = None
    most: int = 0
    partly: bool = False
    tiers: tuple[Step, ...] = ()
    classes: Mapping[UUID, Decimal] = field(default_factory=dict)

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {
            "cap": str(self.cap), "floor": str(self.floor), "line": None if self.line is None else str(self.line),
            "most": self.most, "partly": self.partly,
            "tiers": [[one.upto, str(one.amount), None if one.percent is None else str(one.percent)]
                      for one in self.tiers],
            "classes": {str(key): str(share) for key, share in self.classes.items()},
        }  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """Score and rank of a proposal, as a review gave them."""

    score: Decimal | None
    rank: int | None


def standings_of(sessions: Sequence[ReviewSession]) -> dict[UUID, Standing]:
    """Score and rank of every proposal judged; over several sessions or panels ranks are counted anew by score."""
    found: dict[UUID, Standing] = {}
    for session in sessions:
        for result in results_of(session):
            if result.subject.kind == "rounds.proposal":
                found[result.subject.id] = Standing(result.score, result.rank)
    scores = sorted((one.score for one in found.values() if one.score is not None), reverse=True)
    if len(scores) != len(found):
        return found
    return {
        key: Standing(one.score, 1 + scores.index(one.score)) for key, one in found.items() if one.score is not None
    }


def draw_plan(
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
) -> AllocationPlan:
    """Divide ``pot`` by ``rule``; the plan is saved beside the others.

    By default ``pot`` is all the fund has free or has set aside for the communities of these proposals. Raises
    Refusal for a pot above that, classes that sum to more than 100 per cent, a round without accepted proposals, and
    a rule that needs scores where nothing was judged.
    """
    at = at or timezone.now()
    require(keeps_rounds, actor, intake)
    rule, knobs = PlanRule(rule), knobs or Knobs()
    if fund.street_id != intake.place.street_id:
        raise Refusal(_("This fund belongs to another street."), field="fund")
    proposals = list(accepted_in(intake).filter(state=ProposalState.ACCEPTED))
    if not proposals:
        raise Refusal(_("No proposal of this round is accepted and waits for a decision."), code="nothing-to-divide")
    free = _room_for(fund, proposals)
    amount = free if pot is None else yuan(pot)
    if amount <= 0 or amount > free:
        told = {"free": format_yuan(free), "fund": fund.name}
        raise Refusal(
            _("“%(fund)s” has %(free)s free. Divide no more than that.") % told, code="above-fund", field="pot"
        )
    field_of = _Field(intake, proposals, standings_of(sessions))
    division = _divided(rule, field_of, _fen(amount), knobs)
    plan = AllocationPlan(
        round=intake, fund=fund, rule=rule, knobs=knobs.stored(), title=title.strip()[:80], pot=amount,
        left=Decimal(division.left) / 100, made_at=at, made_by_id=user_key(actor),
    )  # fmt: skip
    return _save(plan, field_of, division, actor=actor, at=at)


def _room_for(fund: Fund, proposals: Sequence[Proposal]) -> Decimal:
    """What can be promised to ``proposals``: the free part of the fund, and what their communities have set aside."""
    places = {one.place_id for one in proposals}
    reserved = [one.left for one in quotas_of(fund) if one.quota.place_id in places]
    return sum(reserved, standing_of(fund).free)


def _fen(amount: Decimal) -> int:
    return int(amount * 100)


@dataclass(frozen=True)
class _Field:
    """What a plan is drawn over: the proposals that wait, and how they were judged."""

    intake: Round
    proposals: Sequence[Proposal]
    standings: Mapping[UUID, Standing]

    def standing(self, proposal: Proposal) -> Standing:
        """Score and rank; both None where it was not judged."""
        return self.standings.get(proposal.pk, Standing(None, None))


def _divided(rule: PlanRule, field_of: _Field, pot: int, knobs: Knobs) -> Division:
    if rule != PlanRule.HAND and not any(one.rank is not None for one in field_of.standings.values()):
        raise Refusal(_("Nothing of this round was judged yet. Choose a finished review, or divide by hand."))
    claims = [_claim(one, field_of.standing(one)) for one in field_of.proposals]
    divide = _rule(rule, knobs, _bounds(knobs, field_of.intake))
    if not knobs.classes:
        return divide(claims, pot)
    shares = {str(key): Fraction(share) for key, share in knobs.classes.items()}
    if sum(shares.values(), Fraction(0)) > PERCENT or any(share < 0 for share in shares.values()):
        raise Refusal(_("The parts of the classes sum to more than 100 per cent."), field="classes")
    return by_group(claims, pot, shares, divide)


def _bounds(knobs: Knobs, intake: Round) -> Bounds:
    """The knobs with the cap of the round, in fen."""
    caps = [one for one in (knobs.cap, Decimal(values_of(intake)["rounds.project_cap"])) if one]
    line = None if knobs.line is None else Fraction(knobs.line)
    return Bounds(_fen(min(caps)) if caps else 0, _fen(knobs.floor), line, knobs.most)


def _rule(rule: PlanRule, knobs: Knobs, bounds: Bounds) -> Callable[[Sequence[Claim], int], Division]:
    """The rule with its knobs turned."""
    if rule == PlanRule.TIERS:
        tiers = [Tier(one.upto, _fen(one.amount), _fraction(one.percent)) for one in knobs.tiers]
        return lambda some, part: by_tiers(some, part, tiers, bounds=bounds)
    if rule == PlanRule.SCORE:
        return lambda some, part: by_score(some, part, bounds=bounds)
    if rule == PlanRule.BEST:
        return lambda some, part: best_total(some, part, bounds=bounds)
    if rule == PlanRule.RANK:
        return lambda some, part: in_order(some, part, bounds=bounds, partly=knobs.partly)
    return lambda some, part: Division(tuple(Grant(one.id, 0, "hand", {"reason": "—"}) for one in some), part)


def _fraction(percent: Decimal | None) -> Fraction | None:
    return None if percent is None else Fraction(percent)


def _claim(proposal: Proposal, standing: Standing) -> Claim:
    score = _fraction(standing.score)
    return Claim(str(proposal.pk), _fen(proposal.asked), score, standing.rank, str(proposal.category_id or ""))


def _save(
    plan: AllocationPlan, field_of: _Field, division: Division, *, actor: Actor | None, at: datetime
) -> AllocationPlan:
    plan.number = 1 + (plan.round.plans.aggregate(last=Max("number"))["last"] or 0)
    plan.title = plan.title or f"方案{plan.number}：{in_chinese(PlanRule(plan.rule).label)}"
    pairs = sorted(
        zip(field_of.proposals, division.grants, strict=True),
        key=lambda pair: (field_of.standing(pair[0]).rank or 10_000, pair[0].serial),
    )
    lines = [
        PlanLine(
            plan=plan, proposal=one, position=place, score=field_of.standing(one).score,
            rank=field_of.standing(one).rank, asked=one.asked, amount=Decimal(grant.amount) / 100,
            why=grant.why, facts=dict(grant.facts),
        )
        for place, (one, grant) in enumerate(pairs, 1)
    ]  # fmt: skip
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
            PlanLine.objects.bulk_create(lines)
            facts = {"title": plan.title, "pot": plan.pot, "left": plan.left}
            record("rounds.plan.draw", plan, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody saved a plan at the same moment. Press the button once more.")) from error
    return plan


def set_amount(
    line: PlanLine, *, amount: Decimal | str, reason: str, actor: Actor | None, resources: str = "",
    at: datetime | None = None,
) -> AllocationPlan:  # fmt: skip
    """Set what one proposal gets by hand, before the decision, with a reason; what is left of the pot follows."""
    plan = line.plan
    require(keeps_rounds, actor, plan.round)
    wanted, why = yuan(amount), said(reason, "reason", _("Say in a sentence why."))
    if wanted < 0 or wanted > line.asked:
        told = {"asked": format_yuan(line.asked)}
        raise Refusal(_("Between nothing and the %(asked)s asked for can be given.") % told, field="amount")
    with transaction.atomic():
        taken = AllocationPlan.objects.filter(pk=plan.pk, state=PlanState.SAVED).update(version=F("version") + 1)
        if not taken:
            raise Conflict(_("This plan was decided or dropped already. Look at the decisions of the round."))
        line.refresh_from_db()
        plan.refresh_from_db()
        left = plan.left + line.amount - wanted
        if left < 0:
            told = {"left": format_yuan(plan.left + line.amount)}
            raise Refusal(_("Only %(left)s of this plan are left for it.") % told, code="above-fund", field="amount")
        before = line.amount
        PlanLine.objects.filter(pk=line.pk).update(
            amount=wanted, why="hand", facts={"reason": why[:300]}, resources=resources.strip()[:200]
        )
        AllocationPlan.objects.filter(pk=plan.pk).update(left=left)
        facts = {"title": line.proposal.title, "before": before, "amount": wanted, "reason": why}
        record("rounds.plan.set_amount", plan, actor=actor, facts=facts, at=at)
    plan.refresh_from_db()
    return plan


def drop_plan(plan: AllocationPlan, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a plan off the table; a decided one stays."""
    require(keeps_rounds, actor, plan.round)
    with transaction.atomic():
        saved = AllocationPlan.objects.filter(pk=plan.pk, state=PlanState.SAVED)
        if not saved.update(state=PlanState.DROPPED):
            raise Conflict(_("This plan was decided or dropped already. Look at the decisions of the round."))
        record("rounds.plan.drop", plan, actor=actor, facts={"title": plan.title}, at=at)

"""Decisions: a plan becomes binding in one go, with its awards, promises of money and reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Fund, Quota
from linli.apps.rounds.lifecycle import PROPOSALS
from linli.apps.rounds.models import (
    AllocationPlan,
    Award,
    Decision,
    DecisionLine,
    LineKind,
    PlanLine,
    PlanLot,
    PlanState,
    Proposal,
    ProposalState,
    Round,
)
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.phases import require_door
from linli.apps.rounds.queries.plans import sentence_of
from linli.apps.rounds.queries.proposals import accepted_in
from linli.apps.rounds.queries.resources import lots_of, stock_of, written_of
from linli.apps.rounds.queries.rounds import values_of
from linli.apps.rounds.services.keeping import require, said, user_key
from linli.kernel import files, search
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sitting:
    """Who decided, when, by which minutes; ``scan`` is the uploaded file of the minutes."""

    body: str
    held_on: date
    minutes_number: str
    present: str
    recused: str = ""
    note: str = ""
    scan: Any = None


@dataclass(frozen=True)
class Said:
    """One line as it will stand in a decision."""

    place: int
    amount: Decimal
    reason: str
    resources: str = ""


def decide(
    intake: Round,
    *,
    plan: AllocationPlan,
    sitting: Sitting,
    actor: Actor | None,
    reasons: Mapping[UUID, str] | None = None,
    at: datetime | None = None,
) -> Decision:
    """Make a plan binding: awards and commitments, refusals with a reason for the rest; all or nothing.

    ``reasons`` by proposal replace the sentence of the plan. Refuses a plan that does not sum to its pot, leaves out
    what was accepted since, gives above the cap of the round, or passes the fund; Conflict when it was decided already.
    """
    at = at or timezone.now()
    require(keeps_rounds, actor, intake)
    require_door(intake, "decide", at=at)
    if plan.round_id != intake.pk:
        raise Refusal(_("This plan belongs to another round."), field="plan")
    with transaction.atomic():
        saved = AllocationPlan.objects.filter(pk=plan.pk, state=PlanState.SAVED)
        if not saved.update(state=PlanState.DECIDED):
            raise Conflict(_("This plan was decided or dropped already. Look at the decisions of the round."))
        plan.refresh_from_db()
        lines, lots = _whole(intake, plan), lots_of([plan.pk])
        _within_stock(intake, [lot for own in lots.values() for lot in own])
        decision = hold(intake, sitting, plan.fund, plan=plan, actor=actor, at=at)
        for place, line in enumerate(lines, 1):
            given = (reasons or {}).get(line.proposal_id, "").strip() or in_chinese(sentence_of(line))
            said_line = Said(place, line.amount, given, written_of(line, lots.get(line.pk, [])))
            settle(decision, line.proposal, said_line, actor=actor, at=at)
        facts = {
            "minutes": decision.minutes_number,
            "body": decision.body,
            "sum": plan.pot - plan.left,
            "left": plan.left,
        }
        record("rounds.decision.decide", decision, actor=actor, facts=facts, at=at)
    return decision


def _whole(intake: Round, plan: AllocationPlan) -> list[PlanLine]:
    """The lines of a plan that still fits its round. Raises Refusal."""
    lines = list(PlanLine.objects.filter(plan=plan).select_related("proposal__place", "plan"))
    waiting = {one.pk: one for one in accepted_in(intake).filter(state=ProposalState.ACCEPTED)}
    for line in lines:
        line.proposal = waiting.pop(line.proposal_id, None) or _gone(line.proposal)
    if waiting:
        names = "、".join(one.title for one in list(waiting.values())[:5])
        raise Refusal(_("Accepted since, and not in this plan: %(names)s. Make the plan anew.") % {"names": names})
    total = sum((line.amount for line in lines), NOTHING)
    if total + plan.left != plan.pot:
        told = {"sum": format_yuan(total), "left": format_yuan(plan.left), "pot": format_yuan(plan.pot)}
        raise Refusal(_("%(sum)s given and %(left)s left are not the %(pot)s to be divided.") % told, code="sum")
    if not total:
        raise Refusal(_("This plan gives nothing to anybody. Choose another one."), field="plan")
    cap = Decimal(values_of(intake)["rounds.project_cap"])
    above = next((line for line in lines if cap and line.amount > cap), None)
    if above is not None:
        told = {"title": above.proposal.title, "amount": format_yuan(above.amount), "cap": format_yuan(cap)}
        raise Refusal(
            _("“%(title)s” would get %(amount)s; no project of this round gets more than %(cap)s.") % told,
            code="above-cap",
        )
    return lines


def _within_stock(intake: Round, lots: Iterable[PlanLot]) -> None:
    """Refuse what gives more of a resource than earlier decisions left. Raises Refusal."""
    given: dict[UUID, int] = {}
    for lot in lots:
        given[lot.resource_id] = given.get(lot.resource_id, 0) + lot.amount
    for row in stock_of(intake) if any(given.values()) else []:
        if given.get(row.resource.pk, 0) > row.left:
            told = {"left": row.resource.written(row.left)}
            raise Refusal(_("Only %(left)s are left. Make the plan anew.") % told, code="above-stock")


def _gone(proposal: Proposal) -> Proposal:
    sentence = _("“%(title)s” was withdrawn, sent back or refused since. Make the plan anew.")
    raise Conflict(sentence % {"title": proposal.title})


def hold(
    intake: Round,
    sitting: Sitting,
    fund: Fund,
    *,
    plan: AllocationPlan | None,
    actor: Actor | None,
    at: datetime,
) -> Decision:
    """The decision's own row, with the scan of its minutes."""
    if sitting.held_on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="held_on")
    last = intake.decisions.aggregate(last=Max("number"))["last"] or 0
    decision = Decision(
        round=intake, plan=plan, fund=fund, number=last + 1, held_on=sitting.held_on,
        body=said(sitting.body, "body", _("Say who decided."))[:80],
        minutes_number=said(sitting.minutes_number, "minutes_number", _("Give the number of the minutes."))[:60],
        present=said(sitting.present, "present", _("Say who was present."))[:400],
        recused=sitting.recused.strip()[:400], note=sitting.note.strip()[:600], has_scan=sitting.scan is not None,
        made_at=at, made_by_id=user_key(actor),
    )  # fmt: skip
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("Somebody entered a decision at the same moment. Press the button once more.")) from error
    if sitting.scan is not None:
        files.keep(sitting.scan, accept=files.PAPERS, owner=ref_of(decision), actor=actor, at=at)
    return decision


def settle(decision: Decision, proposal: Proposal, told: Said, *, actor: Actor | None, at: datetime) -> None:
    """One line on a proposal without support: an award with its commitment, or a refusal with its reason."""
    amount, reason = told.amount, told.reason
    line = DecisionLine(
        decision=decision, proposal=proposal, position=told.place, amount=amount, reason=reason[:600],
        kind=LineKind.AWARD if amount else LineKind.REFUSE, resources=told.resources,
    )  # fmt: skip
    line.save(force_insert=True)
    if not amount:
        PROPOSALS.apply("refuse", proposal, actor=actor, facts={"reason": reason}, at=at, reason=reason[:600])
        search.index(proposal)
        return
    facts = {"amount": amount, "minutes": decision.minutes_number, "stands_in": _was_left_out(proposal)}
    PROPOSALS.apply("award", proposal, actor=actor, facts=facts, at=at)
    commitment = ledger.commit(
        fund=decision.fund, subject=ref_of(proposal), grounds=ref_of(decision), amount=amount, title=proposal.title,
        bearer=_bearer(proposal), quota=_quota(decision.fund, proposal), on=decision.held_on, actor=actor, at=at,
    )  # fmt: skip
    Award(line=line, proposal=proposal, amount=amount, commitment=commitment).save(force_insert=True)


def _was_left_out(proposal: Proposal) -> bool:
    """Whether an earlier decision refused it: then a later one may let it stand in."""
    return DecisionLine.objects.filter(proposal=proposal, kind=LineKind.REFUSE).exists()


def _bearer(proposal: Proposal) -> str:
    """Who carries it out, by name: organizations and communities; residents stay unnamed."""
    shares = proposal.shares.select_related("organization", "place")
    return "、".join(str(one.organization or one.place) for one in shares if one.organization_id or one.place_id)[:160]


def _quota(fund: Fund, proposal: Proposal) -> Quota | None:
    """The part of the fund set aside for the community, if there is one."""
    return Quota.objects.filter(fund=fund, place=proposal.place_id).first()

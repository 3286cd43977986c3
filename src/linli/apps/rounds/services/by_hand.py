"""Plans changed by hand before the decision: one amount, what else it gives; taking a plan off the table."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import AllocationPlan, PlanLine, PlanLot, PlanState
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.purses import purses_of
from linli.apps.rounds.queries.resources import stock_of
from linli.apps.rounds.services.keeping import require, said
from linli.kernel.audit import Change
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, yuan
from linli.kernel.scope import Actor

NOTHING = Decimal(0)


def set_amount(
    line: PlanLine, *, amount: Decimal | str, reason: str, actor: Actor | None, resources: str = "",
    lots: Mapping[UUID, int] | None = None, at: datetime | None = None,
) -> AllocationPlan:  # fmt: skip
    """Set what one proposal gets by hand, before the decision, with a reason; what is left of the pot follows.

    ``lots`` says how much of which resource it has (None: as it was), ``resources`` what is given besides in words.
    Raises Refusal above what was asked for, the pot, the quota of the community, or the stock of a resource.
    """
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
        left = _left_after(plan, line, wanted)
        before = line.amount
        PlanLine.objects.filter(pk=line.pk).update(
            amount=wanted, why="hand", facts={"reason": why[:300]}, resources=resources.strip()[:200]
        )
        _set_lots(line, {} if not wanted else lots)
        AllocationPlan.objects.filter(pk=plan.pk).update(left=left)
        facts = {"title": line.proposal.title, "amount": Change(before, wanted), "reason": why}
        record("rounds.plan.set_amount", plan, actor=actor, facts=facts, at=at)
    plan.refresh_from_db()
    return plan


def _left_after(plan: AllocationPlan, line: PlanLine, wanted: Decimal) -> Decimal:
    """What the pot keeps. Raises Refusal where the pot, or the quota of the community, does not hold it."""
    left = plan.left + line.amount - wanted
    if left < 0:
        told = {"left": format_yuan(plan.left + line.amount)}
        raise Refusal(_("Only %(left)s of this plan are left for it.") % told, code="above-fund", field="amount")
    purses = purses_of(plan.fund)
    if not purses.of:
        return left
    purse = purses.named(line.proposal)
    others = PlanLine.objects.filter(plan=plan, amount__gt=0).exclude(pk=line.pk).order_by()
    given = others.values_list("amount", "proposal__place")
    drawn = sum((amount for amount, place in given if purses.at(place) == purse), NOTHING)
    if wanted > purses.rooms[purse] - drawn:
        told = {"left": format_yuan(max(purses.rooms[purse] - drawn, NOTHING)), "place": purses.names.get(purse, "")}
        sentence = _("The quota of %(place)s holds %(left)s for it.") if told["place"] else _(
            "What no quota sets aside holds %(left)s for it."
        )  # fmt: skip
        raise Refusal(sentence % told, code="above-quota", field="amount")
    return left


def _set_lots(line: PlanLine, lots: Mapping[UUID, int] | None) -> None:
    """What a line has of each resource; {} takes all away. Raises Refusal above the stock."""
    if lots is None:
        return
    rows = {one.resource_id: one for one in PlanLot.objects.filter(line=line)}
    stock = {one.resource.pk: one for one in stock_of(line.plan.round)}
    others = PlanLot.objects.filter(line__plan=line.plan_id).exclude(line=line).order_by()
    used = dict(others.values_list("resource").annotate(total=Sum("amount")).values_list("resource", "total"))
    for key in {*rows, *lots}:
        amount, row = lots.get(key, 0), stock[key]
        left = row.left - used.get(key, 0)
        if amount > left:
            told = {"left": row.resource.written(max(left, 0))}
            raise Refusal(_("Only %(left)s are left.") % told, code="above-stock", field=f"lot_{key}")
        lot = rows.get(key) or PlanLot(line=line, resource=row.resource, asked=amount)
        lot.asked, lot.amount = max(lot.asked, amount), amount
        lot.save()


def drop_plan(plan: AllocationPlan, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a plan off the table; a decided one stays."""
    require(keeps_rounds, actor, plan.round)
    with transaction.atomic():
        saved = AllocationPlan.objects.filter(pk=plan.pk, state=PlanState.SAVED)
        if not saved.update(state=PlanState.DROPPED):
            raise Conflict(_("This plan was decided or dropped already. Look at the decisions of the round."))
        record("rounds.plan.drop", plan, actor=actor, facts={"title": plan.title}, at=at)

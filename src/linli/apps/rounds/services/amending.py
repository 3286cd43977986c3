"""Later decisions: amounts changed, support taken back or given after all, objections answered; always new lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services as ledger
from linli.apps.rounds.lifecycle import PROPOSALS
from linli.apps.rounds.models import Award, Decision, DecisionLine, LineKind, Proposal, Round, RoundState
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.decisions import standing_awards
from linli.apps.rounds.queries.rounds import values_of
from linli.apps.rounds.services.deciding import Said, Sitting, hold, settle
from linli.apps.rounds.services.keeping import require, said
from linli.kernel import search
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, yuan
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class Change:
    """What a later decision says of one proposal: ``amount`` in yuan from now on (0: taken back), and why."""

    proposal: Proposal
    amount: Decimal | str
    reason: str
    resources: str = ""


def amend(
    intake: Round, *, sitting: Sitting, changes: Sequence[Change], actor: Actor | None, at: datetime | None = None
) -> Decision:
    """Another decision on a decided round: amounts changed, support taken back, or given to who was left out.

    Money follows in the same step: commitments are adjusted, released or made. It also answers objections that were
    upheld: awards it does not name stand again; with a note it may change nothing. Raises Refusal for a change that
    changes nothing, more than was asked for or than the cap, and what passes the fund.
    """
    at = at or timezone.now()
    require(keeps_rounds, actor, intake)
    first = intake.decisions.order_by("number").first()
    if first is None or intake.state != RoundState.OPEN:
        raise Refusal(_("Nothing of this round was decided yet, or it is closed."), code="not-decided")
    contested = standing_awards(intake).exclude(contested="").order_by()
    if not changes and not (contested.exists() and sitting.note.strip()):
        raise Refusal(_("Say what changes."), field="changes")
    if len({change.proposal.pk for change in changes}) != len(changes):
        raise Refusal(_("Every proposal stands once in a decision."), field="changes")
    with transaction.atomic():
        decision = hold(intake, sitting, first.fund, plan=None, actor=actor, at=at)
        for place, change in enumerate(changes, 1):
            _change(decision, place, change, actor=actor, at=at)
        Award.objects.filter(pk__in=list(contested.values_list("pk", flat=True))).update(contested="")
        facts = {"minutes": decision.minutes_number, "body": decision.body, "changes": len(changes)}
        record("rounds.decision.amend", decision, actor=actor, facts=facts, at=at)
    return decision


def _change(decision: Decision, place: int, change: Change, *, actor: Actor | None, at: datetime) -> None:
    proposal = Proposal.objects.select_related("place", "round__place").get(pk=change.proposal.pk)
    amount = yuan(change.amount)
    reason = said(change.reason, "reason", _("Say in a sentence why, so that they know what to change."))
    cap = Decimal(values_of(decision.round)["rounds.project_cap"])
    most = min(proposal.asked, cap) if cap else proposal.asked
    if proposal.round_id != decision.round_id or amount < 0 or amount > most:
        told = {"title": proposal.title, "most": format_yuan(most)}
        raise Refusal(_("“%(title)s” can get between nothing and %(most)s.") % told, code="above-cap", field="changes")
    line = Said(place, amount, reason, change.resources)
    award = standing_awards(decision.round).filter(proposal=proposal).first()
    if award is not None:
        _alter(decision, award, line, actor=actor, at=at)
    elif amount:
        settle(decision, proposal, line, actor=actor, at=at)
    else:
        raise Refusal(_("“%(title)s” has no support that could be taken back.") % {"title": proposal.title})


def _alter(decision: Decision, award: Award, told: Said, *, actor: Actor | None, at: datetime) -> None:
    """One line on a supported proposal: another amount, or none; its award ends and, with money, a new one stands.

    What it has besides money stays where the decision says nothing else.
    """
    proposal, amount, reason = award.proposal, told.amount, told.reason
    if amount == award.amount and not award.contested:
        raise Refusal(_("“%(title)s” gets this amount already.") % {"title": proposal.title}, field="changes")
    line = DecisionLine(
        decision=decision, proposal=proposal, position=told.place, before=award.amount, amount=amount,
        reason=reason[:600], kind=LineKind.CHANGE if amount else LineKind.TAKE_BACK,
        resources=(told.resources or award.line.resources) if amount else "",
    )  # fmt: skip
    line.save(force_insert=True)
    if not Award.objects.filter(pk=award.pk, ended_by__isnull=True).update(ended_by=line):
        raise Conflict(_("Somebody decided on this proposal at the same moment. Load the page again."))
    if not amount:
        ledger.release(award.commitment, reason=reason, actor=actor, at=at)
        PROPOSALS.apply("take_award_back", proposal, actor=actor, facts={"reason": reason}, at=at, reason=reason[:600])
        search.index(proposal)
        return
    if amount != award.amount:
        ledger.adjust(
            award.commitment, amount=amount, grounds=ref_of(decision), reason=reason, actor=actor, at=at,
            lines=ledger.in_proportion(award.commitment, amount),
        )  # fmt: skip
    Award(line=line, proposal=proposal, amount=amount, commitment=award.commitment).save(force_insert=True)


def contest(decision: Decision, *, objection: str, actor: Actor | None, at: datetime | None = None) -> int:
    """An objection to a decision was upheld: its awards are not signed until another decision answers it; how many."""
    said_of_it = objection.strip()[:300] or in_chinese(_("An objection was upheld."))
    with transaction.atomic():
        standing = Award.objects.filter(line__decision=decision, ended_by__isnull=True)
        count = standing.update(contested=said_of_it)
        if count:
            record("rounds.decision.contest", decision, actor=actor, facts={"objection": said_of_it}, at=at)
    return count

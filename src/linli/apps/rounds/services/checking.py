"""The first check and the joint review: each office asked gives its view; then the proposal is accepted or not."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.lifecycle import PROPOSALS
from linli.apps.rounds.models import Check, CheckStage, OfficeView, Proposal, ProposalState, Revision, View
from linli.apps.rounds.permissions import answers_proposal, gives_this_view
from linli.apps.rounds.queries.phases import require_door
from linli.apps.rounds.services.keeping import require, user_key
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, yuan
from linli.kernel.scope import Actor

DOOR = {CheckStage.FIRST: "check", CheckStage.JOINT: "joint"}


def begin_check(
    proposal: Proposal,
    *,
    stage: str,
    actor: Actor | None,
    offices: Sequence[str] = (),
    at: datetime | None = None,
) -> Check:
    """Ask the offices (by default those of the round) for their views of the proposal as it was handed in last."""
    at = at or timezone.now()
    stage = CheckStage(stage)
    require(answers_proposal, actor, proposal)
    require_door(proposal.round, DOOR[stage], at=at)
    if proposal.state != ProposalState.SUBMITTED:
        raise Conflict(_("Only what was handed in is checked."))
    asked = list(dict.fromkeys(name.strip() for name in offices or proposal.round.offices if name.strip()))
    if not asked:
        raise Refusal(_("Name the offices that give a view."), field="offices")
    revision = Revision.objects.filter(proposal=proposal).order_by("-number").first()
    assert revision is not None  # whatever was handed in has one
    check = Check(proposal=proposal, stage=stage, revision=revision, begun_at=at)
    try:
        with transaction.atomic():
            check.save(force_insert=True)
            OfficeView.objects.bulk_create([OfficeView(check_of=check, office=name[:60]) for name in asked])
            facts = {"stage": in_chinese(stage.label), "offices": "、".join(asked)}
            record("rounds.proposal.begin_check", proposal, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("This check is running already.")) from error
    return check


def give_view(
    row: OfficeView,
    *,
    view: str,
    actor: Actor | None,
    reason: str = "",
    clause: str = "",
    approved: Decimal | str | None = None,
    at: datetime | None = None,
) -> OfficeView:
    """What the office says; it may say otherwise until the check is closed. No without a reason."""
    at = at or timezone.now()
    proposal = row.check_of.proposal
    if actor is not None and not gives_this_view(actor, row):
        raise NotAllowed(_("Views are given by the offices of the street, and by the community where it is asked."))
    require(_is_open, actor, proposal)
    view = View(view)
    if view != View.PASS and not reason.strip():
        raise Refusal(_("Say why, so that the proposers know what to change."), field="reason")
    amount = None if approved in (None, "") else yuan(approved or 0)
    if amount is not None and (amount < 0 or amount > proposal.asked):
        sentence = _("No more than the %(asked)s asked for can be approved.") % {"asked": format_yuan(proposal.asked)}
        raise Refusal(sentence, field="approved")
    with transaction.atomic():
        waiting = OfficeView.objects.filter(pk=row.pk, check_of__closed_at__isnull=True)
        columns = {"view": view, "reason": reason.strip()[:600], "clause": clause.strip()[:200], "approved": amount}
        if not waiting.update(**columns, given_at=at, given_by=user_key(actor)):
            raise Conflict(_("This check is closed."))
        facts = {"office": row.office, "view": in_chinese(view.label), "reason": reason.strip()}
        record("rounds.proposal.give_view", proposal, actor=actor, facts=facts, at=at)
    row.refresh_from_db()
    return row


def _is_open(actor: Actor | None, proposal: Proposal) -> bool:
    return not proposal.is_closed_to_readers


def accept(proposal: Proposal, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take the proposal into review: every office asked has passed it. Without a check begun nothing is accepted."""
    at = at or timezone.now()
    views = list(OfficeView.objects.filter(check_of__proposal=proposal, check_of__closed_at__isnull=True))
    if not views:
        raise Refusal(_("Begin a check first: at least one office gives its view."))
    silent = [one.office for one in views if not one.view]
    if silent:
        raise Refusal(_("These offices have not given their view: %(offices)s.") % {"offices": "、".join(silent)})
    against = [one.office for one in views if one.view != View.PASS]
    if against:
        sentence = _("These offices do not pass it: %(offices)s. Send it back for more, or refuse it.")
        raise Refusal(sentence % {"offices": "、".join(against)})
    with transaction.atomic():
        PROPOSALS.apply("accept", proposal, actor=actor, at=at)
        close_checks(proposal, at=at)


def close_checks(proposal: Proposal, *, at: datetime) -> None:
    """No view of this proposal changes any more; what was said stays."""
    Check.objects.filter(proposal=proposal, closed_at__isnull=True).update(closed_at=at)


def approved_amount(proposal: Proposal) -> Decimal | None:
    """The least any office approved in the last check; None where none named an amount. One query."""
    last = Check.objects.filter(proposal=proposal).order_by("-begun_at").first()
    rows = OfficeView.objects.filter(check_of=last, approved__isnull=False) if last else OfficeView.objects.none()
    amounts = list(rows.values_list("approved", flat=True))
    return min(amounts) if amounts else None

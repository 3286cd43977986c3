"""What happens at the end of a year with what was not spent: carried over or given back, as a paper decides."""

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Commitment, CommitmentState, ExpenditureState, YearClose, YearDecision
from linli.apps.ledger.permissions import commits
from linli.apps.ledger.queries.commitments import paid_under
from linli.apps.ledger.queries.spending import spending_of
from linli.apps.ledger.services.commitment import release
from linli.apps.ledger.services.keeping import require, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, locked
from linli.kernel.scope import Actor

UNDER_WAY = (ExpenditureState.SUBMITTED, ExpenditureState.CHECKED, ExpenditureState.APPROVED)


def close_year(
    commitment: Commitment,
    *,
    year: int,
    decision: str,
    document: str,
    reason: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> YearClose:
    """Decide about what is left of ``commitment`` at the end of ``year``.

    Carried over, it may be spent in the next year; given back, what the treasury did not pay goes back into the fund.
    Refuses without a paper, while spending is under way, while money paid out was neither spent nor returned (when it
    is given back), and where nothing is left; Conflict the second time.
    """
    require(commits, actor, commitment)
    wanted = YearDecision(decision)
    paper = said(document, "document", _("Give the number of the paper that decides about it."))
    why = said(reason, "reason", _("Say why."))
    with locked(commitment.fund):
        commitment.refresh_from_db()
        if commitment.state != CommitmentState.OPEN:
            raise Conflict(_("This commitment is released. It is not changed any more."))
        balance = _balance(commitment, wanted)
        row = YearClose(
            commitment=commitment, year=year, decision=wanted, balance=balance, document=paper, reason=why,
            decided_on=timezone.localdate(at),
        )  # fmt: skip
        _insert(row)
        facts = {"year": year, "decision": wanted.label, "balance": balance, "document": paper, "reason": why}
        record("ledger.commitment.close_year", commitment, actor=actor, facts=facts, at=at)
        if wanted == YearDecision.GIVE_BACK:
            release(commitment, reason=f"{why}（{paper}）", actor=actor, at=at)
    return row


def _insert(row: YearClose) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("The year %(year)s is closed already.") % {"year": row.year}) from None


def _balance(commitment: Commitment, wanted: YearDecision) -> Decimal:
    """Inside the lock: what is not spent. Raises Refusal while that cannot be said."""
    if commitment.expenditures.filter(state__in=UNDER_WAY).exists():
        raise Refusal(_("Spending is under way. Pay it or send it back first."), code="under-way")
    spent = spending_of(commitment).total.paid
    held = paid_under(commitment) - spent
    if wanted == YearDecision.GIVE_BACK and held > 0:
        sentence = _("%(held)s was paid out and is not spent. Enter first that it came back.")
        raise Refusal(sentence % {"held": format_yuan(held)}, code="money-out")
    balance = commitment.binding - spent
    if balance <= 0:
        raise Refusal(_("All of this is spent. Nothing is left to decide about."), code="nothing-left")
    return balance

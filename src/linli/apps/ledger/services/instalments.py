"""Sharing a commitment out over instalments, to the fen, and saying when the condition of one is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Commitment, CommitmentState, Instalment, InstalmentState
from linli.apps.ledger.permissions import commits
from linli.apps.ledger.queries.commitments import instalments_of, paid_of, paid_under
from linli.apps.ledger.services.keeping import has_come, require, require_not_held, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import format_yuan, largest_remainder, locked
from linli.kernel.scope import Actor

WHOLE = Decimal(100)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """One instalment as planned: per cent of the commitment, the condition it waits for, the day if one is set."""

    share: Decimal
    condition: str
    due: date | None = None


def checked_shares(shares: Sequence[Decimal]) -> list[Decimal]:
    """The shares when they are per cents with at most two decimals that sum to exactly 100. Raises Refusal."""
    if not shares:
        raise Refusal(_("Choose the shares of the instalments; no rule gives them."), code="no-shares", field="shares")
    if any(not share.is_finite() or share <= 0 or share != share.quantize(CENT) for share in shares):
        raise Refusal(_("A share is a per cent above zero with at most two decimals."), field="shares")
    total = sum(shares, Decimal(0))
    if total != WHOLE:
        sentence = _("The shares sum to %(total)s per cent, not to 100.") % {"total": f"{total.normalize():f}"}
        raise Refusal(sentence, code="shares-differ", field="shares")
    return list(shares)


def read_parts(text: str) -> list[Part]:
    """Instalments as people write them, one a line: the per cent, a space, the condition. Raises Refusal."""
    lines = [line.strip() for line in text.replace("\u3000", " ").replace("\uff05", "%").splitlines()]
    return [_part(number, line) for number, line in enumerate((line for line in lines if line), start=1)]


def _part(number: int, line: str) -> Part:
    share, _space, condition = line.partition(" ")
    try:
        return Part(Decimal(share.removesuffix("%")), condition.strip())
    except InvalidOperation:
        sentence = _("Line %(number)s begins with no per cent: “%(line)s”.")
        raise Refusal(sentence % {"number": number, "line": line[:40]}, field="parts") from None


def plan_instalments(
    commitment: Commitment, *, parts: Sequence[Part], actor: Actor | None, at: datetime | None = None
) -> list[Instalment]:
    """Share the commitment out; an earlier plan is replaced while nothing is paid.

    The amounts sum to the commitment to the fen (largest remainder). Refuses shares that do not sum to exactly 100.
    """
    require(commits, actor, commitment)
    shares = checked_shares([part.share for part in parts])
    conditions = [said(part.condition, "condition", _("Say what each instalment waits for.")) for part in parts]
    with locked(commitment.fund):
        commitment.refresh_from_db()
        if commitment.state != CommitmentState.OPEN:
            raise Conflict(_("This commitment is released. It is not changed any more."))
        if commitment.instalments.filter(payments__isnull=False).exists():
            raise Refusal(_("A payment is recorded on this plan. It is not drawn up anew."), code="paid-already")
        commitment.instalments.all().delete()
        amounts = largest_remainder(commitment.amount, shares)
        rows = [
            Instalment(
                commitment=commitment, number=number, share=part.share, amount=amount, condition=waits, due=part.due
            )
            for number, (part, amount, waits) in enumerate(zip(parts, amounts, conditions, strict=True), start=1)
        ]
        Instalment.objects.bulk_create(rows)
        facts = {"shares": "、".join(f"{share.normalize():f}%" for share in shares)}
        record("ledger.commitment.plan", commitment, actor=actor, facts=facts, at=at)
    return rows


def share_out_again(commitment: Commitment) -> None:
    """Inside the fund's lock: the amounts of the plan follow the commitment. Raises Refusal below what is paid."""
    rows = instalments_of(commitment)
    if not rows:
        if paid_under(commitment) > commitment.amount:  # never so: a payment needs an instalment
            raise AssertionError
        return
    for row, amount in zip(rows, largest_remainder(commitment.amount, [row.share for row in rows]), strict=True):
        if row.paid > amount:
            sentence = _("%(paid)s is paid of instalment %(number)s; it cannot fall to %(amount)s.")
            told = {"paid": format_yuan(row.paid), "number": row.number, "amount": format_yuan(amount)}
            raise Refusal(sentence % told, code="below-paid", field="amount")
        row.amount = amount
        row.state = state_of(row, row.paid)
        row.save(update_fields=["amount", "state"])


def state_of(row: Instalment, paid: Decimal, *, dropped: bool = False) -> InstalmentState:
    """What follows from the facts: paid in full, dropped with its commitment, condition met, or planned."""
    if paid == row.amount and paid > 0:
        return InstalmentState.PAID
    if dropped:
        return InstalmentState.DROPPED
    return InstalmentState.READY if row.met_on else InstalmentState.PLANNED


def drop_unpaid(rows: QuerySet[Instalment]) -> None:
    """Inside the fund's lock: what is not paid in full falls away with its commitment."""
    rows.exclude(state=InstalmentState.PAID).update(state=InstalmentState.DROPPED)


def mark_met(instalment: Instalment, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """The condition is met since ``on``: the finance officer may apply for the payment."""
    require(commits, actor, instalment)
    has_come(on, at, "on")
    with locked(instalment.commitment.fund):
        instalment.refresh_from_db()
        require_not_held(instalment.commitment)
        if instalment.state != InstalmentState.PLANNED:
            state = instalment.get_state_display()
            raise Conflict(_("This instalment is “%(state)s” already.") % {"state": state})
        instalment.met_on = on
        instalment.state = state_of(instalment, paid_of(instalment))
        instalment.save(update_fields=["met_on", "state"])
        facts = {"number": instalment.number, "day": on}
        record("ledger.instalment.meet", instalment.commitment, actor=actor, facts=facts, at=at or timezone.now())

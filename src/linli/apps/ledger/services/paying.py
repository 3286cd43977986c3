"""Entering that approved spending is paid: by the treasury, or by whoever was paid in instalments before."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.lifecycle import EXPENDITURES
from linli.apps.ledger.models import (
    Commitment,
    Expenditure,
    ExpenditureState,
    Instalment,
    InstalmentState,
    Payment,
    SpendingMode,
)
from linli.apps.ledger.permissions import keeps_ledger
from linli.apps.ledger.queries.commitments import instalments_of
from linli.apps.ledger.services.keeping import has_come, require, said
from linli.apps.ledger.services.payments import record_payment, strike_out
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.money import format_yuan, locked
from linli.kernel.scope import Actor


def record_paid(
    expenditure: Expenditure, *, receipt: str, paid_on: date, actor: Actor | None, at: datetime | None = None
) -> Payment | None:
    """Enter what the receipt says. Reimbursed: a payment of the treasury is entered with it; paid out in instalments:
    the receipt is the bank's, no payment is made anew (None). Two who enter it at once enter it once (Conflict)."""
    return record_paid_together([expenditure], receipt=receipt, paid_on=paid_on, actor=actor, at=at)


def record_paid_together(
    expenditures: Sequence[Expenditure],
    *,
    receipt: str,
    paid_on: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> Payment | None:
    """As :func:`record_paid`, of several expenditures of one commitment that one receipt pays."""
    commitment = _the_one(expenditures)
    require(keeps_ledger, actor, commitment)
    number = said(receipt, "receipt", _("Give the number of the receipt."))
    has_come(paid_on, at, "paid_on")
    with locked(commitment.fund):
        commitment.refresh_from_db()
        for row in expenditures:
            row.refresh_from_db()
            if row.state != ExpenditureState.APPROVED:
                state = row.get_state_display()
                raise Conflict(_("“%(what)s” is “%(state)s”, it is not paid.") % {"what": row, "state": state})
        total = sum((row.amount for row in expenditures), Decimal(0))
        payment = None
        if commitment.mode == SpendingMode.REIMBURSE:
            payment = record_payment(
                _instalment_for(commitment, total), receipt=number, paid_on=paid_on, amount=total, actor=actor, at=at
            )
        for row in expenditures:
            facts = {"receipt": number, "day": paid_on, "amount": row.amount}
            EXPENDITURES.apply(
                "pay", row, actor=actor, facts=facts, at=at, receipt=number, paid_on=paid_on,
                payment_id=payment.pk if payment else None,
            )  # fmt: skip
    return payment


def _the_one(expenditures: Sequence[Expenditure]) -> Commitment:
    found = {row.commitment_id for row in expenditures}
    if len(found) != 1:
        raise Refusal(_("One receipt pays expenditures of one commitment."))
    return expenditures[0].commitment


def _instalment_for(commitment: Commitment, amount: Decimal) -> Instalment:
    """Inside the lock: the first instalment that has room; without a plan the whole is one, against vouchers."""
    rows = instalments_of(commitment)
    if not rows:
        return Instalment.objects.create(
            commitment=commitment, number=1, share=Decimal(100), amount=commitment.amount, condition="凭票据报账",
            state=InstalmentState.PLANNED,
        )  # fmt: skip
    for row in rows:
        if row.state != InstalmentState.DROPPED and row.amount - row.paid >= amount:
            found: Instalment = row
            return found
    left = "、".join(format_yuan(row.amount - row.paid) for row in rows)
    sentence = _("No instalment has %(amount)s left (left are: %(left)s). Plan the instalments anew, or pay in parts.")
    raise Refusal(sentence % {"amount": format_yuan(amount), "left": left}, code="no-instalment")


def strike_out_paid(expenditure: Expenditure, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """What was entered as paid was not: it is to be paid again. A payment of the treasury is struck out with it."""
    require(keeps_ledger, actor, expenditure.commitment)
    why = said(reason, "reason", _("Say why."))
    expenditure.refresh_from_db()
    if expenditure.payment is not None:
        strike_out(expenditure.payment, reason=why, actor=actor, at=at)
        return
    with locked(expenditure.commitment.fund):
        expenditure.refresh_from_db()
        EXPENDITURES.apply("unpay", expenditure, actor=actor, facts={"reason": why}, at=at, receipt="", paid_on=None)

"""Entering what the treasury paid, striking out what was entered wrongly, taking over a table of receipts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Commitment, CommitmentState, Expenditure, Instalment, Payment, SpendingMode
from linli.apps.ledger.permissions import KEEPERS, keeps_ledger
from linli.apps.ledger.queries.commitments import paid_of, paid_under, refunded
from linli.apps.ledger.services.instalments import state_of
from linli.apps.ledger.services.keeping import has_come, money_of, require, require_not_held, said
from linli.apps.ledger.services.returning import came_back_of, unpay
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import locked, require_within
from linli.kernel.scope import Actor


def record_payment(
    instalment: Instalment,
    *,
    receipt: str,
    paid_on: date,
    amount: Decimal,
    actor: Actor | None,
    note: str = "",
    at: datetime | None = None,
) -> Payment:
    """Enter a payment the treasury made.

    Refuses more than the instalment, a receipt entered before, a day ahead, and what an objection holds.
    """
    require(keeps_ledger, actor, instalment)
    number = said(receipt, "receipt", _("Give the number of the treasury's receipt."))
    has_come(paid_on, at, "paid_on")
    paid = money_of(amount)
    fund = instalment.commitment.fund
    with locked(fund):
        instalment.refresh_from_db()
        commitment = instalment.commitment
        require_not_held(commitment)
        _require_met(instalment)
        before = paid_of(instalment)
        require_within(limit=instalment.amount, used=before, adding=paid)
        require_within(limit=commitment.binding, used=paid_under(commitment), adding=paid)
        row = Payment(
            instalment=instalment, street=fund.street, receipt=number, paid_on=paid_on, amount=paid, note=note.strip()
        )
        _insert(row)
        _set_state(instalment, before + paid)
        facts = {"receipt": number, "day": paid_on, "amount": paid, "number": instalment.number}
        record("ledger.payment.record", commitment, actor=actor, facts=facts, at=at)
    return row


def _require_met(instalment: Instalment) -> None:
    """Money that is paid out in instalments waits for the condition of each."""
    if instalment.commitment.mode == SpendingMode.DISBURSE and instalment.met_on is None:
        sentence = _("The condition of this instalment is not met yet: %(condition)s.")
        raise Refusal(sentence % {"condition": instalment.condition}, code="not-met")


def _insert(row: Payment) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Refusal(
            _("The receipt %(number)s is entered already in this street.") % {"number": row.receipt},
            code="receipt-known",
            field="receipt",
        ) from None


def _set_state(instalment: Instalment, paid: Decimal) -> None:
    dropped = instalment.commitment.state == CommitmentState.RELEASED
    instalment.state = state_of(instalment, paid, dropped=dropped)
    instalment.save(update_fields=["state"])


def record_refund(
    payment: Payment,
    *,
    receipt: str,
    paid_on: date,
    amount: Decimal,
    actor: Actor | None,
    note: str = "",
    expenditure: Expenditure | None = None,
    at: datetime | None = None,
) -> Payment:
    """Enter money of a payment that came back to the treasury, by its own receipt. Never more than is left of it.

    What came back may be paid again; of a released commitment it goes back into the fund. Where the payment was for
    spending, ``expenditure`` says of which (not needed where there is one): it cost so much less.
    """
    require(keeps_ledger, actor, payment)
    number = said(receipt, "receipt", _("Give the number of the treasury's receipt."))
    has_come(paid_on, at, "paid_on")
    back, instalment = money_of(amount), payment.instalment
    with locked(instalment.commitment.fund):
        payment.refresh_from_db()
        if payment.struck_at is not None or payment.refunds_id is not None:
            raise Conflict(_("This is no payment that counts. Nothing of it can come back."))
        require_within(limit=payment.amount, used=-refunded(payment), adding=back)
        row = Payment(
            instalment=instalment, street=payment.street, receipt=number, paid_on=paid_on, amount=-back,
            note=note.strip(), refunds=payment, of_expenditure=came_back_of(payment, expenditure, back),
        )  # fmt: skip
        _insert(row)
        commitment = instalment.commitment
        _release_more(commitment, back)
        _set_state(instalment, paid_of(instalment))
        facts = {"receipt": number, "day": paid_on, "amount": back, "payment": payment.receipt}
        record("ledger.payment.refund", commitment, actor=actor, facts=facts, at=at)
    return row


def _release_more(commitment: Commitment, back: Decimal) -> None:
    """Of a released commitment, what comes back goes into the fund."""
    commitment.refresh_from_db()
    if commitment.state == CommitmentState.RELEASED:
        commitment.released += back
        commitment.save(update_fields=["released"])


def strike_out(payment: Payment, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """A payment entered wrongly no longer counts; the row stays with the reason, its receipt may be entered again."""
    require(keeps_ledger, actor, payment)
    why = said(reason, "reason", _("Say why."))
    instalment = payment.instalment
    with locked(instalment.commitment.fund):
        if refunded(payment):
            raise Refusal(_("Money of this payment came back. Strike out what came back first."), code="refunded")
        if payment.refunds_id is not None and instalment.commitment.state == CommitmentState.RELEASED:
            raise Refusal(_("This commitment is released. It is not changed any more."), code="released")
        moment = at or timezone.now()
        rows = Payment.objects.filter(pk=payment.pk, struck_at__isnull=True)
        if not rows.update(struck_at=moment, struck_reason=why):
            raise Conflict(_("This payment is struck out already."))
        payment.refresh_from_db()
        instalment.refresh_from_db()
        _set_state(instalment, paid_of(instalment))
        unpay(payment, why, actor=actor, at=at)
        facts = {"receipt": payment.receipt, "amount": payment.amount, "reason": why}
        record("ledger.payment.strike_out", instalment.commitment, actor=actor, facts=facts, at=at)


@transaction.atomic
def take_over_payments(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> int:
    """Enter the receipts of a checked table; those entered before, with the same figures, are left. How many are new.

    ``rows`` hold ``instalment`` (its id as the check found it), ``receipt``, ``paid_on``, ``amount``, ``note``.
    """
    mine = Instalment.objects.filter(commitment__fund__street__in=actor.reach(*KEEPERS).places)
    found = {str(row.pk): row for row in mine.filter(pk__in={row["instalment"] for row in rows})}
    if {row["instalment"] for row in rows} - found.keys():
        raise Refusal(_("Your posts no longer reach every place in this table. Read the file again."))
    made = 0
    for row in rows:
        instalment = found[row["instalment"]]
        known = Payment.objects.filter(
            street=instalment.commitment.fund.street_id, receipt=row["receipt"], struck_at__isnull=True
        ).first()
        if known is not None and known.instalment_id == instalment.pk and known.amount == Decimal(row["amount"]):
            continue
        record_payment(
            instalment,
            receipt=row["receipt"],
            paid_on=date.fromisoformat(row["paid_on"]),
            amount=Decimal(row["amount"]),
            note=row.get("note") or "",
            actor=actor,
        )
        made += 1
    return made

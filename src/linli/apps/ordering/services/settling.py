"""Settlement: an amount for what was accepted, never above the commitment, paid through the ledger and no other way."""

from datetime import datetime
from decimal import Decimal

from django.db.models import F, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services as ledger
from linli.apps.ledger.models import Commitment, CommitmentState, ExpenditureState, Spender
from linli.apps.ordering.models import Acceptance, AcceptanceResult, Account, Contractor, Settlement
from linli.apps.ordering.permissions import settles
from linli.apps.ordering.services.keeping import require
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, MoneyField, format_yuan, locked, yuan
from linli.kernel.scope import Actor

ABOVE = _(
    "%(number)s promises %(promised)s; %(settled)s of it is settled already, %(left)s is left. "
    "%(amount)s cannot be settled."
)


def draw_settlement(
    acceptance: Acceptance,
    *,
    amount: Decimal,
    actor: Actor | None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Settlement:
    """Settle an acceptance: an expenditure of the commitment is drafted with it, to which papers and invoice are put.

    Refuses defects that stand, a contractor without money promised, what passes the commitment with all that was
    settled before (held by the database too); Conflict for a second settlement of one acceptance.
    """
    contractor = acceptance.contractor
    require(settles, actor, contractor.sheet)
    wanted, commitment = _money(amount), _promised_to(contractor)
    if acceptance.result != AcceptanceResult.ACCEPTED:
        raise Refusal(_("Defects are not put right yet. Settle it afterwards."), code="defects")
    with locked(commitment.fund):
        if Settlement.objects.filter(acceptance=acceptance).exists():
            raise Conflict(_("This is settled already."), code="settled")
        commitment.refresh_from_db()
        _take(contractor, commitment, wanted)
        row = Settlement(
            contractor=contractor,
            acceptance=acceptance,
            amount=wanted,
            drawn_on=timezone.localdate(at),
            is_demo=is_demo,
        )
        row.save(force_insert=True)
        _draft(row, commitment, actor, at)
        facts = {"amount": wanted, "number": row.expenditure.number if row.expenditure else ""}
        record("ordering.settlement.draw", row, actor=actor, facts=facts, at=at)
    return row


def _money(amount: Decimal) -> Decimal:
    try:
        wanted = yuan(amount)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field="amount", code="inexact") from None
    if wanted <= 0:
        raise Refusal(_("Enter an amount above zero."), field="amount")
    return wanted


def _promised_to(contractor: Contractor) -> Commitment:
    commitment = contractor.commitment
    if commitment is None or commitment.state != CommitmentState.OPEN:
        raise Refusal(
            _("No money is promised to this contractor out of a fund. The street promises it first."), code="no-money"
        )
    return commitment


def _take(contractor: Contractor, commitment: Commitment, amount: Decimal) -> None:
    """Inside the fund's lock: one UPDATE compares; the constraint of the table holds the same."""
    promised = commitment.binding
    Account.objects.bulk_create([Account(contractor=contractor, promised=promised)], ignore_conflicts=True)
    mine = Account.objects.filter(contractor=contractor)
    mine.filter(settled__lte=promised).update(promised=promised)
    step = Value(amount, output_field=MoneyField())
    room = mine.filter(settled__lte=promised - amount)
    if amount > promised or not room.update(settled=F("settled") + step, version=F("version") + 1):
        account = mine.get()
        words = {
            "number": commitment.number, "promised": format_yuan(promised), "settled": format_yuan(account.settled),
            "left": format_yuan(max(promised - account.settled, Decimal(0))), "amount": format_yuan(amount),
        }  # fmt: skip
        raise Refusal(ABOVE % words, field="amount", code="above-commitment")


def _draft(row: Settlement, commitment: Commitment, actor: Actor | None, at: datetime | None) -> None:
    """The expenditure by which it is paid; the community of the sheet enters it, and so may the contractor."""
    sheet, organization = row.contractor.sheet, row.contractor.organization
    for column in ({"place": sheet.place}, {"organization": organization}):
        Spender.objects.get_or_create(commitment=commitment, **column)
    row.expenditure = ledger.draft_expenditure(
        commitment, kind="service", amount=row.amount, purpose=f"{sheet.number} {sheet.title}"[:200],
        payee=organization.name, spent_on=row.acceptance.until, actor=actor, at=at,
    )  # fmt: skip
    row.save(update_fields=["expenditure"])


def draw_again(row: Settlement, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Draft the expenditure anew after somebody dropped it in the ledger. Conflict while one stands."""
    require(settles, actor, row.contractor.sheet)
    commitment = _promised_to(row.contractor)
    with locked(commitment.fund):
        row.refresh_from_db()
        if row.expenditure is not None:
            raise Conflict(_("Its expenditure stands in the ledger."), code="drafted")
        _draft(row, commitment, actor, at)
        facts = {"amount": row.amount, "number": row.expenditure.number if row.expenditure else ""}
        record("ordering.settlement.draw", row, actor=actor, facts=facts, at=at)


def drop_settlement(row: Settlement, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a settlement back while its expenditure is not handed in: the amount is free again. Conflict afterwards."""
    contractor = row.contractor
    require(settles, actor, contractor.sheet)
    commitment = _promised_to(contractor)
    with locked(commitment.fund):
        row.refresh_from_db()
        spent = row.expenditure
        if spent is not None and spent.state not in (ExpenditureState.DRAFTED, ExpenditureState.RETURNED):
            raise Conflict(_("It is handed in already. Send it back in the ledger first."), code="handed-in")
        facts = {"amount": row.amount, "number": spent.number if spent else ""}
        acceptance, amount = row.acceptance, row.amount
        row.delete()
        if spent is not None:
            ledger.drop_expenditure(spent, actor=actor, at=at)
        step = Value(amount, output_field=MoneyField())
        Account.objects.filter(contractor=contractor).update(settled=F("settled") - step, version=F("version") + 1)
        record("ordering.settlement.drop", acceptance, actor=actor, facts=facts, at=at)

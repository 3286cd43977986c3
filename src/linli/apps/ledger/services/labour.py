"""The list of fees for work: entered by whoever spends, opened by the finance officer alone."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Expenditure, LabourFee
from linli.apps.ledger.services.expenditure import require_editable
from linli.apps.ledger.services.keeping import money_of, said
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.money import yuan
from linli.kernel.privacy import ID_NUMBER
from linli.kernel.scope import Actor


def add_fee(
    expenditure: Expenditure,
    *,
    name: str,
    occasion: str,
    times: int,
    each: Decimal,
    actor: Actor | None,
    id_number: str = "",
    account: str = "",
    tax: Decimal = Decimal(0),
    at: datetime | None = None,
) -> LabourFee:
    """One line of the list; name, document and account are sealed. Refuses a tax above the fee."""
    require_editable(expenditure, actor)
    rate = money_of(each, "each")
    if times < 1:
        raise Refusal(_("Say for how many days or sessions."), field="times")
    if not 0 <= tax < rate * times:
        raise Refusal(_("The tax is not below zero, and less than the fee."), field="tax")
    row = LabourFee(
        expenditure=expenditure, name=said(name, "name", _("Give the name.")), account=account.strip(), times=times,
        id_number=ID_NUMBER.tidy(id_number) if id_number.strip() else "", each=rate, tax=yuan(tax),
        occasion=said(occasion, "occasion", _("Say what the fee is for.")),
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        record("ledger.expenditure.fee", expenditure, actor=actor, facts={"amount": row.due}, at=at)
    return row


def remove_fee(fee: LabourFee, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a line off the list that is not handed in."""
    require_editable(fee.expenditure, actor)
    with transaction.atomic():
        record("ledger.expenditure.remove_fee", fee.expenditure, actor=actor, facts={"amount": fee.due}, at=at)
        fee.delete()


def open_fees(expenditure: Expenditure, *, reason: str, actor: Actor | None) -> list[tuple[LabourFee, str, str, str]]:
    """(line, name, document, account) in full, for the finance officer alone; each opening is on record.

    Raises NotAllowed for everybody else, Refusal without a reason.
    """
    return [
        (
            fee,
            fee.name.reveal(reason=reason, actor=actor),
            fee.id_number.reveal(reason=reason, actor=actor) if fee.id_number else "",
            fee.account.reveal(reason=reason, actor=actor) if fee.account else "",
        )
        for fee in expenditure.fees.all()
    ]

"""What a refund, or a payment struck out, does to the spending it was for."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.lifecycle import EXPENDITURES
from linli.apps.ledger.models import Expenditure, Payment
from linli.kernel.errors import Refusal
from linli.kernel.money import require_within
from linli.kernel.scope import Actor


def came_back_of(payment: Payment, expenditure: Expenditure | None, back: Decimal) -> Expenditure | None:
    """Inside the fund's lock: the expenditure that cost ``back`` less; None where the payment was for none.

    Raises Refusal where there are several and none is named, and for more than it cost.
    """
    paid = list(payment.expenditures.all())
    if not paid:
        return None
    row = paid[0] if len(paid) == 1 else next((one for one in paid if expenditure and one.pk == expenditure.pk), None)
    if row is None:
        raise Refusal(_("This payment was for several expenditures. Say of which one the money came back."))
    require_within(limit=row.amount, used=row.came_back, adding=back)
    _write(row, row.came_back + back)
    return row


def unpay(payment: Payment, reason: str, *, actor: Actor | None, at: datetime | None) -> None:
    """Inside the fund's lock: a payment struck out paid nothing; a refund struck out gave nothing back."""
    for row in payment.expenditures.select_related("commitment__fund"):
        EXPENDITURES.apply(
            "unpay", row, actor=actor, facts={"reason": reason}, at=at, payment_id=None, receipt="", paid_on=None
        )
    if payment.of_expenditure is not None:
        _write(payment.of_expenditure, payment.of_expenditure.came_back + payment.amount)


def _write(row: Expenditure, came_back: Decimal) -> None:
    row.came_back = came_back
    row.version += 1
    row.save(update_fields=["came_back", "version"])

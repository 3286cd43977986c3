"""An order is served in a shift, and the household says how it was; selling told there goes to the street."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import Grade, IncidentKind, Order, Receipt, Shift, WorkSheet
from linli.apps.ordering.permissions import delivers
from linli.apps.ordering.services.incidents import take_incident
from linli.apps.ordering.services.keeping import require
from linli.apps.ordering.services.ordering import confirm, serve
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor

SOLD = _("Something was sold or advertised while the service was given.")


def serve_orders(
    shift: Shift, *, orders: Sequence[Order], actor: Actor | None, at: datetime | None = None
) -> list[Receipt]:
    """These orders were served in the shift; each household confirms its own.

    Refuses orders of another sheet and a shift that lies ahead; Conflict for an order served already.
    """
    when = at or timezone.now()
    require(delivers, actor, shift)
    if shift.starts > when:
        raise Refusal(_("This shift lies ahead."), code="ahead")
    sheet = shift.contractor.sheet
    mine = set(sheet.lines.filter(order__in=list(orders)).values_list("order", flat=True))
    if any(order.pk not in mine for order in orders):
        raise Refusal(_("This order stands on another sheet."), code="other-sheet")
    made = []
    with transaction.atomic():
        for order in orders:
            serve(order, actor=actor, at=when)
            receipt, _new = Receipt.objects.update_or_create(order=order, defaults={"sheet": sheet, "shift": shift})
            made.append(receipt)
    return made


def confirm_service(
    order: Order,
    *,
    actor: Actor | None,
    grade: Grade | str = "",
    words: str = "",
    sold: bool = False,
    at: datetime | None = None,
) -> Receipt:
    """The resident (``actor=None``) confirms the service and may say how it was; ``sold``: a complaint about selling.

    It is tied to the order's sheet and to the shift in which it was served. Refuses an unknown grade; Conflict twice.
    """
    when = at or timezone.now()
    if grade and grade not in Grade.values:
        raise Refusal(_("Say whether you are satisfied."), field="grade")
    with transaction.atomic():
        confirm(order, actor=actor, at=when)
        row, _new = Receipt.objects.get_or_create(order=order)
        row.sheet = sheet_of(order)
        row.grade, row.words = grade, " ".join(words.split())[:200]
        row.save()
        if sold:
            tell_selling(order, row, actor=actor, at=when)
    return row


def tell_selling(order: Order, receipt: Receipt, *, actor: Actor | None, at: datetime) -> None:
    """A complaint about selling becomes an incident of the sheet, which the street answers; no name goes with it."""
    if receipt.sheet is None:
        raise Conflict(_("This order stands on no sheet yet. Call the community."), code="no-sheet")
    shift = receipt.shift
    take_incident(
        receipt.sheet, kind=IncidentKind.SELLING, what=receipt.words or str(SOLD),
        happened_at=shift.starts if shift else at,
        contractor=shift.contractor if shift else None, shift=shift, by_resident=actor is None, actor=actor, at=at,
    )  # fmt: skip


def sheet_of(order: Order) -> WorkSheet | None:
    """The sheet an order stands on; one query."""
    return WorkSheet.objects.filter(lines__order=order).first()

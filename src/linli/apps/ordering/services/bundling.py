"""The orders of a month become sheets: one for each service of each community, as a job."""

from calendar import monthrange
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone

from linli.apps.ordering.kinds import bundle_criteria
from linli.apps.ordering.models import CatalogItem, Order, OrderState, SheetState, WorkSheet
from linli.apps.ordering.permissions import draws_sheets
from linli.apps.ordering.services.filling import counted_on, line_up, require_open, take_given
from linli.apps.ordering.services.keeping import month_of, require
from linli.apps.ordering.services.sheets import SheetText, begin_sheet, record_drawn
from linli.apps.places.models import Level, Place
from linli.kernel.events import record
from linli.kernel.money import locked
from linli.kernel.scope import Actor


def bundle_month(*, place: Place, month: date, actor: Actor | None, at: datetime | None = None) -> list[WorkSheet]:
    """Sheets of a community, or of every community of a street, with the orders of the month that have a place.

    Safe to run twice: what stands on a sheet stays there, later orders join the draft of their service. Returns the
    sheets it drew up or filled.
    """
    within = {"place__street": place} if place.level == Level.STREET else {"place": place}
    waiting = Order.objects.filter(item=OuterRef("pk"), state=OrderState.GIVEN)
    items = CatalogItem.objects.filter(Exists(waiting), month=month_of(month), **within)
    found = []
    for item in items.select_related("place__street").order_by("place", "title"):
        require(draws_sheets, actor, item)
        sheet = _bundled(item, actor, at or timezone.now())
        if sheet is not None:
            found.append(sheet)
    return found


def _bundled(item: CatalogItem, actor: Actor | None, at: datetime) -> WorkSheet | None:
    """The sheet on which its orders stand now; None where somebody else bundled them a moment ago."""
    with locked(item):
        taken = take_given(item)
        if not taken:
            return None
        many = sum(quantity for _order, quantity in taken)
        sheet = WorkSheet.objects.filter(item=item, state=SheetState.DRAFT).first()
        if sheet is None:
            sheet = begin_sheet(
                place=item.place, text=_text(item, many), counted=many, item=item, month=item.month, actor=actor,
                is_demo=item.is_demo, at=at,
            )  # fmt: skip
            record_drawn(sheet, orders=len(taken), needs=0, actor=actor, at=at)
        else:
            _grow(sheet, item, many, facts={"orders": len(taken), "needs": 0}, actor=actor, at=at)
        line_up(sheet, (key for key, _quantity in taken))
    return sheet


def _grow(
    sheet: WorkSheet, item: CatalogItem, many: int, *, facts: dict[str, int], actor: Actor | None, at: datetime
) -> None:
    """``many`` more go onto a draft, and its ceiling rises by their price. Raises Conflict where it is published."""
    with locked(sheet):
        require_open(sheet)
        before = counted_on(sheet)
        sheet.quantity = before + many if sheet.quantity == before else max(sheet.quantity, before + many)
        sheet.ceiling += item.price * many
        sheet.at_home = sheet.at_home or item.at_home
        sheet.save(update_fields=["quantity", "ceiling", "at_home"])
        record("ordering.sheet.add", sheet, actor=actor, facts=facts, at=at)


def _text(item: CatalogItem, many: int) -> SheetText:
    last = monthrange(item.month.year, item.month.month)[1]
    return SheetText(
        kind=item.kind, title=f"{item.month.year}年{item.month.month}月{item.title}",
        content=item.about or item.title, starts=item.month, ends=item.month.replace(day=last), unit=item.unit,
        criteria=bundle_criteria(), ceiling=item.price * many, at_home=item.at_home, no_selling=item.no_selling,
    )  # fmt: skip

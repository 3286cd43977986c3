"""The orders of a month become sheets: one for each service of each community, as a job."""

from calendar import monthrange
from datetime import date, datetime

from django.utils import timezone

from linli.apps.ordering.kinds import bundle_criteria
from linli.apps.ordering.models import CatalogItem, Order, OrderState, SheetState, WorkSheet
from linli.apps.ordering.permissions import draws_sheets
from linli.apps.ordering.services.filling import add_to_sheet
from linli.apps.ordering.services.keeping import month_of, require
from linli.apps.ordering.services.sheets import SheetText, draw_up
from linli.apps.places.models import Level, Place
from linli.kernel.money import locked
from linli.kernel.scope import Actor


def bundle_month(*, place: Place, month: date, actor: Actor | None, at: datetime | None = None) -> list[WorkSheet]:
    """Sheets of a community, or of every community of a street, with the orders of the month that have a place.

    Safe to run twice: what stands on a sheet stays there, later orders join the draft of their service. Returns the
    sheets it drew up or filled.
    """
    within = {"place__street": place} if place.level == Level.STREET else {"place": place}
    items = CatalogItem.objects.filter(month=month_of(month), orders__state=OrderState.GIVEN, **within).distinct()
    found = []
    for item in items.select_related("place__street").order_by("place", "title"):
        require(draws_sheets, actor, item)
        found.append(_bundled(item, actor, at or timezone.now()))
    return found


def _bundled(item: CatalogItem, actor: Actor | None, at: datetime) -> WorkSheet:
    with locked(item):
        orders = list(
            Order.objects.filter(item=item, state=OrderState.GIVEN).only("pk", "quantity", "item").order_by("asked_at")
        )
        for row in orders:
            row.item = item
        draft = WorkSheet.objects.filter(item=item, state=SheetState.DRAFT).first()
        many = sum(row.quantity for row in orders)
        if draft is not None:
            with locked(draft):
                draft.ceiling += item.price * many
                draft.save(update_fields=["ceiling"])
            add_to_sheet(draft, orders=orders, actor=actor, at=at)
            return draft
        last = monthrange(item.month.year, item.month.month)[1]
        text = SheetText(
            kind=item.kind, title=f"{item.month.year}年{item.month.month}月{item.title}",
            content=item.about or item.title, starts=item.month, ends=item.month.replace(day=last), unit=item.unit,
            criteria=bundle_criteria(), ceiling=item.price * many, at_home=item.at_home, no_selling=item.no_selling,
        )  # fmt: skip
        return draw_up(
            place=item.place, text=text, orders=orders, item=item, month=item.month, actor=actor, is_demo=item.is_demo,
            at=at,
        )  # fmt: skip

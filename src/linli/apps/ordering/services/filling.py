"""Orders and needs go onto a sheet and off it; each stands on one sheet at most, settled by the database."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Sum, UUIDField
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.ordering.models import CatalogItem, Order, OrderState, SheetNeed, SheetOrder, SheetState, WorkSheet
from linli.apps.ordering.permissions import draws_sheets
from linli.apps.ordering.services.keeping import require
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import locked
from linli.kernel.refs.keys import new_key
from linli.kernel.scope import Actor

BATCH = 2_000
OPEN = (SheetState.DRAFT, SheetState.DISCUSSED)


def batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """``rows`` some thousand at a time."""
    rest = iter(rows)
    while part := list(islice(rest, BATCH)):
        yield part


def fill(sheet: WorkSheet, orders: Sequence[Order], needs: Sequence[Need]) -> None:
    """Put them on the sheet, inside the caller's transaction. Raises Conflict where one has gone elsewhere."""
    if any(row.item.place_id != sheet.place_id for row in orders):
        raise Refusal(_("Orders of another community do not belong on this sheet."), field="orders")
    if any(need.street_id != sheet.street_id for need in needs):
        raise Refusal(_("Needs of another street do not belong on this sheet."), field="needs")
    for part in batches(orders):
        moved = Order.objects.filter(pk__in=[row.pk for row in part], state=OrderState.GIVEN).update(
            state=OrderState.ON_SHEET, version=F("version") + 1
        )
        if moved != len(part):
            raise Conflict(_("An order has no place, or stands on another sheet already. Reload the page."))
        SheetOrder.objects.bulk_create(SheetOrder(sheet=sheet, order=row) for row in part)
    try:
        with transaction.atomic():
            SheetNeed.objects.bulk_create(SheetNeed(sheet=sheet, need=need) for need in needs)
    except IntegrityError:
        raise Conflict(_("A need stands on another sheet already.")) from None


def take_given(item: CatalogItem) -> list[tuple[UUID, int]]:
    """Every order of the item with a place, now on a sheet whose lines the caller writes in the same transaction.

    Keys and quantities in the order in which they were asked for. Two statements, however many there are: the UPDATE
    takes the rows, so that nobody else withdraws or bundles one of them before its line is read and written.
    """
    rows = Order.objects.filter(item=item)
    rows.filter(state=OrderState.GIVEN).update(state=OrderState.ON_SHEET, version=F("version") + 1)
    taken = rows.filter(state=OrderState.ON_SHEET, on_sheet__isnull=True).order_by("asked_at", "pk")
    return list(taken.values_list("pk", "quantity"))


def line_up(sheet: WorkSheet, orders: Iterable[UUID]) -> None:
    """The lines of orders that :func:`take_given` took, in one prepared statement: no object is made for a line."""
    table = SheetOrder._meta
    names = ", ".join(connection.ops.quote_name(name) for name in ("id", "sheet_id", "order_id"))
    as_stored, here = UUIDField().get_db_prep_value, connection
    on = as_stored(sheet.pk, here)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(table.db_table)} ({names}) VALUES (%s, %s, %s)",  # noqa: S608  # our names
            [(as_stored(new_key(), here), on, as_stored(order, here)) for order in orders],
        )


def empty(sheet: WorkSheet) -> None:
    """Take everything off it, inside the caller's transaction."""
    Order.objects.filter(on_sheet__sheet=sheet, state=OrderState.ON_SHEET).update(
        state=OrderState.GIVEN, version=F("version") + 1
    )
    SheetOrder.objects.filter(sheet=sheet).delete()
    SheetNeed.objects.filter(sheet=sheet).delete()


def counted_on(sheet: WorkSheet) -> int:
    """How many services its orders and needs are: each order by its quantity, each need once. Two queries."""
    ordered: int | None = sheet.lines.aggregate(many=Sum("order__quantity"))["many"]
    return (ordered or 0) + sheet.needs.count()


def require_open(sheet: WorkSheet) -> None:
    """Raises Conflict once it is published."""
    if sheet.state not in OPEN:
        raise Conflict(_("The sheet is published; nothing is put on it or taken off any more."))


def add_to_sheet(
    sheet: WorkSheet,
    *,
    actor: Actor | None,
    orders: Sequence[Order] = (),
    needs: Sequence[Need] = (),
    at: datetime | None = None,
) -> None:
    """More orders and needs on a sheet nobody has published. Raises Conflict.

    Its quantity is what stands on it; where somebody wrote more, that stays.
    """
    require(draws_sheets, actor, sheet)
    with locked(sheet):
        require_open(sheet)
        before = counted_on(sheet)
        fill(sheet, orders, needs)
        after = before + sum(row.quantity for row in orders) + len(needs)
        sheet.quantity = after if sheet.quantity == before else max(sheet.quantity, after)
        sheet.at_home = sheet.at_home or any(row.item.at_home for row in orders)
        sheet.save(update_fields=["quantity", "at_home"])
        facts = {"orders": len(orders), "needs": len(needs)}
        record("ordering.sheet.add", sheet, actor=actor, facts=facts, at=at)


def take_off_sheet(
    sheet: WorkSheet,
    *,
    actor: Actor | None,
    orders: Sequence[Order] = (),
    needs: Sequence[Need] = (),
    at: datetime | None = None,
) -> None:
    """Orders get their places back, needs are free. Raises Conflict once the sheet is published."""
    require(draws_sheets, actor, sheet)
    with locked(sheet):
        require_open(sheet)
        follows = sheet.quantity == counted_on(sheet)
        lines = SheetOrder.objects.filter(sheet=sheet, order__in=orders)
        taken = Order.objects.filter(pk__in=lines.values("order"), state=OrderState.ON_SHEET)
        taken.update(state=OrderState.GIVEN, version=F("version") + 1)
        lines.delete()
        gone = SheetNeed.objects.filter(sheet=sheet, need__in=needs).delete()[0]
        if follows:
            sheet.quantity = counted_on(sheet)
            if not sheet.quantity:
                raise Refusal(_("Nothing would be left on the sheet. Cancel it instead."))
            sheet.save(update_fields=["quantity"])
        facts = {"orders": len(orders), "needs": gone}
        record("ordering.sheet.take_off", sheet, actor=actor, facts=facts, at=at)

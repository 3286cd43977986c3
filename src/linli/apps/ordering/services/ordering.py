"""Ordering: within the quota of the household and the places there are, each settled by one UPDATE."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.ordering.lifecycle import ORDERS
from linli.apps.ordering.models import CatalogItem, Channel, ItemState, Order, OrderState, Portion, Rule
from linli.apps.ordering.permissions import takes_orders
from linli.apps.ordering.services.drawing import give_next
from linli.apps.ordering.services.keeping import number_of, require, said, who
from linli.apps.places.queries import Resolution, resolve
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.privacy import ADDRESS, PERSON_NAME, PHONE
from linli.kernel.scope import Actor
from linli.kernel.seals import fingerprint

ABOVE = _("A household may have %(quota)d of “%(title)s” in this month, and yours has %(taken)d.")


@dataclass(frozen=True)
class OrderText:
    """What somebody orders: ``door`` as an address says it; ``relative_of`` names the member of staff, if there is."""

    name: str
    phone: str = ""
    door: str = ""
    quantity: int = 1
    wished: str = ""
    note: str = ""
    in_hardship: bool = False
    relative_of: str = ""


def order(
    item: CatalogItem,
    *,
    text: OrderText,
    channel: Channel,
    actor: Actor | None,
    need: Need | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Order:
    """Order from the menu; without an account on the portal, by staff for whoever calls or comes.

    With a place, or waiting for one where there is none left or a lot decides. Refuses what is above the quota of the
    household, nobody to reach, a service that is not open, hardship nobody of the staff has confirmed.
    """
    when = at or timezone.now()
    if channel != Channel.PORTAL:
        require(takes_orders, actor, item)
    row = _drafted(item, text, channel, need, when)
    row.taken_by, row.is_demo = who(actor) if channel != Channel.PORTAL else None, is_demo
    with transaction.atomic():
        _require_open(item, when)
        _take_portion(row)
        row.state = OrderState.GIVEN if _has_place(item, row) else OrderState.WAITING
        row.year, row.serial, row.number = number_of(row.street, when)
        row.save(force_insert=True)
        facts = {"title": item.title, "channel": row.get_channel_display(), "state": row.get_state_display()}
        by = None if channel == Channel.PORTAL else actor
        record("ordering.order.place", row, actor=by, facts=facts | _relative(row), at=when)
    return row


def _relative(row: Order) -> dict[str, Any]:
    return {"relative_of": row.relative_of} if row.relative_of else {}


def _drafted(item: CatalogItem, text: OrderText, channel: Channel, need: Need | None, at: datetime) -> Order:
    """The row, not yet written. Raises Refusal."""
    if text.quantity < 1:
        raise Refusal(_("Order at least one."), field="quantity")
    if text.in_hardship and channel == Channel.PORTAL:
        raise Refusal(_("Whether a household is in hardship is noted by the community."), field="in_hardship")
    name = PERSON_NAME.tidy(said(text.name, "name", _("Write the name."), most=40))
    phone = PHONE.tidy(text.phone) if text.phone.strip() else ""
    door = ADDRESS.tidy(text.door)
    if not phone and not door:
        raise Refusal(_("Leave a telephone or the door, so that you can be reached."), field="phone", code="unreached")
    street = item.place.street
    assert street is not None  # the menu's verb looked
    found = resolve(door, on=timezone.localdate(at), within=item.place) if door else None
    row = Order(
        street=street, item=item, quantity=text.quantity, wished=text.wished.strip()[:80], note=text.note.strip()[:200],
        building=found.building if found else None, household_key=_household(found, door, phone),
        in_hardship=text.in_hardship, relative_of=text.relative_of.strip()[:60], channel=channel, need=need,
        asked_at=at, pass_code=secrets.token_urlsafe(9),
    )  # fmt: skip
    row.name, row.phone, row.door = name, phone, door
    return row


def _household(found: Resolution | None, door: str, phone: str) -> str:
    """By which one household is told from another: its door in the register, else the door or telephone as written."""
    if found is not None and found.household is not None:
        return f"{found.household.pk.hex}"
    return fingerprint(f"ordering.household:{''.join(door.split()) or phone}")


def _require_open(item: CatalogItem, at: datetime) -> None:
    """The item stays open until this transaction ends. Raises Refusal."""
    first = timezone.localdate(at).replace(day=1)
    rows = CatalogItem.objects.filter(pk=item.pk, state=ItemState.OPEN, month__gte=first, drawn_at__isnull=True)
    if not rows.update(version=F("version") + 1):
        raise Refusal(_("This service cannot be ordered any more."), code="closed")


def _take_portion(row: Order) -> None:
    """Raises Refusal above the quota of the household."""
    mine = {"item": row.item, "household_key": row.household_key}
    Portion.objects.bulk_create([Portion(**mine)], ignore_conflicts=True)
    room = Portion.objects.filter(**mine, taken__lte=row.item.quota - row.quantity)
    if row.quantity > row.item.quota or not room.update(taken=F("taken") + row.quantity):
        taken = Portion.objects.get(**mine).taken
        words = {"quota": row.item.quota, "title": row.item.title, "taken": taken}
        raise Refusal(ABOVE % words, field="quantity", code="above-quota")


def _has_place(item: CatalogItem, row: Order) -> bool:
    """Take its places, where there are as many and nothing but the order of coming decides."""
    if item.capacity is not None and item.rule != Rule.FIRST:
        return False
    room = CatalogItem.objects.filter(pk=item.pk)
    room = room.filter(Q(capacity__isnull=True) | Q(taken__lte=F("capacity") - row.quantity))
    return bool(room.update(taken=F("taken") + row.quantity))


def withdraw(row: Order, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The resident (``actor=None``, by the page only he knows) or staff take the order back; the next one moves up.

    Raises Conflict once it is on a work sheet or served.
    """
    held = row.state == OrderState.GIVEN
    with transaction.atomic():
        ORDERS.apply("withdraw", row, actor=actor, at=at)
        Portion.objects.filter(item=row.item_id, household_key=row.household_key, taken__gte=row.quantity).update(
            taken=F("taken") - row.quantity
        )
        if held:
            CatalogItem.objects.filter(pk=row.item_id).update(taken=F("taken") - row.quantity)
            give_next(row.item, actor=actor, at=at or timezone.now())


def serve(row: Order, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The service was given; the resident confirms it."""
    when = at or timezone.now()
    ORDERS.apply("serve", row, actor=actor, facts={"day": timezone.localdate(when)}, at=when)


def confirm(row: Order, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The resident confirms (``actor=None``), or staff who asked. Raises Conflict when confirmed already."""
    when = at or timezone.now()
    if row.state == OrderState.CONFIRMED:
        raise Conflict(_("This was confirmed already. Thank you."))
    by = _("the resident") if actor is None else _("staff, who asked")
    ORDERS.apply("confirm", row, actor=actor, facts={"by": str(by)}, at=when, confirmed_at=when)

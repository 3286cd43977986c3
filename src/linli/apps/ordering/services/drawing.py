"""Who gets a place where more ask than there are: the rule the menu states, or a lot anybody can draw again."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms.lots import lot_of
from linli.apps.ordering.lifecycle import ORDERS
from linli.apps.ordering.models import CatalogItem, Order, OrderState, Rule
from linli.apps.ordering.permissions import keeps_menu
from linli.apps.ordering.services.keeping import require, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import locked
from linli.kernel.scope import Actor


def in_line(item: CatalogItem, rows: list[Order]) -> list[Order]:
    """``rows`` in the order in which places are given under the item's rule."""
    if item.rule == Rule.DRAW:
        return sorted(rows, key=lambda row: lot_of(item.seed, row.serial))
    return sorted(rows, key=lambda row: (item.rule == Rule.NEED and not row.in_hardship, row.asked_at, row.pk))


def draw_places(item: CatalogItem, *, seed: str, actor: Actor | None, at: datetime | None = None) -> list[Order]:
    """Give the places of an item to those who wait, once. Returns who got one, in their order.

    ``seed`` is heard by everybody; the lot of an order is the SHA-256 of "seed:serial of the order". Where a rule
    decides, it is kept beside the result all the same. Raises Conflict for a second time, Refusal for an item that is
    given to as many as ask, or in the order of coming.
    """
    when = at or timezone.now()
    require(keeps_menu, actor, item)
    if item.capacity is None or item.rule == Rule.FIRST:
        raise Refusal(_("Places of this service are given as people come; there is nothing to draw."))
    seed = said(seed, "seed", _("Say the seed: a number everybody in the room hears."), most=40)
    with locked(item):
        if item.drawn_at is not None:
            raise Conflict(_("The places were given already; the seed stands."), code="drawn")
        item.seed, item.drawn_at = seed, when
        item.save(update_fields=["seed", "drawn_at"])
        waiting = list(Order.objects.filter(item=item, state=OrderState.WAITING))
        given = [row for row in in_line(item, waiting) if _give(item, row, actor, when)]
        kept = {row.pk for row in given}
        for row in waiting:
            if row.pk not in kept:
                ORDERS.apply("miss", row, actor=actor, at=when)
        facts = {"seed": seed, "asked": len(waiting), "given": len(given)}
        record("ordering.item.draw", item, actor=actor, facts=facts, at=when)
    return given


def _give(item: CatalogItem, row: Order, actor: Actor | None, at: datetime) -> bool:
    """Its places, where as many are left; else the next smaller order may fit."""
    room = CatalogItem.objects.filter(pk=item.pk, taken__lte=F("capacity") - row.quantity)
    if not room.update(taken=F("taken") + row.quantity):
        return False
    ORDERS.apply("give", row, actor=actor, at=at)
    return True


def give_next(item: CatalogItem, *, actor: Actor | None, at: datetime) -> None:
    """Places that came free go to whoever is next in line; inside the caller's transaction."""
    item.refresh_from_db()
    if item.capacity is None or (item.rule != Rule.FIRST and item.drawn_at is None):
        return
    waiting = Order.objects.filter(item=item, state__in=(OrderState.WAITING, OrderState.MISSED))
    for row in in_line(item, list(waiting)):
        _give(item, row, None, at)

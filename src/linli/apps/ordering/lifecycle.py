"""A menu is written, opened and closed; an order waits for a place, has it, is served and confirmed.

item:   draft -> open -> closed        (closed -> open: again, within its month)
order:  waiting -> given -> on_sheet -> served -> confirmed
        given -> served                 (without a sheet: the provider of the menu comes)
        waiting -> missed -> given      (the lot fell on others; somebody gave his place back)
        waiting, given, missed -> withdrawn
sheet:  draft -> discussed -> published -> claimed -> under_way -> accepted -> settled
        draft -> published              (what needs no salon)
        draft, discussed, published -> cancelled
shift:  planned -> held | cancelled; planned -> missed -> held   (a paper sheet came later, or somebody counted it)
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.ordering import permissions as who
from linli.apps.ordering.models import (
    TWO,
    CatalogItem,
    ClaimState,
    ItemState,
    Order,
    OrderState,
    SheetState,
    Shift,
    ShiftState,
)
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition


def month_is_not_over(item: CatalogItem, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody opens a menu whose month is over."""
    today: date = facts["today"]
    if (item.month.year, item.month.month) >= (today.year, today.month):
        return None
    return Refusal(_("This month is over. Copy the menu into the coming one."), code="month-over")


ITEMS = Lifecycle(
    "ordering.item",
    ItemState,
    (
        Transition(
            "open", (ItemState.DRAFT, ItemState.CLOSED), ItemState.OPEN, who.keeps_menu, title=_("Open for orders"),
            told=_("opened the service for orders"), guards=(month_is_not_over,),
        ),
        Transition(
            "close", (ItemState.OPEN,), ItemState.CLOSED, who.keeps_menu, title=_("Take no more orders"),
            told=_("closed the service for orders"),
        ),
    ),
    title=_("Service on the menu"),
)  # fmt: skip

WAITING, GIVEN, MISSED = OrderState.WAITING, OrderState.GIVEN, OrderState.MISSED
ON_SHEET, SERVED = OrderState.ON_SHEET, OrderState.SERVED

ORDERS = Lifecycle(
    "ordering.order",
    OrderState,
    (
        Transition(
            "give", (WAITING, MISSED), GIVEN, who.takes_orders, told=_("A place was given to the order"),
        ),
        Transition("miss", (WAITING,), MISSED, who.keeps_menu, told=_("The order got no place")),
        Transition(
            "withdraw", (WAITING, GIVEN, MISSED), OrderState.WITHDRAWN, who.takes_orders, title=_("Withdraw"),
            told=_("The order was withdrawn"),
        ),
        Transition(
            "serve", (GIVEN, ON_SHEET), SERVED, who.serves_orders, title=_("Served"), told=_("The service was given"),
            words={"day": _("day")}, keep=Keep.FOR_EVER,
        ),
        Transition(
            "confirm", (GIVEN, ON_SHEET, SERVED), OrderState.CONFIRMED, who.takes_orders, title=_("Confirm"),
            told=_("The resident confirmed the service"), words={"by": _("confirmed by")}, keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Order of a resident"),
)  # fmt: skip

DRAFT, DISCUSSED, PUBLISHED = SheetState.DRAFT, SheetState.DISCUSSED, SheetState.PUBLISHED
CLAIMED, UNDER_WAY, ACCEPTED = SheetState.CLAIMED, SheetState.UNDER_WAY, SheetState.ACCEPTED

SHEETS = Lifecycle(
    "ordering.sheet",
    SheetState,
    (
        Transition(
            "discuss", (DRAFT,), DISCUSSED, who.draws_sheets, title=_("Write down the salon"),
            told=_("wrote down what came out of the salon"),
            words={"salon": _("salon"), "outputs": _("what came out of the salon")}, keep=Keep.FOR_EVER,
        ),
        Transition(
            "publish", (DRAFT, DISCUSSED), PUBLISHED, who.publishes_sheets, title=_("Publish"),
            told=_("published the work sheet"), words={"method": _("how it is given"), "source": _("document")},
            keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "award", (PUBLISHED,), CLAIMED, who.awards_sheets, title=_("Give the work sheet"),
            told=_("gave the work sheet to whoever takes it on"),
            words={
                "shares": _("shares of the contractors"), "reason": _("reason"),
                "departure": _("why not in the order of the panel"),
            },
            keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "begin", (CLAIMED,), UNDER_WAY, who.begins_sheets, title=_("Begin"), told=_("Delivery began"),
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "accept", (UNDER_WAY,), ACCEPTED, who.draws_sheets, title=_("Accept what was delivered"),
            told=_("accepted what was delivered"), keep=Keep.FOR_EVER,
        ),
        Transition(
            "settle", (ACCEPTED,), SheetState.SETTLED, who.awards_sheets, title=_("Settle"),
            told=_("settled the work sheet"), keep=Keep.FOR_EVER,
        ),
        Transition(
            "cancel", (DRAFT, DISCUSSED, PUBLISHED), SheetState.CANCELLED, who.publishes_sheets, title=_("Cancel"),
            told=_("cancelled the work sheet"), words={"reason": _("reason")}, keep=Keep.FOR_EVER, weighty=True,
        ),
    ),
    title=_("Work sheet"),
)  # fmt: skip

CLAIMS = Lifecycle(
    "ordering.claim",
    ClaimState,
    (
        Transition(
            "withdraw", (ClaimState.MADE,), ClaimState.WITHDRAWN, who.claims_sheets, title=_("Withdraw"),
            told=_("took the claim back"),
        ),
        Transition(
            "win", (ClaimState.MADE,), ClaimState.WON, who.awards_sheets, told=_("The claim was chosen"),
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "lose", (ClaimState.MADE,), ClaimState.LOST, who.awards_sheets,
            told=_("The claim was not chosen"), words={"reason": _("reason")}, keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Claim of a work sheet"),
)  # fmt: skip


def is_open(order: Order) -> bool:
    """Whether the resident can still withdraw it."""
    return order.state in (WAITING, GIVEN, MISSED)


def says_why(shift: Shift, facts: Mapping[str, Any]) -> Refusal | None:
    """Calling off, and counting what the checks do not bear, need words."""
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


def nobody_came_alone(shift: Shift, facts: Mapping[str, Any]) -> Refusal | None:
    """One person in a home is never counted, whatever the reason."""
    most: int | None = facts.get("most")
    if not shift.at_home or most is None or most >= TWO:
        return None
    return Refusal(_("Somebody came alone into homes. Two go into a home, always: it does not count."), code="two-go")


PLANNED, MISSING = ShiftState.PLANNED, ShiftState.MISSED
REASON = {"reason": _("reason")}

SHIFTS = Lifecycle(
    "ordering.shift",
    ShiftState,
    (
        Transition(
            "hold", (PLANNED, MISSING), ShiftState.HELD, who.delivers, told=_("The shift was held"),
            words={"people": _("how many came"), "way": _("how it is known")},
        ),
        Transition(
            "count", (PLANNED, MISSING), ShiftState.HELD, who.keeps_menu, title=_("Count it all the same"),
            told=_("counted the shift all the same"), guards=(says_why, nobody_came_alone), words=REASON,
        ),
        Transition("miss", (PLANNED,), MISSING, who.keeps_menu, told=_("Nobody came to the shift")),
        Transition(
            "cancel", (PLANNED,), ShiftState.CANCELLED, who.delivers, title=_("Call the shift off"),
            told=_("called the shift off"), guards=(says_why,), words=REASON,
        ),
    ),
    title=_("Shift"),
)  # fmt: skip

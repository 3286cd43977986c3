"""What ordering shows: the menu of the desk, the door of the portal, the table to import."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.ordering.models import Order
from linli.apps.ordering.permissions import keeps_pages, reads_orders, reads_sheets, takes_pages
from linli.apps.ordering.queries import on_the_menu
from linli.apps.ordering.tables import CATALOG
from linli.kernel.contributions import NavItem, PagePart, PortalDoor, SheetOffer
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import Actor

ROOMS_OF_SHEETS = (
    "contractors", "chain", "claims", "incidents", "defects", "acceptances", "settlements", "recipients",
)  # fmt: skip
"""Pages about what became of a work sheet."""


def order_here(actor: Actor | None, need: Need) -> dict[str, Any] | None:
    """The services of this month's menu that can be ordered out of the need, or the order made; for its takers."""
    if actor is None or not takes_pages(actor, need):
        return None
    made = Order.objects.filter(need=need).first()
    items = [] if made else list(on_the_menu(need.place, timezone.localdate())[:12])
    return {"need": need, "made": made, "items": items} if made or items else None


PAGES = (
    NavItem(
        "ordering", _("Menu of services"), "ordering:items", reads_orders, icon="list-check", section="community",
        order=62,
    ),
    NavItem(
        "ordering_sheets", _("Work sheets"), "ordering:sheets", reads_sheets, icon="file-text", section="community",
        order=63, also=tuple(f"/desk/ordering/{room}/" for room in ROOMS_OF_SHEETS),
    ),
    PortalDoor(
        "work_sheets", _("Work sheets"), "ordering:public_sheets", "file-text",
        _("What communities have done, and who takes it on"), order=84,
    ),
    PagePart("needs.need", "ordering.order", "ordering/part_need.html", order_here, order=35),
    PortalDoor(
        "ordering", _("Order a service"), "ordering:menu", "list-check", _("Haircuts, cleaning, small repairs"),
        order=20,
    ),
    SheetOffer(CATALOG.name, _("Menu of services"), CATALOG, keeps_pages),
)  # fmt: skip


def contribute() -> None:
    """Enter them."""
    add(*PAGES)

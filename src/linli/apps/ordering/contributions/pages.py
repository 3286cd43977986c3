"""What ordering shows: the menu of the desk, the door of the portal, the table to import."""

from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.permissions import keeps_pages, reads_orders
from linli.apps.ordering.tables import CATALOG
from linli.kernel.contributions import NavItem, PortalDoor, SheetOffer
from linli.kernel.contributions import contribute as add

PAGES = (
    NavItem(
        "ordering", _("Menu of services"), "ordering:items", reads_orders, icon="list-check", section="community",
        order=62,
    ),
    PortalDoor(
        "ordering", _("Order a service"), "ordering:menu", "list-check", _("Haircuts, cleaning, small repairs"),
        order=20,
    ),
    SheetOffer(CATALOG.name, _("Menu of services"), CATALOG, keeps_pages),
)  # fmt: skip


def contribute() -> None:
    """Enter them."""
    add(*PAGES)

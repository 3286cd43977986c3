"""Menus and orders for tests, through the verbs."""

from datetime import UTC, date, datetime
from typing import Any

from linli.apps.ordering import services
from linli.apps.ordering.models import CatalogItem, Channel, Order
from linli.apps.ordering.services import ItemText, OrderText
from linli.apps.places.models import Place

MONTH = date(2026, 3, 1)
AT = datetime(2026, 3, 10, 4, tzinfo=UTC)


def make_item(place: Place, *, is_open: bool = True, month: date = MONTH, **text: Any) -> CatalogItem:
    """A service on the menu of March 2026, open for orders unless said."""
    given = {"kind": "haircut", "title": "理发", **text}
    item = services.write_item(place=place, month=month, text=ItemText(**given), actor=None, at=AT)
    if is_open:
        services.open_items([item], actor=None, at=AT)
    return item


def text_of(number: int = 1, **text: Any) -> OrderText:
    """What a household of its own writes."""
    return OrderText(**{"name": f"居民{number}", "phone": f"138{number:08d}", **text})


def make_order(item: CatalogItem, number: int = 1, *, channel: Channel = Channel.PORTAL, **text: Any) -> Order:
    """An order of the household of this number."""
    return services.order(item, text=text_of(number, **text), channel=channel, actor=None, at=AT)

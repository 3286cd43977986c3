"""Reads of ordering."""

from linli.apps.ordering.queries.directory import directory, pages_of
from linli.apps.ordering.queries.menu import (
    MINUTES_ON_FOOT,
    WALKED_METRES,
    Nearby,
    items_visible_to,
    on_the_menu,
    points_near,
    points_visible_to,
    wishes_visible_to,
)
from linli.apps.ordering.queries.orders import SMALLEST, Heat, demand, heat_of, orders_visible_to, waiting_line

__all__ = [
    "MINUTES_ON_FOOT",
    "SMALLEST",
    "WALKED_METRES",
    "Heat",
    "Nearby",
    "demand",
    "directory",
    "heat_of",
    "items_visible_to",
    "on_the_menu",
    "orders_visible_to",
    "pages_of",
    "points_near",
    "points_visible_to",
    "waiting_line",
    "wishes_visible_to",
]

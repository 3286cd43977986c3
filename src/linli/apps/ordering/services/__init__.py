"""Verbs of ordering."""

from linli.apps.ordering.services.drawing import draw_places
from linli.apps.ordering.services.importing import take_over_items
from linli.apps.ordering.services.menu import (
    ItemText,
    PointText,
    add_point,
    change_item,
    close_item,
    close_point,
    copy_menu,
    open_items,
    wish,
    write_item,
)
from linli.apps.ordering.services.ordering import OrderText, confirm, order, serve, withdraw

__all__ = [
    "ItemText",
    "OrderText",
    "PointText",
    "add_point",
    "change_item",
    "close_item",
    "close_point",
    "confirm",
    "copy_menu",
    "draw_places",
    "open_items",
    "order",
    "serve",
    "take_over_items",
    "wish",
    "withdraw",
    "write_item",
]

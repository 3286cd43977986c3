"""Verbs of ordering."""

from linli.apps.ordering.services.awarding import award
from linli.apps.ordering.services.bundling import bundle_month
from linli.apps.ordering.services.claiming import call_openly, claim, withdraw_claim
from linli.apps.ordering.services.drawing import draw_places
from linli.apps.ordering.services.filling import add_to_sheet, take_off_sheet
from linli.apps.ordering.services.from_needs import order_from_need
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
from linli.apps.ordering.services.sheets import SheetText, cancel_sheet, discuss, draw_up, note_purchase, publish_sheet

__all__ = [
    "ItemText",
    "OrderText",
    "PointText",
    "SheetText",
    "add_point",
    "add_to_sheet",
    "award",
    "bundle_month",
    "call_openly",
    "cancel_sheet",
    "change_item",
    "claim",
    "close_item",
    "close_point",
    "confirm",
    "copy_menu",
    "discuss",
    "draw_places",
    "draw_up",
    "note_purchase",
    "open_items",
    "order",
    "order_from_need",
    "publish_sheet",
    "serve",
    "take_off_sheet",
    "take_over_items",
    "wish",
    "withdraw",
    "withdraw_claim",
    "write_item",
]

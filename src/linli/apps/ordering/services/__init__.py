"""Verbs of ordering."""

from linli.apps.ordering.services.accepting import Lack, accept_delivery, close_delivery, redeliver, settle_paid
from linli.apps.ordering.services.agreeing import draw_agreement
from linli.apps.ordering.services.awarding import award
from linli.apps.ordering.services.bundling import bundle_month
from linli.apps.ordering.services.claiming import call_openly, claim, withdraw_claim
from linli.apps.ordering.services.drawing import draw_places
from linli.apps.ordering.services.filling import add_to_sheet, take_off_sheet
from linli.apps.ordering.services.from_needs import order_from_need
from linli.apps.ordering.services.importing import take_over_items
from linli.apps.ordering.services.incidents import answer_incident, report_incident
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
from linli.apps.ordering.services.receipts import confirm_service, serve_orders
from linli.apps.ordering.services.settling import draw_again, draw_settlement, drop_settlement
from linli.apps.ordering.services.sheets import (
    SheetText,
    cancel_sheet,
    change_sheet,
    discuss,
    draw_up,
    note_purchase,
    publish_sheet,
)
from linli.apps.ordering.services.shifts import (
    PlanText,
    cancel_shift,
    check_in,
    check_in_by_code,
    count_shift,
    mark_missed,
    nearest,
    plan_shifts,
)

__all__ = [
    "ItemText",
    "Lack",
    "OrderText",
    "PlanText",
    "PointText",
    "SheetText",
    "accept_delivery",
    "add_point",
    "add_to_sheet",
    "answer_incident",
    "award",
    "bundle_month",
    "call_openly",
    "cancel_sheet",
    "cancel_shift",
    "change_item",
    "change_sheet",
    "check_in",
    "check_in_by_code",
    "claim",
    "close_delivery",
    "close_item",
    "close_point",
    "confirm",
    "confirm_service",
    "copy_menu",
    "count_shift",
    "discuss",
    "draw_again",
    "draw_agreement",
    "draw_places",
    "draw_settlement",
    "draw_up",
    "drop_settlement",
    "mark_missed",
    "nearest",
    "note_purchase",
    "open_items",
    "order",
    "order_from_need",
    "plan_shifts",
    "publish_sheet",
    "redeliver",
    "report_incident",
    "serve",
    "serve_orders",
    "settle_paid",
    "take_off_sheet",
    "take_over_items",
    "wish",
    "withdraw",
    "withdraw_claim",
    "write_item",
]

"""The menu, orders, work sheets with their claims, service points, wishes."""

from linli.apps.ordering.models.catalog import Audience, CatalogItem, ItemState, Rule, ServicePoint, Wish
from linli.apps.ordering.models.claim import Claim, ClaimState, Contractor
from linli.apps.ordering.models.order import HOLDS, LIVING, Channel, Order, OrderRun, OrderState, Portion
from linli.apps.ordering.models.sheet import Method, SheetNeed, SheetOrder, SheetRun, SheetState, WorkSheet

__all__ = [
    "HOLDS",
    "LIVING",
    "Audience",
    "CatalogItem",
    "Channel",
    "Claim",
    "ClaimState",
    "Contractor",
    "ItemState",
    "Method",
    "Order",
    "OrderRun",
    "OrderState",
    "Portion",
    "Rule",
    "ServicePoint",
    "SheetNeed",
    "SheetOrder",
    "SheetRun",
    "SheetState",
    "Wish",
    "WorkSheet",
]

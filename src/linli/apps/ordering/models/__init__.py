"""The menu, orders, service points, wishes."""

from linli.apps.ordering.models.catalog import Audience, CatalogItem, ItemState, Rule, ServicePoint, Wish
from linli.apps.ordering.models.order import HOLDS, LIVING, Channel, Order, OrderRun, OrderState, Portion

__all__ = [
    "HOLDS",
    "LIVING",
    "Audience",
    "CatalogItem",
    "Channel",
    "ItemState",
    "Order",
    "OrderRun",
    "OrderState",
    "Portion",
    "Rule",
    "ServicePoint",
    "Wish",
]

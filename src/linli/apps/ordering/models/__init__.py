"""The menu, orders, work sheets with their claims, delivery, settlement, service points, wishes."""

from linli.apps.ordering.models.acceptance import (
    WITHIN,
    Acceptance,
    AcceptanceResult,
    Defect,
    Grade,
    Incident,
    IncidentKind,
    Receipt,
)
from linli.apps.ordering.models.catalog import Audience, CatalogItem, ItemState, Rule, ServicePoint, Wish
from linli.apps.ordering.models.claim import Claim, ClaimState, Contractor
from linli.apps.ordering.models.order import HOLDS, LIVING, Channel, Order, OrderRun, OrderState, Portion
from linli.apps.ordering.models.settlement import Account, Settlement, SettlementState
from linli.apps.ordering.models.sheet import Method, SheetNeed, SheetOrder, SheetRun, SheetState, WorkSheet
from linli.apps.ordering.models.shift import TWO, WEEKDAYS, CheckWay, Shift, ShiftCheck, ShiftPlan, ShiftState

__all__ = [
    "HOLDS",
    "LIVING",
    "TWO",
    "WEEKDAYS",
    "WITHIN",
    "Acceptance",
    "AcceptanceResult",
    "Account",
    "Audience",
    "CatalogItem",
    "Channel",
    "CheckWay",
    "Claim",
    "ClaimState",
    "Contractor",
    "Defect",
    "Grade",
    "Incident",
    "IncidentKind",
    "ItemState",
    "Method",
    "Order",
    "OrderRun",
    "OrderState",
    "Portion",
    "Receipt",
    "Rule",
    "ServicePoint",
    "Settlement",
    "SettlementState",
    "SheetNeed",
    "SheetOrder",
    "SheetRun",
    "SheetState",
    "Shift",
    "ShiftCheck",
    "ShiftPlan",
    "ShiftState",
    "Wish",
    "WorkSheet",
]

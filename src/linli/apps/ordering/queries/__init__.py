"""Reads of ordering."""

from linli.apps.ordering.queries.directory import directory, pages_of
from linli.apps.ordering.queries.giving import Seen, before_award, methods_for, what_bars
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
from linli.apps.ordering.queries.sheets import (
    STAGES,
    claims_visible_to,
    contractors_visible_to,
    organizations_of,
    public_sheets,
    sheets_visible_to,
    stages_of,
)

__all__ = [
    "MINUTES_ON_FOOT",
    "SMALLEST",
    "STAGES",
    "WALKED_METRES",
    "Heat",
    "Nearby",
    "Seen",
    "before_award",
    "claims_visible_to",
    "contractors_visible_to",
    "demand",
    "directory",
    "heat_of",
    "items_visible_to",
    "methods_for",
    "on_the_menu",
    "orders_visible_to",
    "organizations_of",
    "pages_of",
    "points_near",
    "points_visible_to",
    "public_sheets",
    "sheets_visible_to",
    "stages_of",
    "waiting_line",
    "what_bars",
    "wishes_visible_to",
]

"""Reads of work sheets, claims and contractors."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from linli.apps.needs.models import OPEN as OPEN_NEEDS
from linli.apps.needs.models import Need
from linli.apps.needs.queries import visible_to as needs_visible_to
from linli.apps.ordering.models import Claim, Contractor, Order, OrderState, SheetState, WorkSheet
from linli.apps.ordering.permissions import CLAIMERS, READERS
from linli.kernel.scope import Actor

PUBLIC = (
    SheetState.PUBLISHED, SheetState.CLAIMED, SheetState.UNDER_WAY, SheetState.ACCEPTED, SheetState.SETTLED,
)  # fmt: skip
STAGES: tuple[tuple[str, tuple[SheetState, ...]], ...] = (
    ("draw", (SheetState.DRAFT, SheetState.DISCUSSED)),
    ("claim", (SheetState.PUBLISHED, SheetState.CLAIMED)),
    ("buy", (SheetState.UNDER_WAY, SheetState.ACCEPTED, SheetState.SETTLED)),
)
"""States of a sheet by the stages after ordering: 制, 承, 买."""


def public_sheets() -> QuerySet[WorkSheet]:
    """Sheets everybody reads. Nothing of them names a resident."""
    return WorkSheet.objects.filter(state__in=PUBLIC).select_related("place", "street")


def sheets_visible_to(actor: Actor | None, rows: QuerySet[WorkSheet] | None = None) -> QuerySet[WorkSheet]:
    """Sheets of the places where the actor's posts reach; published ones for whoever may claim."""
    rows = WorkSheet.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    seen = Q(place__in=actor.reach(*READERS).places)
    if organizations_of(actor).exists():
        seen |= Q(state__in=PUBLIC)
    return rows.filter(seen)


def organizations_of(actor: Actor) -> QuerySet[Any]:
    """The organizations the actor speaks for."""
    return actor.reach(*CLAIMERS).organizations


def claims_visible_to(actor: Actor | None, rows: QuerySet[Claim] | None = None) -> QuerySet[Claim]:
    """Claims on the sheets of the actor's places, and those of the organizations he speaks for."""
    rows = Claim.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(Q(sheet__place__in=actor.reach(*READERS).places) | Q(organization__in=organizations_of(actor)))


def contractors_visible_to(actor: Actor | None, rows: QuerySet[Contractor] | None = None) -> QuerySet[Contractor]:
    """Contractors of the actor's places, and the organizations he speaks for."""
    rows = Contractor.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(Q(sheet__place__in=actor.reach(*READERS).places) | Q(organization__in=organizations_of(actor)))


PUTTABLE = 200
"""As many orders, and as many needs, are offered at a time."""


def puttable_orders(sheet: WorkSheet) -> QuerySet[Order]:
    """Orders of the sheet's community and kind that have a place and stand on no sheet, the first first."""
    rows = Order.objects.filter(item__place=sheet.place_id, item__kind=sheet.kind, state=OrderState.GIVEN)
    return rows.select_related("item").order_by("asked_at", "id")


def puttable_needs(sheet: WorkSheet, actor: Actor | None) -> QuerySet[Need]:
    """Needs of the sheet's community that the actor sees, that somebody still has to act on and no sheet has."""
    rows = Need.objects.filter(place=sheet.place_id, state__in=OPEN_NEEDS, on_sheet__isnull=True)
    return needs_visible_to(actor, rows).order_by("received_at", "id")


def stages_of(rows: QuerySet[WorkSheet]) -> dict[str, int]:
    """How many of ``rows`` stand in each stage after ordering. One query."""
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {stage: sum(counted.get(state, 0) for state in states) for stage, states in STAGES}

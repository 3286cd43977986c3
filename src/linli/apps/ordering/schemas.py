"""Shapes of the menu and of orders in the interface for other systems: no name, no telephone, no door."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.ordering.models import (
    AcceptanceResult,
    Audience,
    ClaimState,
    ItemState,
    Method,
    OrderState,
    Rule,
    SettlementState,
)
from linli.kernel.api import NOT_GIVEN, Day, Paging

SAID = r"^[^\x00-\x1f]*[^\s\x00-\x20\x7f-\xa0][^\x00-\x1f]*$"
"""A name that says something, on one line."""
Stage = Literal["draft", "discussed", "published", "claimed", "under_way", "accepted", "settled", "cancelled"]
"""The states of a work sheet, spelled out: another app has shapes of the same name."""


class MenuItemOut(Schema):
    """One service on the menu of a community and month."""

    id: UUID
    place_id: UUID
    month: date
    kind: str
    title: str
    about: str
    when: str
    unit: str
    price: Decimal
    audience: Audience
    quota: int
    capacity: int | None
    taken: int
    rule: Rule
    provider_id: UUID | None
    no_selling: bool
    state: ItemState
    seed: str
    drawn_at: datetime | None


class MenuAsked(Paging):
    """Which services."""

    state: ItemState = Field(NOT_GIVEN, description="Only in this state")
    place: UUID = Field(NOT_GIVEN, description="Only of this community")
    month: Day = Field(NOT_GIVEN, description="Only of the month in which this day lies")


class OrderOut(Schema):
    """One order. Who ordered stays sealed; which building is told, never which door."""

    id: UUID
    number: str
    item_id: UUID
    place_id: UUID = Field(alias="item.place_id")
    need_id: UUID | None
    building_id: UUID | None
    quantity: int
    channel: Literal["portal", "phone", "worker", "need"]
    state: OrderState
    asked_at: datetime
    confirmed_at: datetime | None
    declares_relative: bool

    @staticmethod
    def resolve_declares_relative(row: Any) -> bool:
        return bool(row.relative_of)


class OrdersAsked(Paging):
    """Which orders."""

    state: OrderState = Field(NOT_GIVEN, description="Only in this state")
    item: UUID = Field(NOT_GIVEN, description="Only of this service")
    place: UUID = Field(NOT_GIVEN, description="Only of this community")


class OrderIn(Schema):
    """An order that a hotline or another system took for somebody."""

    item: UUID
    name: str = Field(max_length=40, pattern=SAID)
    phone: str = Field("", max_length=20)
    door: str = Field("", max_length=120)
    quantity: int = Field(1, ge=1, le=99)
    wished: str = Field("", max_length=80)
    note: str = Field("", max_length=200)
    in_hardship: bool = False
    relative_of: str = Field("", max_length=60)


class OrderTaken(Schema):
    """What was ordered; ``waiting`` where there is no place yet. The code opens the resident's own page."""

    id: UUID
    number: str
    state: OrderState
    code: str = Field(alias="pass_code")


class ContractorOut(Schema):
    """An organization that took a sheet on; the shares of a sheet sum to 100."""

    organization_id: UUID
    organization: str = Field(alias="organization.name")
    share: int
    amount: Decimal
    commitment_number: str | None = Field(None, alias="commitment.number")

    @staticmethod
    def resolve_commitment_number(row: Any) -> str | None:
        return row.commitment.number if row.commitment else None


class WorkSheetOut(Schema):
    """One work sheet; nothing of it names a resident."""

    id: UUID
    number: str
    place_id: UUID
    title: str
    kind: str
    month: date | None
    content: str
    venue: str
    starts: date
    ends: date
    quantity: int
    unit: str
    criteria: str
    ceiling: Decimal
    fund_id: UUID | None
    method: Method
    method_source: str
    outside_notice: str
    places: int
    taken: int
    state: Stage
    published_on: date | None
    awarded_on: date | None
    award_reason: str
    contractors: list[ContractorOut]

    @staticmethod
    def resolve_contractors(row: Any) -> list[Any]:
        return list(row.contractors.all())


class SheetsAsked(Paging):
    """Which work sheets."""

    state: Stage = Field(NOT_GIVEN, description="Only in this state")
    place: UUID = Field(NOT_GIVEN, description="Only of this community")


class ClaimOut(Schema):
    """An offer of an organization to take a sheet on."""

    id: UUID
    sheet_id: UUID
    organization_id: UUID
    organization: str = Field(alias="organization.name")
    price: Decimal
    plan: str
    ties: str
    state: ClaimState
    made_at: datetime


class ClaimsAsked(Paging):
    """Which claims."""

    sheet: UUID = Field(NOT_GIVEN, description="Only of this sheet")
    state: ClaimState = Field(NOT_GIVEN, description="Only in this state")


class DefectOut(Schema):
    """Something to be put right until a day, and the day on which it was."""

    what: str
    due: date
    redelivered_on: date | None


class AcceptanceOut(Schema):
    """What a contractor delivered from a day to a day; of recipients only how many spoke and how many were satisfied.

    ``amount`` and ``settlement`` are null until it is settled.
    """

    id: UUID
    sheet_id: UUID
    organization_id: UUID = Field(alias="contractor.organization_id")
    organization: str = Field(alias="contractor.organization.name")
    number: int
    since: date
    until: date
    delivered: int
    asked: int
    satisfied: int
    result: AcceptanceResult
    accepted_on: date
    defects: list[DefectOut]
    amount: Decimal | None
    settlement: SettlementState | None

    @staticmethod
    def resolve_defects(row: Any) -> list[Any]:
        return list(row.defects.all())

    @staticmethod
    def resolve_amount(row: Any) -> Decimal | None:
        return row.settlement.amount if hasattr(row, "settlement") else None

    @staticmethod
    def resolve_settlement(row: Any) -> SettlementState | None:
        return row.settlement.state if hasattr(row, "settlement") else None


class AcceptancesAsked(Paging):
    """Which acceptances."""

    sheet: UUID = Field(NOT_GIVEN, description="Only of this sheet")
    result: AcceptanceResult = Field(NOT_GIVEN, description="Only with this result")

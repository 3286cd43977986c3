"""Shapes of agreements in the interface for other systems: what was agreed, not who wrote or said what about it."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.agreements.models import AgreementState, Mode, Side
from linli.kernel.api import NOT_GIVEN, Paging


class PartyOut(Schema):
    """One of the parties as the paper names it."""

    side: Side
    organization_id: UUID | None
    name: str
    credit_code: str
    role: str


class PartOut(Schema):
    """One instalment: per cent, sum in yuan, condition."""

    number: int
    share: Decimal
    amount: Decimal
    condition: str


class IndicatorOut(Schema):
    """What is to be reached, how much of it, by when."""

    number: int
    name: str
    target: str
    unit: str
    due: date | None


class AgreementOut(Schema):
    """One agreement with its number, its grounds and what it pays."""

    id: UUID
    street_id: UUID
    number: str
    year: int
    title: str
    subject_kind: str
    subject_id: UUID
    grounds_kind: str
    grounds_id: UUID
    commitment_number: str | None = Field(None, alias="commitment.number")
    amount: Decimal
    mode: Mode
    begins_on: date
    ends_on: date
    state: AgreementState
    drawn_up_at: datetime
    archived_on: date | None
    parties: list[PartyOut]


class AgreementFull(AgreementOut):
    """The same with what is done, its parts and its indicators."""

    content: str
    parts: list[PartOut]
    indicators: list[IndicatorOut]


class AgreementsAsked(Paging):
    """Which agreements."""

    state: AgreementState = Field(NOT_GIVEN, description="Only in this state")
    year: int = Field(NOT_GIVEN, ge=2000, le=2199, description="Only of this year")
    street: UUID = Field(NOT_GIVEN, description="Only of this street")
    subject: UUID = Field(NOT_GIVEN, description="Only about this record")

"""Shapes of spending in the interface for other systems: what was bought for how much; accounts and fees stay here."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.ledger.models import ExpenditureState
from linli.kernel.api import NOT_GIVEN, Paging


class ExpenditureOut(Schema):
    """One spending of a commitment. ``came_back`` of it was given back afterwards."""

    id: UUID
    commitment_id: UUID
    commitment_number: str = Field(alias="commitment.number")
    number: str
    line: str | None = Field(None, alias="line.item")
    kind: str
    amount: Decimal
    came_back: Decimal
    purpose: str
    spent_on: date
    paid_on: date | None
    state: ExpenditureState
    drafted_at: datetime


class ExpendituresAsked(Paging):
    """Which spending."""

    state: ExpenditureState = Field(NOT_GIVEN, description="Only in this state")
    commitment: UUID = Field(NOT_GIVEN, description="Only of this commitment")

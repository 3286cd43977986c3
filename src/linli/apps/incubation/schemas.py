"""Shapes of months and stars in the interface for other systems: what organizations have, never who rated."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.incubation.models import MonthSheet, SheetState, StarState
from linli.kernel.api import NOT_GIVEN, Day, Paging


class MonthMarkOut(Schema):
    """One criterion of a month: its top mark, the mark that counts, what shows it."""

    number: int
    code: str
    top: Decimal
    mark: Decimal | None
    why: str


class MonthOut(Schema):
    """One organization's month of ten points; the line it is held to once it is published."""

    id: UUID
    organization_id: UUID
    street_id: UUID
    month: date
    rubric: str
    state: SheetState
    total: Decimal | None
    line: Decimal | None
    below: bool
    published_at: datetime | None
    final_at: datetime | None

    @staticmethod
    def resolve_below(sheet: MonthSheet) -> bool:
        """Whether it lies below the line it was published against."""
        return sheet.is_below


class MonthFull(MonthOut):
    """The same with its seven criteria."""

    marks: list[MonthMarkOut]


class MonthsAsked(Paging):
    """Which months."""

    organization: UUID = Field(NOT_GIVEN, description="Only of this organization")
    month: Day = Field(NOT_GIVEN, description="Only this month, named by its first day")
    state: SheetState = Field(NOT_GIVEN, description="Only in this state")


class StarRatingOut(Schema):
    """One organization's stars of a year with every step; 0 is none."""

    id: UUID
    organization_id: UUID
    year: int = Field(alias="round.year")
    state: StarState = Field(alias="round.state")
    formula: str = Field(alias="round.formula")
    months: int
    mean: Decimal | None
    party: Decimal | None
    passed: bool
    review: Decimal | None
    points: Decimal | None
    stars: int
    steps: list[str]
    valid_from: date | None = Field(alias="round.valid_from")
    valid_to: date | None = Field(alias="round.valid_to")


class StarsAsked(Paging):
    """Which stars."""

    organization: UUID = Field(NOT_GIVEN, description="Only of this organization")
    year: int = Field(NOT_GIVEN, ge=2000, le=2199, description="Only of this year")

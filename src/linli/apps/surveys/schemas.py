"""Shapes of surveys in the interface for other systems: tables only, no answer of anybody."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.surveys.models import SurveyState
from linli.kernel.api import NOT_GIVEN, Paging


class SurveyOut(Schema):
    """One survey: where, until when, in which state."""

    id: UUID
    title: str
    place_id: UUID
    state: SurveyState
    last_day: date
    drafted_at: datetime


class LineOut(Schema):
    """What was counted about one subject in one way; shares from 0 to 1, None where nobody answered."""

    subject: str
    way: str
    asked: int
    returned: int
    valid: int
    satisfied: int
    grades: list[int]
    rate: Decimal | None
    low: Decimal | None
    high: Decimal | None
    in_presence: int


class SurveyTable(SurveyOut):
    """The same with its table; empty until the survey is closed."""

    lines: list[LineOut]


class SurveysAsked(Paging):
    """Which surveys."""

    state: SurveyState = Field(NOT_GIVEN, description="Only in this state")
    place: UUID = Field(NOT_GIVEN, description="Only of this place")

"""Shapes of reviews and their results in the interface for other systems: no judge, no sheet, no room code."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.reviews.models import Mode, Purpose, SessionState
from linli.kernel.api import NOT_GIVEN, Day, Paging


class SessionOut(Schema):
    """One review: what is judged, how, by which version of which rubric."""

    id: UUID
    place_id: UUID
    title: str
    purpose: Purpose
    venue: str
    first_day: date
    last_day: date
    mode: Mode
    rubric: str | None = Field(None, alias="rubric.rubric.name")
    rubric_version: int | None = Field(None, alias="rubric.number")
    ranks_across: bool
    pass_mark: Decimal | None
    state: SessionState
    started_at: datetime | None
    closed_at: datetime | None


class SessionsAsked(Paging):
    """Which reviews."""

    state: SessionState = Field(NOT_GIVEN, description="Only in this state")
    purpose: Purpose = Field(NOT_GIVEN, description="Only for this purpose")
    since: Day = Field(NOT_GIVEN, description="Only those that begin on this day or later")
    until: Day = Field(NOT_GIVEN, description="Only those that begin on this day or earlier")


class ResultOut(Schema):
    """What came out for one entry, as it was revealed; ``rank`` counts those revealed in its panel or over all.

    ``dropped`` holds the highest and the lowest total that were left out; ``passed`` is null where no line is set or
    the chair still chooses among equals.
    """

    id: UUID = Field(alias="entry.id")
    session_id: UUID = Field(alias="entry.session_id")
    panel_id: UUID | None = Field(None, alias="entry.panel_id")
    panel: str | None = Field(None, alias="entry.panel.name")
    number: int = Field(alias="entry.number")
    title: str = Field(alias="entry.title")
    subject_kind: str = Field(alias="subject.kind")
    subject_id: UUID = Field(alias="subject.id")
    score: Decimal | None
    rank: int | None
    tied: bool
    dropped: list[Decimal] | None
    counted: int | None
    yes: int | None
    yes_again: int | None = Field(None, alias="entry.yes_again")
    verdict: str
    passed: bool | None
    revealed_at: datetime = Field(alias="entry.revealed_at")


class ResultsAsked(Paging):
    """Which results."""

    session: UUID = Field(NOT_GIVEN, description="Only of this review")
    panel: UUID = Field(NOT_GIVEN, description="Only of this panel")
    subject: UUID = Field(NOT_GIVEN, description="Only about this record")

"""Shapes of activities in the interface for other systems: dates and how many came, never who."""

import re
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import BeforeValidator, Field

from linli.apps.activities.models import OccurrenceState
from linli.kernel.api import NOT_GIVEN, Paging


def written_day(value: object) -> object:
    """A day as year-month-day and in no other way; a bare number would be read as seconds since 1970."""
    if isinstance(value, str) and not WRITTEN.fullmatch(value):
        message = "a day is written as 2026-11-22"
        raise ValueError(message)
    return value


WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}")
Day = Annotated[date, BeforeValidator(written_day)]


class DateOut(Schema):
    """One date of an activity; ``came`` counts heads or signatures, whichever are more."""

    id: UUID
    activity_id: UUID
    title: str = Field(alias="activity.title")
    kind: str = Field(alias="activity.kind")
    place_id: UUID = Field(alias="activity.place_id")
    venue: str = Field(alias="activity.venue")
    subject_kind: str = Field(alias="activity.subject_kind")
    subject_id: UUID | None = Field(None, alias="activity.subject_id")
    starts: datetime
    ends: datetime
    capacity: int | None
    state: OccurrenceState
    came: int = Field(alias="person_times")


class DatesAsked(Paging):
    """Which dates."""

    state: OccurrenceState = Field(NOT_GIVEN, description="Only in this state")
    since: Day = Field(NOT_GIVEN, description="Only from this day on")
    subject: UUID = Field(NOT_GIVEN, description="Only for this record")

"""Shapes of activities in the interface for other systems: dates and how many came, never who."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.activities.models import OccurrenceState
from linli.kernel.api import NOT_GIVEN, Paging


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
    since: date = Field(NOT_GIVEN, description="Only from this day on")
    subject: UUID = Field(NOT_GIVEN, description="Only for this record")

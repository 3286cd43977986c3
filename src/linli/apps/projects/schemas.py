"""Shapes of projects in the interface for other systems: what is carried out and how far it is, never who came."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.projects.models import ProjectKind, ProjectState
from linli.kernel.api import NOT_GIVEN, Paging


class MilestoneOut(Schema):
    """One step with the day it is due and the day it was reached."""

    number: int
    title: str
    due: date
    reached_on: date | None


class ProjectIndicatorOut(Schema):
    """What is counted, from where to where, and the latest figure."""

    number: int
    name: str
    unit: str
    baseline: Decimal
    target: Decimal
    actual: Decimal | None
    actual_on: date | None
    due: date


class ProjectOut(Schema):
    """One project with its number, who carries it out, its term and its money."""

    id: UUID
    number: str
    title: str
    year: int
    street_id: UUID
    place_id: UUID
    kind: ProjectKind
    bearer_id: UUID | None
    bearer_place_id: UUID | None
    proposal_id: UUID | None
    commitment_id: UUID | None
    amount: Decimal
    own: Decimal
    starts_on: date
    ends_on: date
    state: ProjectState
    ended_on: date | None


class ProjectFull(ProjectOut):
    """The same with what is done, its milestones and its indicators."""

    goal: str
    content: str
    milestones: list[MilestoneOut]
    indicators: list[ProjectIndicatorOut]


class ProjectsAsked(Paging):
    """Which projects."""

    state: ProjectState = Field(NOT_GIVEN, description="Only in this state")
    year: int = Field(NOT_GIVEN, ge=2000, le=2199, description="Only of this year")
    place: UUID = Field(NOT_GIVEN, description="Only of this community")

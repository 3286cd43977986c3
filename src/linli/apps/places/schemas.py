"""Shapes of places in the interface for other systems."""

from datetime import date
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.places.models import Level
from linli.kernel.api import NOT_GIVEN, Paging


class PlaceOut(Schema):
    """One place; ``parent_id`` and ``street_id`` are null for the district."""

    id: UUID
    code: str
    name: str
    level: Level
    parent_id: UUID | None
    street_id: UUID | None
    valid_from: date
    valid_to: date | None


class PlacesAsked(Paging):
    """Which places."""

    level: Level = Field(NOT_GIVEN, description="Only of this level")
    parent: UUID = Field(NOT_GIVEN, description="Only directly below this place")

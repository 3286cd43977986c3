"""Shapes of needs in the interface for other systems: no name, no telephone, no address finer than the place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.needs.models import Channel, NeedState, Route
from linli.kernel.api import NOT_GIVEN, Paging


class NeedOut(Schema):
    """One need. Contact stays sealed; a complaint is shown only to whom the wall lets know."""

    id: UUID
    number: str
    street_id: UUID
    place_id: UUID
    channel: Channel
    category: str | None = Field(None, alias="category.code")
    title: str
    matter: str
    state: NeedState
    route: Route | None
    received_at: datetime
    first_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    promised: datetime | None
    reopened: int

    @staticmethod
    def resolve_category(need: Any) -> str | None:
        return need.category.code if need.category else None

    @staticmethod
    def resolve_route(need: Any) -> str | None:
        return need.route or None


class NeedsAsked(Paging):
    """Which needs."""

    state: NeedState = Field(NOT_GIVEN, description="Only in this state")
    channel: Channel = Field(NOT_GIVEN, description="Only that came in this way")
    place: UUID = Field(NOT_GIVEN, description="Only of this place")


class NeedIn(Schema):
    """A need from another system."""

    street: UUID
    matter: str = Field(min_length=1, max_length=20_000)
    title: str = Field("", max_length=80)
    place: UUID | None = None
    category: str = Field("", max_length=24, description="Code of a category")
    name: str = Field("", max_length=60)
    phone: str = Field("", max_length=30)
    spot: str = Field("", max_length=120)


class NeedReceived(Schema):
    """What was taken in; the code follows it and is shown once."""

    id: UUID
    number: str
    code: str
    promised: datetime

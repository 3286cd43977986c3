"""Shapes of contact cards in the interface for other systems."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

from linli.apps.people.services.cards import LONGEST, TELEPHONE
from linli.kernel.api import NOT_GIVEN, Paging
from linli.kernel.publication import PublicationState

SAID = r"^[^\x00]*[^\s\x00][^\x00]*$"
"""Text that says something."""
PHONE = f"^({TELEPHONE.pattern})$".replace(r"\d", "[0-9]")


class CardOut(Schema):
    """One contact card; ``verbs`` are what the owner of the token may do with it now."""

    id: UUID
    community_id: UUID
    title: str
    office: str
    phone: str
    hours: str
    body: str
    version: int
    state: PublicationState
    changed_at: datetime
    public_at: datetime | None
    verbs: list[str]


class CardIn(Schema):
    """A new card: an office and its telephone, never a person's own number."""

    model_config = ConfigDict(extra="forbid", strict=True)
    community: Annotated[UUID, Field(strict=False)]
    title: str = Field(max_length=LONGEST["title"], pattern=SAID)
    office: str = Field(max_length=LONGEST["office"], pattern=SAID)
    phone: str = Field(max_length=20, pattern=PHONE)
    hours: str = Field(max_length=LONGEST["hours"], pattern=SAID)
    body: str = Field("", max_length=LONGEST["body"], pattern=r"^[^\x00]*$")


class CardSeen(Schema):
    """Which text the sender has read."""

    model_config = ConfigDict(extra="forbid", strict=True)
    version: int = Field(ge=1, le=2_000_000_000)


class CardsAsked(Paging):
    """Which cards."""

    state: PublicationState = Field(NOT_GIVEN, description="Only in this state")
    community: UUID = Field(NOT_GIVEN, description="Only of this community")

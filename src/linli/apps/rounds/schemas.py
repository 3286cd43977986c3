"""Shapes of rounds and proposals in the interface for other systems."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from linli.apps.rounds.models import Admission, BallotKind, ChoiceState, ProposalState, RoundKind, RoundState
from linli.kernel.api import NOT_GIVEN, Paging


class RoundOut(Schema):
    """One round."""

    id: UUID
    place_id: UUID
    programme_id: UUID
    template: str
    title: str
    kind: RoundKind
    year: int
    number: int
    state: RoundState
    is_sealed: bool
    unsealed_at: datetime | None


class RoundsAsked(Paging):
    """Which rounds."""

    state: RoundState = Field(NOT_GIVEN, description="Only in this state")
    year: int = Field(NOT_GIVEN, ge=2000, le=2199, description="Only of this year")


class ProposalOut(Schema):
    """One proposal without names and telephones; sealed ones are nobody's but their proposers'."""

    id: UUID
    round_id: UUID
    place_id: UUID
    serial: str
    title: str
    state: ProposalState
    provider: str
    is_brand: bool
    starts_on: date | None
    ends_on: date | None
    beneficiary_count: int | None
    asked: Decimal
    own: Decimal
    submitted_at: datetime | None


class ProposalsAsked(Paging):
    """Which proposals."""

    round: UUID = Field(NOT_GIVEN, description="Only of this round")
    state: ProposalState = Field(NOT_GIVEN, description="Only in this state")


class AwardOut(Schema):
    """The support that stands for one proposal, with the decision it rests on."""

    id: UUID
    proposal_id: UUID
    amount: Decimal
    decision_id: UUID = Field(alias="line.decision_id")
    decided_on: date = Field(alias="line.decision.held_on")
    minutes_number: str = Field(alias="line.decision.minutes_number")
    commitment_number: str = Field(alias="commitment.number")


class AwardsAsked(Paging):
    """Which awards."""

    round: UUID = Field(NOT_GIVEN, description="Only of this round")


class ChosenOut(Schema):
    """One project on the ballot; votes and points are null until the choice is counted."""

    proposal_id: UUID
    number: int
    asked: Decimal
    votes: int | None
    points: int | None


class ChoiceOut(Schema):
    """A residents' choice: its terms, the part of the score a decision gave it (0: for reference), its counts."""

    id: UUID
    round_id: UUID
    kind: BallotKind
    most: int
    admission: Admission
    state: ChoiceState
    share: Decimal
    eligible: int | None
    cast: int | None
    projects: list[ChosenOut]


class ChoicesAsked(Paging):
    """Which choices."""

    round: UUID = Field(NOT_GIVEN, description="Only of this round")

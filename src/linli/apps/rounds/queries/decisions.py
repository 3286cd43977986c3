"""Reads of decisions and awards."""

from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet, Sum

from linli.apps.rounds.models import Award, Decision, DecisionLine, Round
from linli.apps.rounds.queries.proposals import visible_to as proposals_visible_to
from linli.apps.rounds.queries.rounds import visible_to as rounds_visible_to
from linli.kernel.scope import Actor

NOTHING = Decimal(0)


def standing_awards(intake: Round) -> QuerySet[Award]:
    """The awards of a round that stand, in the order decided, with proposal and decision."""
    rows = Award.objects.filter(proposal__round=intake, ended_by__isnull=True)
    return rows.select_related("proposal__place", "proposal__category", "line__decision", "commitment").order_by(
        "proposal__serial"
    )


def given_in(intake: Round) -> Decimal:
    """What the standing awards of a round sum to, in yuan. One query."""
    total: Decimal = standing_awards(intake).order_by().aggregate(total=Sum("amount"))["total"] or NOTHING
    return total


def decisions_of(intake: Round) -> list[Decision]:
    """The decisions of a round with their lines, the first one first. Two queries."""
    rows = intake.decisions.select_related("plan", "fund").order_by("number")
    return list(rows.prefetch_related("lines__proposal"))


def story_of(proposal_id: UUID) -> list[DecisionLine]:
    """Every line ever decided on a proposal, the oldest first. One query."""
    rows = DecisionLine.objects.filter(proposal=proposal_id).select_related("decision")
    return list(rows.order_by("decision__made_at", "position"))


def decisions_visible_to(actor: Actor | None, rows: QuerySet[Decision] | None = None) -> QuerySet[Decision]:
    """Decisions of rounds the actor reads; minutes are for staff, not for proposers."""
    rows = Decision.objects.all() if rows is None else rows
    return rows.filter(round__in=rounds_visible_to(actor).order_by().values("pk"))


def awards_visible_to(actor: Actor | None, rows: QuerySet[Award] | None = None) -> QuerySet[Award]:
    """Awards of proposals the actor may see."""
    rows = Award.objects.all() if rows is None else rows
    return rows.filter(proposal__in=proposals_visible_to(actor).order_by().values("pk"))

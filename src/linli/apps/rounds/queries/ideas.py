"""Reads of ideas and of who coaches where."""

from django.db.models import Q, QuerySet

from linli.apps.rounds.models import (
    EDITABLE,
    AgencyAssignment,
    CoachingVisit,
    Idea,
    IdeaState,
    Proposal,
    Round,
    RoundState,
)
from linli.apps.rounds.permissions import COUNTERS, SETTERS, SPEAKERS
from linli.kernel.scope import Actor


def ideas_visible_to(actor: Actor | None, rows: QuerySet[Idea] | None = None) -> QuerySet[Idea]:
    """The actor's own ideas, those of the communities he works for, those his agency coaches."""
    rows = Idea.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    seen = Q(user=actor.actor_id) | Q(place__in=actor.reach(*COUNTERS, *SETTERS).places)
    mine = AgencyAssignment.objects.order_by().filter(agency__in=actor.reach(*SPEAKERS).organizations)
    for round_id, community in mine.values_list("round", "community"):
        seen |= Q(round=round_id, place=community)
    return rows.filter(seen)


def told_by(actor: Actor) -> QuerySet[Idea]:
    """The ideas the actor told with his account, the latest first."""
    return Idea.objects.filter(user=actor.actor_id).select_related("round", "place", "proposal")


def coached_by(actor: Actor) -> tuple[QuerySet[Idea], QuerySet[Proposal]]:
    """What the agencies look after for whom the actor speaks, in rounds that run: ideas not yet proposals, and
    proposals still being written."""
    agencies = actor.reach(*SPEAKERS).organizations
    mine = AgencyAssignment.objects.filter(agency__in=agencies, round__state=RoundState.OPEN).order_by()
    here = Q(pk__in=[])
    for round_id, community in mine.values_list("round", "community"):
        here |= Q(round=round_id, place=community)
    ideas = Idea.objects.filter(here, state__in=(IdeaState.NEW, IdeaState.COACHED))
    proposals = Proposal.objects.filter(here, state__in=EDITABLE)
    return ideas.select_related("round", "place"), proposals.select_related("round", "place").order_by("place__code")


def assignments_of(intake: Round) -> list[AgencyAssignment]:
    """Which agency looks after which community. One query."""
    rows = AgencyAssignment.objects.filter(round=intake).select_related("agency", "community")
    return list(rows.order_by("agency__name", "community__code"))


def visits_of(about: Idea | Proposal) -> list[CoachingVisit]:
    """What was coached, the oldest first; a proposal's story begins with its idea's. One query."""
    wanted = Q(idea=about) if isinstance(about, Idea) else Q(proposal=about) | Q(idea__proposal=about)
    return list(CoachingVisit.objects.filter(wanted).select_related("agency").order_by("held_on", "id"))

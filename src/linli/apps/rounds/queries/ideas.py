"""Reads of ideas and of who coaches where."""

from django.db.models import Q, QuerySet

from linli.apps.rounds.models import AgencyAssignment, CoachingVisit, Idea, Proposal, Round
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


def assignments_of(intake: Round) -> list[AgencyAssignment]:
    """Which agency looks after which community. One query."""
    rows = AgencyAssignment.objects.filter(round=intake).select_related("agency", "community")
    return list(rows.order_by("agency__name", "community__code"))


def visits_of(about: Idea | Proposal) -> list[CoachingVisit]:
    """What was coached, the oldest first; a proposal's story begins with its idea's. One query."""
    wanted = Q(idea=about) if isinstance(about, Idea) else Q(proposal=about) | Q(idea__proposal=about)
    return list(CoachingVisit.objects.filter(wanted).select_related("agency").order_by("held_on", "id"))

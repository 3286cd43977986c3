"""Reads of projects and what they are held to: the one cut through which every door looks."""

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from linli.apps.projects.models import Evidence, Milestone, Project
from linli.apps.projects.permissions import READERS, SPEAKERS
from linli.apps.rounds.models import Award
from linli.kernel.scope import Actor


def visible_to(actor: Actor | None, rows: QuerySet[Project] | None = None) -> QuerySet[Project]:
    """Projects where the actor's post reads; those his organization carries out or supports."""
    rows = Project.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    mine = actor.reach(*SPEAKERS).organizations
    return rows.filter(Q(place__in=actor.reach(*READERS).places) | Q(bearer__in=mine) | Q(agency__in=mine))


def projects_of(proposals: list[UUID]) -> QuerySet[Project]:
    """The projects that came out of these proposals. One query."""
    return Project.objects.filter(proposal__in=proposals)


def milestones_of(project: Project) -> list[Milestone]:
    """The milestones with their evidence, in order. Two queries."""
    evidence = Prefetch("evidence", Evidence.objects.order_by("number"))
    return list(Milestone.objects.filter(project=project).order_by("number").prefetch_related(evidence))


def awards_to_begin(actor: Actor | None) -> QuerySet[Award]:
    """Standing awards, uncontested and shown to the public, whose project has not begun, where the actor reads."""
    if actor is None:
        return Award.objects.none()
    rows = Award.objects.filter(ended_by__isnull=True, contested="", proposal__project__isnull=True)
    rows = rows.filter(proposal__place__in=actor.reach(*READERS).places)
    return rows.select_related("proposal__place", "proposal__round", "line__decision").order_by("proposal__serial")

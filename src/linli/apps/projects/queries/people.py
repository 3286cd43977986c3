"""Whom a project concerns: the accounts that speak for its bearer today."""

from uuid import UUID

from linli.apps.people.queries import holders, speakers_of
from linli.apps.projects.models import Project
from linli.apps.projects.permissions import COUNTERS, SPEAKERS


def told_about(project: Project) -> list[UUID]:
    """Ids of whoever speaks for the bearer, and of the workers of the community. Two queries."""
    found = set(holders(COUNTERS, project.bearer_place or project.place))
    if project.bearer_id:
        found.update(speakers_of(SPEAKERS, [project.bearer_id]))
    return sorted(found)

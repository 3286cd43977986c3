"""Reads of projects."""

from linli.apps.projects.queries.projects import awards_to_begin, milestones_of, projects_of, visible_to

__all__ = [
    "awards_to_begin",
    "milestones_of",
    "projects_of",
    "visible_to",
]

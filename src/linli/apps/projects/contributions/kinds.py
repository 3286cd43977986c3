"""The kinds of record projects keep: how each is named, found and seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.projects import queries
from linli.apps.projects.models import (
    ChangeRequest,
    Evidence,
    MidTerm,
    Milestone,
    Project,
    Recovery,
    SupervisionVisit,
    VisitFinding,
)
from linli.apps.projects.permissions import tends_pages
from linli.kernel.files import allow
from linli.kernel.refs import Kind, register


class OfProject(Kind):
    """Rows with their project."""

    def rows(self) -> Any:
        return super().rows().select_related("project")


class OfMilestone(Kind):
    """Rows with their milestone and project."""

    def rows(self) -> Any:
        return super().rows().select_related("milestone__project")


def page_of(row: Project) -> str:
    """The project's page on the desk."""
    return reverse("projects:project", args=[row.pk])


def _tab(name: str) -> Callable[[Any], str]:
    return lambda row: f"{reverse('projects:project', args=[row.project_id])}?tab={name}"


def _street(row: Any) -> UUID:
    street: UUID = row.project.street_id
    return street


def _of_visible(rows: Any, actor: Any) -> Any:
    return rows.filter(project__in=queries.visible_to(actor).order_by().values("pk"))


def contribute() -> None:
    """Make every kind known."""
    allow("projects.project", photos=tends_pages, scans=tends_pages)
    register(
        Kind(
            "projects.project", Project, _("Project"), lambda rows, actor: queries.visible_to(actor, rows),
            address=page_of, street=lambda row: row.street_id,
        )
    )  # fmt: skip
    register(
        OfMilestone(
            "projects.evidence", Evidence, _("Evidence"),
            lambda rows, actor: rows.filter(
                milestone__project__in=queries.visible_to(actor).order_by().values("pk")
            ),
            address=lambda row: f"{reverse('projects:project', args=[row.milestone.project_id])}?tab=plan",
            street=lambda row: row.milestone.project.street_id,
        )
    )  # fmt: skip
    for name, model, title, tab in (
        ("visit", SupervisionVisit, _("Supervision visit"), "visits"),
        ("finding", VisitFinding, _("Finding of a visit"), "visits"),
        ("change", ChangeRequest, _("Change request"), "changes"),
        ("milestone", Milestone, _("Milestone"), "plan"),
        ("recovery", Recovery, _("Money to be recovered"), "changes"),
        ("midterm", MidTerm, _("Mid-term evaluation"), "reports"),
    ):
        register(OfProject(f"projects.{name}", model, title, _of_visible, address=_tab(tab), street=_street))

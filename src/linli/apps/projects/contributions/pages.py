"""What projects show on pages they do not own: the menu, what is found, the slot of their own page."""

from typing import Any

from django.utils.translation import gettext_lazy

from linli.apps.organizations.models import Organization
from linli.apps.projects.models import Project
from linli.apps.projects.permissions import SPEAKERS, keeps_pages, reads_projects
from linli.apps.projects.queries import earlier_of
from linli.apps.projects.tables.earlier import REGISTER, SCORES
from linli.kernel.contributions import NavItem, PagePart, PortalDoor, Searchable, SheetOffer, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import Actor, holds

MOST = 10
"""Earlier projects shown on the page of an organization; the list has them all."""


def text(row: Project) -> str:
    """What is searched of a project."""
    return f"{row.title}\n{row.number}\n{row.goal}\n{row.content}"


def earlier(actor: Actor | None, row: Organization) -> dict[str, Any] | None:
    """What the organization carried out before this house; one query, left out where there is nothing."""
    if not reads_projects(actor, None):
        return None
    rows = earlier_of(row, actor, most=MOST + 1)
    return {"rows": rows[:MOST], "more": len(rows) > MOST} if rows else None


PAGES = (
    NavItem(
        "projects", gettext_lazy("Delivery of projects"), "projects:projects", reads_projects, icon="chart-bar",
        section="projects", order=20,
    ),
    PortalDoor(
        "my_projects", gettext_lazy("Our projects"), "projects:projects", "chart-bar",
        gettext_lazy("What the organization or team I speak for carries out or supports"), order=86,
        allowed=holds(*SPEAKERS),
    ),
    PortalDoor(
        "showcases", gettext_lazy("What became of it"), "projects:showcases", "star",
        gettext_lazy("What projects changed, in pictures and figures"), order=90,
    ),
    SheetOffer(REGISTER.name, gettext_lazy("Projects of earlier years"), REGISTER, keeps_pages),
    SheetOffer(SCORES.name, gettext_lazy("Scores of earlier years"), SCORES, keeps_pages),
    PagePart(
        "organizations.organization", "projects.earlier", "projects/part_earlier.html", earlier, order=80,
    ),
    Searchable("projects.project", text, where=lambda row: str(row.place)),
)  # fmt: skip


def contribute() -> None:
    """Declare the slot, enter the rest."""
    declare_slot("projects.project", budget=2)
    add(*PAGES)

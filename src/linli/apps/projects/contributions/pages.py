"""What projects show on pages they do not own: the menu, what is found, the slot of their own page."""

from django.utils.translation import gettext_lazy

from linli.apps.projects.models import Project
from linli.apps.projects.permissions import SPEAKERS, reads_projects
from linli.kernel.contributions import NavItem, PortalDoor, Searchable, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import holds


def text(row: Project) -> str:
    """What is searched of a project."""
    return f"{row.title}\n{row.number}\n{row.goal}\n{row.content}"


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
    Searchable("projects.project", text, where=lambda row: str(row.place)),
)  # fmt: skip


def contribute() -> None:
    """Declare the slot, enter the rest."""
    declare_slot("projects.project", budget=2)
    add(*PAGES)

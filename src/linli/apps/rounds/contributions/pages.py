"""What rounds add to the menu, the portal and others' pages, and the slot for parts of later apps."""

from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.permissions import reads_rounds, sets_up_rounds
from linli.kernel.contributions import NavItem, NavSection, PortalDoor, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import signed_in

ADVICE = "rounds.proposal.advice"
"""On a proposal's page: what later apps know of the same matter, such as advice of earlier years."""


def contribute() -> None:
    """Called once, when the house starts."""
    declare_slot(ADVICE, budget=2)
    add(NavSection("projects", _("Projects"), order=35))
    add(
        NavItem(
            "rounds", _("Rounds"), "rounds:rounds", reads_rounds | sets_up_rounds, "list-check", 10, "projects",
            also=("/proposals/", "/ideas/", "/calls/"),
        )
    )  # fmt: skip
    add(
        PortalDoor(
            "rounds", _("Calls for projects"), "rounds:calls", "star",
            _("An idea for the neighbourhood, or a project to propose."), order=40,
        ),
        PortalDoor(
            "my_proposals", _("My proposals"), "rounds:mine", "file-text",
            _("What I or those I speak for proposed, and how it stands"), order=85, allowed=signed_in,
        ),
    )  # fmt: skip

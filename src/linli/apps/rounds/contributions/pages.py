"""What rounds add to the menu, the portal and others' pages, and the slot for parts of later apps."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.rounds import queries
from linli.apps.rounds.permissions import reads_rounds, sets_up_rounds
from linli.kernel.contributions import NavItem, NavSection, PagePart, PortalDoor, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.scope import Actor, signed_in

ADVICE = "rounds.proposal.advice"
"""On a proposal's page: what later apps know of the same matter, such as advice of earlier years."""


def earlier_results(actor: Actor | None, proposal: Any) -> dict[str, Any] | None:
    """What earlier results of whoever proposes mean for the round's year; nothing where there are none."""
    rows = queries.factors_of([proposal], year=proposal.round.year).get(proposal.pk)
    return {"factors": rows} if rows else None


def contribute() -> None:
    """Called once, when the house starts."""
    declare_slot(ADVICE, budget=2)
    add(PagePart(ADVICE, "rounds.factors", "rounds/part_factors.html", earlier_results, order=10))
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

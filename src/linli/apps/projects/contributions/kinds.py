"""The kinds of record, and the names of what is done to them."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.projects import queries
from linli.apps.projects.models import Project
from linli.kernel.audit import Amount, Keep, register_action
from linli.kernel.refs import Kind, register


def page_of(row: Project) -> str:
    """The project's page on the desk."""
    return reverse("projects:project", args=[row.pk])


def _street(row: Project) -> UUID:
    street: UUID = row.street_id
    return street


AMOUNT = Amount(_("amount"))
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "project.begin",
        _("began the project from its award"),
        {"number": _("number"), "amount": AMOUNT, "minutes": _("number of the minutes")},
    ),
    ("project.enter", _("entered the project directly"), {"number": _("number"), "amount": AMOUNT}),
    ("project.link_agreement", _("joined the signed agreement"), {"number": _("number")}),
    ("project.set_budget", _("set the budget of the project"), {"count": _("count")}),
    ("project.set_groups", _("said whom the project is for"), {"count": _("count")}),
    ("project.set_partners", _("said who takes part in the project"), {"count": _("count")}),
)


def contribute() -> None:
    """Make the kinds and actions known."""
    register(
        Kind(
            "projects.project", Project, _("Project"), lambda rows, actor: queries.visible_to(actor, rows),
            address=page_of, street=_street,
        )
    )  # fmt: skip
    for name, title, words in ACTIONS:
        register_action(f"projects.{name}", title, keep=Keep.FOR_EVER, words=words)

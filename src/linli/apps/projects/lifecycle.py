"""A project is under way from its award until its closing review, unless it is halted or broken off.

running -> suspended -> running
running, suspended -> terminated           (money is recovered)
running -> closing -> closed               (closing review)
closing -> running                         (the closing file is taken back)
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.projects import permissions as who
from linli.apps.projects.models import Project, ProjectState
from linli.kernel.audit import Amount, Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

RUNNING, SUSPENDED, TERMINATED = ProjectState.RUNNING, ProjectState.SUSPENDED, ProjectState.TERMINATED
CLOSING, CLOSED = ProjectState.CLOSING, ProjectState.CLOSED


def has_reason(project: Project, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


def money_is_accounted_for(project: Project, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody breaks off while what was paid and not spent has no answer."""
    return Refusal(facts["unanswered"], code="money") if facts.get("unanswered") else None


REASON = {"reason": _("reason")}

PROJECTS = Lifecycle(
    "projects.project",
    ProjectState,
    (
        Transition(
            "suspend", (RUNNING,), SUSPENDED, who.keeps_projects, title=_("Halt"), told=_("halted the project"),
            guards=(has_reason,), words=REASON, keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "resume", (SUSPENDED,), RUNNING, who.keeps_projects, title=_("Resume"), told=_("resumed the project"),
            guards=(has_reason,), words=REASON | {"until": _("until")}, keep=Keep.FOR_EVER,
        ),
        Transition(
            "terminate", (RUNNING, SUSPENDED), TERMINATED, who.keeps_projects, title=_("Break off"),
            told=_("broke the project off"), guards=(has_reason, money_is_accounted_for),
            words=REASON | {"recover": Amount(_("to be recovered")), "released": Amount(_("given back"))},
            keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "begin_closing", (RUNNING,), CLOSING, who.tends, title=_("Begin the closing review"),
            told=_("began the closing review"), keep=Keep.FOR_EVER,
        ),
        Transition(
            "go_back", (CLOSING,), RUNNING, who.keeps_projects, told=_("took the project out of the closing review"),
            guards=(has_reason,), words=REASON, keep=Keep.FOR_EVER,
        ),
        Transition(
            "close", (CLOSING,), CLOSED, who.keeps_projects, told=_("concluded the project"),
            words={"grade": _("grade")}, keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Project"),
)  # fmt: skip

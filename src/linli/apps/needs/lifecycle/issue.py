"""A proactive issue: noticed, taken in hand, struck off the board.

noticed -> under_way -> struck_off          under_way -> under_way (changed)
noticed, under_way -> dropped               struck_off -> under_way (came again)
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.proactive import IssueState, ProactiveIssue
from linli.apps.needs.permissions import keeps_issues
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

NOTICED, UNDER_WAY = IssueState.NOTICED, IssueState.UNDER_WAY


def has_plan(issue: ProactiveIssue, facts: Mapping[str, Any]) -> Refusal | None:
    """Nothing is under way without who, what and by when."""
    if not facts.get("unit"):
        return Refusal(_("Say which unit sees to it."), field="unit")
    if not facts.get("measure"):
        return Refusal(_("Say what is done about it."), field="measure")
    return None if facts.get("due") else Refusal(_("Say by which day."), field="due")


def has_result(issue: ProactiveIssue, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("progress") else Refusal(_("Say what was done."), field="progress")


def has_reason(issue: ProactiveIssue, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


WORDS = {"unit": _("unit"), "measure": _("measure"), "due": _("due")}
ISSUES = Lifecycle(
    "needs.proactive_issue",
    IssueState,
    (
        Transition(
            "begin", (NOTICED,), UNDER_WAY, keeps_issues, title=_("Take in hand"), told=_("took the issue in hand"),
            guards=(has_plan,), words=WORDS,
        ),
        Transition(
            "change", (UNDER_WAY,), UNDER_WAY, keeps_issues, title=_("Change the plan"),
            told=_("changed the plan for the issue"), guards=(has_plan,), words=WORDS,
        ),
        Transition(
            "strike_off", (UNDER_WAY,), IssueState.STRUCK_OFF, keeps_issues, title=_("Strike off"),
            told=_("struck the issue off"), guards=(has_result,), words={"progress": _("progress")},
        ),
        Transition(
            "drop", (NOTICED, UNDER_WAY), IssueState.DROPPED, keeps_issues, title=_("Drop"),
            told=_("dropped the issue"), guards=(has_reason,), words={"reason": _("reason")}, weighty=True,
        ),
        Transition(
            "take_up", (IssueState.STRUCK_OFF,), UNDER_WAY, keeps_issues, title=_("Take the issue up again"),
            told=_("took the issue up again"), guards=(has_reason,), words={"reason": _("reason")},
        ),
    ),
    title=_("Proactive issue"),
)  # fmt: skip

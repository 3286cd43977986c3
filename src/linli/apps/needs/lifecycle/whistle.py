"""A whistle: drafted, approved by the leader, departments called, settled, rated by both sides, closed.

drafted -> blown -> settled -> closed          drafted -> refused
settled -> blown                               (the matter came back)
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.whistle import Whistle, WhistleState
from linli.apps.needs.permissions import approves_whistles, keeps_whistles
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

DRAFTED, BLOWN, SETTLED = WhistleState.DRAFTED, WhistleState.BLOWN, WhistleState.SETTLED


def not_own(whistle: Whistle, facts: Mapping[str, Any]) -> Refusal | None:
    """Who wrote it does not approve it."""
    own = whistle.drafted_by is not None and whistle.drafted_by == facts.get("actor")
    return Refusal(_("Whoever wrote the whistle does not approve it. Ask another leader.")) if own else None


def has_lead(whistle: Whistle, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("lead") else Refusal(_("Name the department that leads."), field="lead")


def has_reason(whistle: Whistle, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


def all_answered(whistle: Whistle, facts: Mapping[str, Any]) -> Refusal | None:
    """Settled only when every department said what it did; 事不完人不撤."""
    waiting = facts.get("waiting")
    if not waiting:
        return None
    sentence = _("These departments have not answered yet: %(names)s. Record their answer, by paper if need be.")
    return Refusal(sentence % {"names": waiting}, code="waiting")


def has_result(whistle: Whistle, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("result") else Refusal(_("Say what the result is."), field="result")


REASON = {"reason": _("reason")}
WHISTLES = Lifecycle(
    "needs.whistle",
    WhistleState,
    (
        Transition(
            "approve", (DRAFTED,), BLOWN, approves_whistles, title=_("Approve and call"),
            told=_("approved the whistle and called the departments"), guards=(not_own, has_lead),
            words={"departments": _("departments"), "minutes": _("minutes to check in")},
        ),
        Transition(
            "refuse", (DRAFTED,), WhistleState.REFUSED, approves_whistles, title=_("Do not approve"),
            told=_("did not approve the whistle"), guards=(has_reason,), words=REASON, weighty=True,
        ),
        Transition(
            "settle", (BLOWN,), SETTLED, keeps_whistles, title=_("Record the result"),
            told=_("recorded the result of the whistle"), guards=(all_answered, has_result),
            words={"result": _("result")},
        ),
        Transition(
            "call_again", (SETTLED,), BLOWN, keeps_whistles, title=_("It is not settled after all"),
            told=_("called the departments again"), guards=(has_reason,), words=REASON,
        ),
        Transition(
            "close", (SETTLED,), WhistleState.CLOSED, keeps_whistles, title=_("Close"),
            told=_("closed the whistle"),
        ),
    ),
    title=_("Whistle"),
)  # fmt: skip

"""Five stages, none of which is skipped (E50); who is not content is heard again by the same owner.

received -> analysed -> handling -> answered -> closed      (collect, analyse, handle, feed back, rate)
answered, closed -> handling                                (reopened: the resident is not content)
received, analysed, handling -> joined -> received          (the same as another need; undone with its lineage)
received, analysed, handling -> withdrawn
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.needs import permissions as who
from linli.apps.needs.models import OPEN, Need, NeedState
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

RECEIVED, ANALYSED, HANDLING = NeedState.RECEIVED, NeedState.ANALYSED, NeedState.HANDLING
ANSWERED, CLOSED = NeedState.ANSWERED, NeedState.CLOSED


def has_category(need: Need, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("category") else Refusal(_("Choose a category."), field="category")


def has_reason(need: Need, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


def was_reached(need: Need, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody answers whom nobody tried to reach, where there is a telephone."""
    if facts.get("tried", True):
        return None
    return Refusal(_("Ring the resident first, and record the attempt: reached or not."), code="not-tried")


def has_words(need: Need, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("answer") else Refusal(_("Write the answer to the resident."), field="text")


REASON = {"reason": _("reason")}
VERDICT = {"solved": _("solved"), "satisfied": _("satisfied"), "via": _("asked how")}

NEEDS = Lifecycle(
    "needs.need",
    NeedState,
    (
        Transition(
            "analyse", (RECEIVED,), ANALYSED, who.analyses, title=_("Analyse"), told=_("analysed the need"),
            guards=(has_category,), words={"category": _("category"), "route": _("route")},
        ),
        Transition(
            "dispatch", (ANALYSED,), HANDLING, who.dispatches | who.analyses, title=_("Dispatch"),
            told=_("dispatched the need"), words={"unit": _("unit"), "by": _("how it came")},
        ),
        Transition(
            "answer", (HANDLING,), ANSWERED, who.handles, title=_("Answer"), told=_("answered the resident"),
            guards=(was_reached, has_words),
            words={"answer": _("answer"), "outcome": _("what came of it"), "ways": _("ways of feedback")},
        ),
        Transition(
            "close", (ANSWERED,), CLOSED, who.rates, title=_("Close"), told=_("closed the need"),
            words=VERDICT | REASON,
        ),
        Transition(
            "reopen", (ANSWERED, CLOSED), HANDLING, who.rates, told=_("opened the need again"),
            words=VERDICT | {"times": _("times opened again"), "raised": _("raised to")},
        ),
        Transition(
            "join", OPEN, NeedState.JOINED, who.analyses, title=_("Join to another"),
            told=_("joined the need to another"), words={"into": _("joined to")},
        ),
        Transition(
            "part", (NeedState.JOINED,), RECEIVED, who.analyses, title=_("Take apart again"),
            told=_("took the need apart again"), guards=(has_reason,), words=REASON | {"into": _("joined to")},
        ),
        Transition(
            "withdraw", OPEN, NeedState.WITHDRAWN, who.handles, title=_("Withdraw"), told=_("withdrew the need"),
            guards=(has_reason,), words=REASON, keep=Keep.RETENTION, weighty=True,
        ),
    ),
    title=_("Need of a resident"),
)  # fmt: skip

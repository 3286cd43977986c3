"""Mediation of a dispute: registered, taken on, mediated, agreed or not, raised once, or referred with consent.

registered -> accepted -> mediating -> agreed | failed
mediating, failed -> mediating (raised to the district)      accepted, mediating, failed -> referred
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.mediation import DisputeKind, Mediation, MediationLevel, MediationState
from linli.apps.needs.permissions import mediates
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

REGISTERED, ACCEPTED, MEDIATING = MediationState.REGISTERED, MediationState.ACCEPTED, MediationState.MEDIATING
AGREED, FAILED, REFERRED = MediationState.AGREED, MediationState.FAILED, MediationState.REFERRED


def has_result(row: Mediation, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("result") else Refusal(_("Say what the result is."), field="result")


def went_four_steps(row: Mediation, facts: Mapping[str, Any]) -> Refusal | None:
    """A property dispute is given up only after its four steps (I18)."""
    missing = facts.get("missing")
    if row.kind != DisputeKind.PROPERTY or not missing:
        return None
    sentence = _("A property dispute goes four steps first. Still to be done: %(steps)s.")
    return Refusal(sentence % {"steps": missing}, code="steps")


def all_consented(row: Mediation, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody is referred to a court's mediation without the consent of every party (I19)."""
    waiting = facts.get("waiting")
    if not waiting:
        return None
    sentence = _("These parties have not agreed to be referred: %(names)s. Note their consent first.")
    return Refusal(sentence % {"names": waiting}, code="consent")


def has_court(row: Mediation, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("court") else Refusal(_("Say to which court or office."), field="court")


def is_below(row: Mediation, facts: Mapping[str, Any]) -> Refusal | None:
    if row.level == MediationLevel.STREET:
        return None
    return Refusal(_("The district has it already. From there it is referred."), code="highest")


def has_reason(row: Mediation, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


RESULT = {"result": _("result")}
MEDIATIONS = Lifecycle(
    "needs.mediation",
    MediationState,
    (
        Transition(
            "accept", (REGISTERED,), ACCEPTED, mediates, title=_("Take the dispute on"), told=_("took the dispute on")
        ),
        Transition("begin", (ACCEPTED,), MEDIATING, mediates, told=_("began to mediate")),
        Transition(
            "agree", (MEDIATING,), AGREED, mediates, title=_("They agreed"), told=_("noted the agreement"),
            guards=(has_result,), words=RESULT,
        ),
        Transition(
            "fail", (MEDIATING,), FAILED, mediates, title=_("They did not agree"),
            told=_("noted that there is no agreement"), guards=(has_result, went_four_steps), words=RESULT,
        ),
        Transition(
            "raise_level", (MEDIATING, FAILED), MEDIATING, mediates, title=_("Raise it to the district"),
            told=_("raised the dispute to the district"), guards=(is_below, has_reason),
            words={"reason": _("reason")},
        ),
        Transition(
            "refer", (ACCEPTED, MEDIATING, FAILED), REFERRED, mediates, title=_("Refer to the court's mediation"),
            told=_("referred the dispute with the consent of all parties"),
            guards=(has_court, has_result, all_consented), words={"court": _("court"), **RESULT},
        ),
    ),
    title=_("Mediation"),
)  # fmt: skip

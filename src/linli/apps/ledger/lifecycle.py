"""A commitment is in force from its decision on, until what is left of it is released.

open -> released                           (what was not paid goes back into the fund)

Whether an instalment is planned, ready, paid or dropped follows from facts (condition met, payments recorded).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import permissions as who
from linli.apps.ledger.models import Commitment, CommitmentState
from linli.kernel.audit import Amount, Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition


def has_reason(commitment: Commitment, facts: Mapping[str, Any]) -> Refusal | None:
    if facts.get("reason"):
        return None
    return Refusal(_("Say why the money goes back into the fund."), field="reason")


def something_is_left(commitment: Commitment, facts: Mapping[str, Any]) -> Refusal | None:
    if facts["released"] > 0:
        return None
    return Refusal(_("All of this is paid. There is nothing to give back."), code="all-paid")


COMMITMENTS = Lifecycle(
    "ledger.commitment",
    CommitmentState,
    (
        Transition(
            "release",
            (CommitmentState.OPEN,),
            CommitmentState.RELEASED,
            who.commits,
            title=_("Release"),
            told=_("released the commitment"),
            guards=(has_reason, something_is_left),
            keep=Keep.FOR_EVER,
            words={"reason": _("reason"), "released": Amount(_("given back"))},
            weighty=True,
        ),
    ),
    title=_("Commitment of a fund"),
)

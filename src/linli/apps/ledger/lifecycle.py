"""A commitment is in force from its decision on, until what is left of it is released; what is spent of it is checked
and approved by two hands.

open -> released                           (what was not paid goes back into the fund)

drafted -> submitted -> checked -> approved -> paid        (paid as the receipt says; struck out: approved again)
submitted, checked, approved -> returned -> submitted      (sent back with a reason)

Whether an instalment is planned, ready, paid or dropped follows from facts (condition met, payments recorded).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import permissions as who
from linli.apps.ledger.models import Commitment, CommitmentState, Expenditure, ExpenditureState
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


def nothing_bars(expenditure: Expenditure, facts: Mapping[str, Any]) -> Refusal | None:
    """The first finding that no explanation lifts."""
    return Refusal(facts["barred"], code=facts["barred_code"]) if facts.get("barred") else None


def is_explained(expenditure: Expenditure, facts: Mapping[str, Any]) -> Refusal | None:
    """What was noticed is explained by whoever enters it."""
    if expenditure.explanation.strip() or not facts.get("noticed"):
        return None
    sentence = _("%(finding)s Explain it, or put it right.") % {"finding": facts["noticed"]}
    return Refusal(sentence, code=facts["noticed_code"], field="explanation")


def is_another_hand(expenditure: Expenditure, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody checks what he entered, or approves what he entered or checked."""
    if facts["hand"] is None or facts["hand"] not in (expenditure.drafted_by, expenditure.checked_by):
        return None
    return Refusal(_("You entered or checked this yourself. Somebody else must do the next step."), code="same-hand")


def has_reason_to_return(expenditure: Expenditure, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say what must be put right."), field="reason")


S = ExpenditureState
EXPENDITURES = Lifecycle(
    "ledger.expenditure",
    ExpenditureState,
    (
        Transition(
            "submit",
            (S.DRAFTED, S.RETURNED),
            S.SUBMITTED,
            who.enters_spending,
            title=_("Hand in"),
            told=_("handed the expenditure in"),
            guards=(nothing_bars, is_explained),
            keep=Keep.FOR_EVER,
            words={"amount": Amount(_("amount")), "noticed": _("noticed"), "explanation": _("explanation")},
        ),
        Transition(
            "check",
            (S.SUBMITTED,),
            S.CHECKED,
            who.checks_spending,
            title=_("Checked: in order"),
            told=_("checked the expenditure"),
            guards=(is_another_hand, nothing_bars),
            keep=Keep.FOR_EVER,
            words={"note": _("remark")},
        ),
        Transition(
            "approve",
            (S.CHECKED,),
            S.APPROVED,
            who.approves_spending,
            title=_("Approve"),
            told=_("approved the expenditure"),
            guards=(is_another_hand, nothing_bars),
            keep=Keep.FOR_EVER,
            words={"amount": Amount(_("amount"))},
        ),
        Transition(
            "send_back",
            (S.SUBMITTED, S.CHECKED, S.APPROVED),
            S.RETURNED,
            who.sends_back,
            title=_("Send back"),
            told=_("sent the expenditure back"),
            guards=(has_reason_to_return,),
            keep=Keep.FOR_EVER,
            words={"reason": _("reason")},
        ),
        Transition(
            "pay",
            (S.APPROVED,),
            S.PAID,
            who.keeps_ledger,
            title=_("Enter the payment"),
            told=_("entered that the expenditure is paid"),
            keep=Keep.FOR_EVER,
            words={"receipt": _("receipt"), "day": _("day"), "amount": Amount(_("amount"))},
            weighty=True,
        ),
        Transition(
            "unpay",
            (S.PAID,),
            S.APPROVED,
            who.keeps_ledger,
            told=_("struck out the payment of the expenditure"),
            keep=Keep.FOR_EVER,
            words={"reason": _("reason")},
        ),
    ),
    title=_("Expenditure"),
)

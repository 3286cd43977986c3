"""An agreement is drafted, reviewed by the offices, signed on paper, ended.

drafted -> in_review -> reviewed -> signed -> ended
in_review -> drafted                       (an office wants it revised)
in_review, reviewed -> drafted             (its text changed: the review begins anew)
drafted, in_review, reviewed -> ended      (called off)
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.agreements import permissions as who
from linli.apps.agreements.models import Agreement, AgreementState
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition
from linli.kernel.scope import everyone

DRAFTED, IN_REVIEW, REVIEWED = AgreementState.DRAFTED, AgreementState.IN_REVIEW, AgreementState.REVIEWED
SIGNED, ENDED = AgreementState.SIGNED, AgreementState.ENDED


def has_reason(agreement: Agreement, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


def is_the_reviewed_text(agreement: Agreement, facts: Mapping[str, Any]) -> Refusal | None:
    """What is signed is what the offices read."""
    if facts.get("text_hash") == agreement.text_hash:
        return None
    return Refusal(_("The text is not the one that was reviewed. Send it to review again."), code="text-changed")


def money_is_promised(agreement: Agreement, facts: Mapping[str, Any]) -> Refusal | None:
    if agreement.amount == 0 or agreement.commitment_id is not None:
        return None
    return Refusal(_("No money is promised for this agreement. A decision promises it first."), code="no-commitment")


def nothing_holds_it(_agreement: Agreement, facts: Mapping[str, Any]) -> Refusal | None:
    """An objection to what the agreement rests on is answered before anybody signs."""
    return Refusal(facts["held"], code="held") if facts.get("held") else None


REASON = {"reason": _("reason")}

AGREEMENTS = Lifecycle(
    "agreements.agreement",
    AgreementState,
    (
        Transition(
            "send_to_review", (DRAFTED,), IN_REVIEW, who.moves, title=_("Send to review"),
            told=_("sent the agreement to internal review"), words={"review": _("round of review")},
        ),
        Transition(
            "pass_review", (IN_REVIEW,), REVIEWED, everyone, told=_("all offices agreed"), keep=Keep.FOR_EVER,
        ),
        Transition(
            "ask_revision", (IN_REVIEW,), DRAFTED, everyone, told=_("wants the agreement revised"),
            guards=(has_reason,), words=REASON,
        ),
        Transition(
            "change", (IN_REVIEW, REVIEWED), DRAFTED, who.moves,
            told=_("changed the text; the review begins anew"),
        ),
        Transition(
            "sign", (REVIEWED,), SIGNED, who.moves, title=_("Enter the signature"), told=_("entered the sealed paper"),
            guards=(is_the_reviewed_text, money_is_promised, nothing_holds_it), keep=Keep.FOR_EVER,
            words={"day": _("signed on"), "sha256": _("seal of the scan"), "copies": _("copies")},
        ),
        Transition(
            "end", (SIGNED,), ENDED, who.moves, title=_("End"), told=_("ended the agreement"),
            guards=(has_reason,), keep=Keep.FOR_EVER, words=REASON, weighty=True,
        ),
        Transition(
            "call_off", (DRAFTED, IN_REVIEW, REVIEWED), ENDED, who.moves, title=_("Call off"),
            told=_("called the agreement off"), guards=(has_reason,), keep=Keep.FOR_EVER, words=REASON, weighty=True,
        ),
    ),
    title=_("Agreement"),
)  # fmt: skip

"""A round is set up, opened and closed; a proposal is written, handed in, checked and accepted for review.

draft -> submitted -> accepted -> awarded
submitted, accepted -> returned -> submitted      (sent back for more, with a reason)
submitted, accepted -> refused                    (with a reason)
draft, submitted, returned, accepted -> withdrawn
awarded -> accepted                               (a decision takes the award back)
refused -> awarded                                (a later decision lets it stand in; only what a decision left out)

Nobody reads a proposal before it was handed in, nor a sealed one before the recorded opening.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.rounds import permissions as who
from linli.apps.rounds.models import ChoiceState, Idea, IdeaState, Proposal, ProposalState, Round, RoundState
from linli.kernel.audit import Amount, Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

REASON = {"reason": _("Reason")}


def has_reason(record: Any, facts: Mapping[str, Any]) -> Refusal | None:
    """A refusal, a return and a closing say why."""
    if facts.get("reason"):
        return None
    return Refusal(_("Say in a sentence why, so that they know what to change."), field="reason")


def has_dates(record: Round, facts: Mapping[str, Any]) -> Refusal | None:
    """The first phase that is not left out has a day on which it opens."""
    if facts.get("dated"):
        return None
    return Refusal(_("Date at least the first phase, so that everybody knows when the call begins."), field="phases")


def is_agreed(record: Proposal, facts: Mapping[str, Any]) -> Refusal | None:
    """What an agency changed was confirmed by the proposers."""
    if not record.confirm_edit:
        return None
    return Refusal(_("The agency changed this proposal. Confirm its change, or take it back, before you hand it in."))


def was_decided_on(record: Proposal, facts: Mapping[str, Any]) -> Refusal | None:
    """What was refused before it came to a decision is not awarded; what a decision left out may stand in later."""
    if record.state != ProposalState.REFUSED or facts.get("stands_in"):
        return None
    return Refusal(_("It was refused before the decision. It cannot stand in."), code="was-refused")


ROUNDS = Lifecycle(
    "rounds.round",
    RoundState,
    (
        Transition(
            "open", (RoundState.DRAFTED,), RoundState.OPEN, who.keeps_rounds, title=_("Open the round"),
            told=_("opened the round"), guards=(has_dates,), keep=Keep.FOR_EVER,
        ),
        Transition(
            "close", (RoundState.OPEN,), RoundState.CLOSED, who.keeps_rounds, title=_("Close the round"),
            told=_("closed the round"), guards=(has_reason,), keep=Keep.FOR_EVER, words=REASON, weighty=True,
        ),
        Transition(
            "reopen", (RoundState.CLOSED,), RoundState.OPEN, who.keeps_rounds, title=_("Take the round up again"),
            told=_("took the round up again"), guards=(has_reason,), keep=Keep.FOR_EVER, words=REASON,
        ),
    ),
    title=_("Round"),
)  # fmt: skip

ON_THE_TABLE = (ProposalState.SUBMITTED, ProposalState.ACCEPTED)
OWN = (ProposalState.DRAFT, ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.ACCEPTED)

PROPOSALS = Lifecycle(
    "rounds.proposal",
    ProposalState,
    (
        Transition(
            "submit", (ProposalState.DRAFT, ProposalState.RETURNED), ProposalState.SUBMITTED, who.hands_in,
            title=_("Hand in"), told=_("handed the proposal in"), guards=(is_agreed,), keep=Keep.FOR_EVER,
            words={"serial": _("number"), "late": _("late, by an access code")},
        ),
        Transition(
            "return_for_more", ON_THE_TABLE, ProposalState.RETURNED, who.answers_proposal,
            title=_("Send back for more"),
            told=_("sent the proposal back for more"), guards=(has_reason,), keep=Keep.FOR_EVER, words=REASON,
        ),
        Transition(
            "accept", (ProposalState.SUBMITTED,), ProposalState.ACCEPTED, who.answers_proposal,
            title=_("Accept for review"), told=_("accepted the proposal for review"), keep=Keep.FOR_EVER,
        ),
        Transition(
            "refuse", ON_THE_TABLE, ProposalState.REFUSED, who.answers_proposal, title=_("Refuse the proposal"),
            told=_("refused the proposal"), guards=(has_reason,), keep=Keep.FOR_EVER, words=REASON, weighty=True,
        ),
        Transition(
            "withdraw", OWN, ProposalState.WITHDRAWN, who.hands_in, title=_("Withdraw"),
            told=_("withdrew the proposal"), keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "award", (ProposalState.ACCEPTED, ProposalState.REFUSED), ProposalState.AWARDED, who.answers_proposal,
            told=_("awarded the proposal by a decision"), guards=(was_decided_on,), keep=Keep.FOR_EVER,
            words={"amount": Amount(_("amount")), "minutes": _("number of the minutes")},
        ),
        Transition(
            "take_award_back", (ProposalState.AWARDED,), ProposalState.ACCEPTED, who.answers_proposal,
            told=_("took the award back by a decision"), guards=(has_reason,), keep=Keep.FOR_EVER, words=REASON,
        ),
    ),
    title=_("Proposal"),
)  # fmt: skip


def is_told_why(record: Idea, facts: Mapping[str, Any]) -> Refusal | None:
    """Whoever had the idea hears why it goes no further."""
    return has_reason(record, facts)


IDEAS = Lifecycle(
    "rounds.idea",
    IdeaState,
    (
        Transition(
            "coach", (IdeaState.NEW, IdeaState.COACHED), IdeaState.COACHED, who.coaches, title=_("Record coaching"),
            told=_("coached the idea"), words={"day": _("day"), "next": _("next step")},
        ),
        Transition(
            "take_up", (IdeaState.NEW, IdeaState.COACHED), IdeaState.PROPOSED, who.takes_ideas_up,
            title=_("Make it a proposal"), told=_("made the idea a proposal"),
        ),
        Transition(
            "set_aside", (IdeaState.NEW, IdeaState.COACHED), IdeaState.SET_ASIDE, who.keeps_ideas,
            title=_("Set aside"), told=_("set the idea aside"), guards=(is_told_why,), words=REASON,
        ),
    ),
    title=_("Idea"),
)  # fmt: skip


CHOICES = Lifecycle(
    "rounds.choice",
    ChoiceState,
    (
        Transition(
            "open", (ChoiceState.DRAFTED,), ChoiceState.OPEN, who.keeps_rounds, title=_("Open the choice"),
            told=_("opened the residents' choice"), keep=Keep.FOR_EVER,
            words={"projects": _("projects on the ballot"), "share": _("part of the score in per cent")},
        ),
        Transition(
            "close", (ChoiceState.OPEN,), ChoiceState.CLOSED, who.keeps_rounds, title=_("Close and count"),
            told=_("closed and counted the residents' choice"), keep=Keep.FOR_EVER, weighty=True,
            words={"cast": _("ballots cast"), "eligible": _("how many might take part")},
        ),
        Transition(
            "take_over", (ChoiceState.DRAFTED,), ChoiceState.CLOSED, who.keeps_rounds,
            told=_("took over a choice held elsewhere"), keep=Keep.FOR_EVER,
            words={"file": _("file"), "cast": _("ballots cast")},
        ),
        Transition(
            "publish", (ChoiceState.CLOSED,), ChoiceState.PUBLISHED, who.keeps_rounds,
            title=_("Make the result public"), told=_("made the result of the residents' choice public"),
            keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Residents' choice"),
    subject=lambda choice: choice.round,
)  # fmt: skip

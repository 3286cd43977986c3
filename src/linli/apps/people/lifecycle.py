"""A request about one's own data is asked, taken up, done or refused with reasons.

A contact card goes the way of kernel publication: written by one, checked by another, signed by a third.

A handover slip is drawn up, confirmed by the taker, witnessed by a third, carried out in one piece; until then it may
be called off.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.people import permissions as who
from linli.apps.people.models import DataRequest, Handover, HandoverState, RequestState
from linli.kernel.audit import Keep
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.lifecycle import Lifecycle, Transition, stops


def has_answer(request: DataRequest, facts: Mapping[str, Any]) -> Refusal | None:
    """PIPL Art. 50: whoever refuses gives his reasons."""
    if facts.get("answer"):
        return None
    return Refusal(_("Give the reasons: the person reads them, and may go to court with them."), field="answer")


ANSWER = {"answer": _("answer")}

DATA_REQUESTS = Lifecycle(
    "people.data_request",
    RequestState,
    (
        Transition(
            "take",
            (RequestState.ASKED,),
            RequestState.IN_WORK,
            who.answers_requests,
            title=_("Take it up"),
            told=_("took the request up"),
        ),
        Transition(
            "finish",
            (RequestState.ASKED, RequestState.IN_WORK),
            RequestState.DONE,
            who.finishes_requests,
            title=_("Do it and answer"),
            told=_("did what was asked, and answered"),
            clocks=stops("answer"),
            keep=Keep.FOR_EVER,
            weighty=True,
        ),
        Transition(
            "refuse",
            (RequestState.ASKED, RequestState.IN_WORK),
            RequestState.REFUSED,
            who.answers_requests,
            title=_("Refuse with reasons"),
            told=_("refused the request"),
            guards=(has_answer,),
            clocks=stops("answer"),
            keep=Keep.FOR_EVER,
            words=ANSWER,
        ),
    ),
    title=_("Request about one's own data"),
)


def is_the_list_seen(slip: Handover, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody signs for a list he has not read."""
    if facts.get("version") in (None, slip.version):
        return None
    return Conflict(_("The list has changed since you opened it. Read it again, then decide."))


HANDOVERS = Lifecycle(
    "people.handover",
    HandoverState,
    (
        Transition(
            "confirm",
            (HandoverState.DRAFTED,),
            HandoverState.CONFIRMED,
            who.takes_over,
            title=_("I take this over"),
            told=_("confirmed what is taken over"),
            guards=(is_the_list_seen,),
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "witness",
            (HandoverState.CONFIRMED,),
            HandoverState.WITNESSED,
            who.witnesses,
            title=_("I was there and witness it"),
            told=_("witnessed the handover"),
            guards=(is_the_list_seen,),
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "carry_out",
            (HandoverState.WITNESSED,),
            HandoverState.DONE,
            who.carries_out,
            title=_("Carry out: move all open work"),
            told=_("carried the handover out"),
            guards=(is_the_list_seen,),
            keep=Keep.FOR_EVER,
            words={"moved": _("records that changed hands"), "late": _("came up after it was confirmed")},
            weighty=True,
        ),
        Transition(
            "call_off",
            (HandoverState.DRAFTED, HandoverState.CONFIRMED, HandoverState.WITNESSED),
            HandoverState.CALLED_OFF,
            who.calls_off,
            title=_("Call off"),
            told=_("called the handover off"),
        ),
    ),
    title=_("Handover of a post"),
)

"""A review session, and each entry in it.

session: preparing -> running -> closed            (called off while not closed)
         running <-> away                           (out on a laptop; its file is taken in, or it is called back)
entry:   waiting -> scoring -> collected -> revealed
         collected -> scoring                       (a second ballot of a vote)
         waiting, scoring -> withdrawn
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import Entry, EntryState, ReviewSession, SessionState
from linli.apps.reviews.permissions import collects, organizes, runs_the_room
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition


def is_ready(session: ReviewSession, facts: Mapping[str, Any]) -> Refusal | None:
    """What still lacks, in a sentence."""
    lacks: str = facts.get("lacks", "")
    return Refusal(lacks, code="not-ready") if lacks else None


def is_finished(session: ReviewSession, facts: Mapping[str, Any]) -> Refusal | None:
    """Nothing may be open when the doors close."""
    still: str = facts.get("still", "")
    return Refusal(still, code="still-open") if still else None


def has_reason(record: Any, facts: Mapping[str, Any]) -> Refusal | None:
    if facts.get("reason"):
        return None
    return Refusal(_("Say why."), field="reason")


def is_confirmed(entry: Entry, facts: Mapping[str, Any]) -> Refusal | None:
    """Counter and supervisor stand behind the figure before anybody hears it."""
    if entry.is_confirmed:
        return None
    return Refusal(_("Counter and supervisor confirm the count first, each for himself."), code="not-confirmed")


REASON = {"reason": _("reason")}

LIFECYCLE = Lifecycle(
    "reviews.session",
    SessionState,
    (
        Transition(
            "start",
            (SessionState.PREPARING,),
            SessionState.RUNNING,
            organizes,
            title=_("Start scoring"),
            told=_("started scoring; rubric and rule stand fast"),
            guards=(is_ready,),
            keep=Keep.FOR_EVER,
            words={"rules": _("rule of each panel")},
            weighty=True,
        ),
        Transition(
            "close",
            (SessionState.RUNNING,),
            SessionState.CLOSED,
            organizes,
            title=_("Close the review"),
            told=_("closed the review"),
            guards=(is_finished,),
            keep=Keep.FOR_EVER,
            words={"entries": _("entries"), "sheets": _("sheets")},
            weighty=True,
        ),
        Transition(
            "call_off",
            (SessionState.PREPARING, SessionState.RUNNING),
            SessionState.CALLED_OFF,
            organizes,
            title=_("Call the review off"),
            told=_("called the review off"),
            guards=(has_reason,),
            words=REASON,
            weighty=True,
        ),
        Transition(
            "send_out",
            (SessionState.RUNNING,),
            SessionState.AWAY,
            organizes,
            title=_("Take it out on a laptop"),
            told=_("took the review out on a laptop"),
            keep=Keep.FOR_EVER,
            weighty=True,
        ),
        Transition(
            "take_in",
            (SessionState.AWAY,),
            SessionState.RUNNING,
            organizes,
            title=_("Take the laptop's file in"),
            told=_("took the laptop's file in"),
            keep=Keep.FOR_EVER,
            words={"sheets": _("sheets"), "deeds": _("deeds in the room")},
            weighty=True,
        ),
        Transition(
            "call_back",
            (SessionState.AWAY,),
            SessionState.RUNNING,
            organizes,
            title=_("Call it back from the laptop"),
            told=_("called the review back from the laptop"),
            guards=(has_reason,),
            keep=Keep.FOR_EVER,
            words=REASON,
            weighty=True,
        ),
    ),
    title=_("Review session"),
)

ENTRIES = Lifecycle(
    "reviews.entry",
    EntryState,
    (
        Transition(
            "open_sheets",
            (EntryState.WAITING,),
            EntryState.SCORING,
            runs_the_room,
            title=_("Open the sheets"),
            told=_("opened the sheets"),
        ),
        Transition(
            "collect",
            (EntryState.SCORING,),
            EntryState.COLLECTED,
            collects,
            title=_("Collect the sheets"),
            told=_("collected the sheets"),
            keep=Keep.FOR_EVER,
            words={"count": _("sheets"), "missing": _("without a sheet"), **REASON},
        ),
        Transition(
            "ballot_again",
            (EntryState.COLLECTED,),
            EntryState.SCORING,
            collects,
            title=_("Open the second ballot"),
            told=_("called a second ballot"),
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "reveal",
            (EntryState.COLLECTED,),
            EntryState.REVEALED,
            runs_the_room,
            title=_("Reveal"),
            told=_("revealed the result"),
            guards=(is_confirmed,),
            keep=Keep.FOR_EVER,
            words={"score": _("score")},
        ),
        Transition(
            "withdraw",
            (EntryState.WAITING, EntryState.SCORING),
            EntryState.WITHDRAWN,
            organizes,
            title=_("Withdraw the entry"),
            told=_("withdrew the entry"),
            guards=(has_reason,),
            words=REASON,
        ),
    ),
    title=_("Entry of a review"),
)

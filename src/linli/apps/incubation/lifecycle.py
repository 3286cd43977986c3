"""A month is rated, shown, answered, published, settled; an exit is proposed, told, heard, decided, appealed.

sheet: drafted -> shown -> published -> final             shown -> drafted (taken back)
exit:  proposed -> told -> decided -> left                decided -> appealed -> confirmed -> left
       any of them -> dropped
objection: open -> upheld, rejected
stars: drafted -> shown -> noticed -> final               shown, noticed -> drafted (reckoned again)
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.incubation import permissions as who
from linli.apps.incubation.models import ExitState, MonthSheet, ObjectionState, SheetState, StarRound, StarState
from linli.kernel.audit import Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

Facts = Mapping[str, Any]


def is_marked(sheet: MonthSheet, facts: Facts) -> Refusal | None:
    """Every criterion has its mark."""
    if not facts.get("unmarked"):
        return None
    return Refusal(_("These criteria have no mark yet: %(names)s.") % {"names": facts["unmarked"]}, code="unmarked")


def month_is_over(sheet: MonthSheet, facts: Facts) -> Refusal | None:
    if facts["over"]:
        return None
    return Refusal(_("The month is not over yet. Show the draft once it is."), code="early")


def was_heard(row: Any, facts: Facts) -> Refusal | None:
    """The organization spoke, or its days are over."""
    if facts["heard"]:
        return None
    sentence = _("The organization may still speak until %(until)s. Wait for it, or for the end of its days.")
    return Refusal(sentence % {"until": facts["until"]}, code="unheard")


def nobody_objects(sheet: MonthSheet, facts: Facts) -> Refusal | None:
    if facts["open"]:
        return Refusal(_("An objection waits for its answer."), code="objection")
    if facts["over"]:
        return None
    return Refusal(_("Objections are possible until %(until)s.") % {"until": facts["until"]}, code="early")


def has_reason(row: Any, facts: Facts) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


def has_answer(row: Any, facts: Facts) -> Refusal | None:
    return None if facts.get("answer") else Refusal(_("Write the answer with its reason."), field="answer")


def was_warned(row: Any, facts: Facts) -> Refusal | None:
    """Nobody leaves who was not warned of the first two months and heard about both."""
    if not facts.get("unwarned"):
        return None
    sentence = _("The warnings of %(months)s were not heard yet. An exit is decided after both.")
    return Refusal(sentence % {"months": facts["unwarned"]}, code="unwarned")


def stands_on_months(row: Any, facts: Facts) -> Refusal | None:
    if facts["stands"]:
        return None
    return Refusal(_("The months no longer give three in a row. Let the case fall."), code="basis")


def in_time(row: Any, facts: Facts) -> Refusal | None:
    if facts["in_time"]:
        return None
    return Refusal(_("The appeal was possible until %(until)s.") % {"until": facts["until"]}, code="late")


def appeal_is_over(row: Any, facts: Facts) -> Refusal | None:
    if facts["over"]:
        return None
    return Refusal(_("An appeal is possible until %(until)s.") % {"until": facts["until"]}, code="early")


def is_reckoned(row: StarRound, facts: Facts) -> Refusal | None:
    if facts["rated"]:
        return None
    return Refusal(_("No organization is rated yet. Reckon the stars first."), code="unrated")


def was_on_notice(row: StarRound, facts: Facts) -> Refusal | None:
    """The public notice of the list was concluded, and nothing said against it stands."""
    if facts["concluded"]:
        return None
    return Refusal(_("The public notice is not concluded yet. Stars are given after it."), code="notice")


REASON, ANSWER = {"reason": _("reason")}, {"answer": _("answer")}
TOTAL = {"total": _("total")}
DRAFTED, SHOWN, PUBLISHED = SheetState.DRAFTED, SheetState.SHOWN, SheetState.PUBLISHED

SHEETS = Lifecycle(
    "incubation.sheet",
    SheetState,
    (
        Transition(
            "show", (DRAFTED,), SHOWN, who.keeps_months, title=_("Show to the organization"),
            told=_("showed the draft to the organization"), guards=(month_is_over, is_marked), words=TOTAL,
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "take_back", (SHOWN,), DRAFTED, who.keeps_months, title=_("Rate again"),
            told=_("took the draft back"), guards=(has_reason,), words=REASON, keep=Keep.FOR_EVER,
        ),
        Transition(
            "publish", (SHOWN,), PUBLISHED, who.keeps_months, title=_("Publish the points"),
            told=_("published the points of the month"), guards=(was_heard,), words=TOTAL, keep=Keep.FOR_EVER,
        ),
        Transition(
            "settle", (PUBLISHED,), SheetState.FINAL, who.keeps_months, title=_("Settle the month"),
            told=_("settled the month"), guards=(nobody_objects,), words=TOTAL, keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Ten-point month"),
)  # fmt: skip

ANSWERING = (
    Transition(
        "uphold", (ObjectionState.OPEN,), ObjectionState.UPHELD, who.keeps_months, title=_("Uphold"),
        told=_("upheld the objection"), guards=(has_answer,), words=ANSWER, keep=Keep.FOR_EVER,
    ),
    Transition(
        "reject", (ObjectionState.OPEN,), ObjectionState.REJECTED, who.keeps_months, title=_("Do not uphold"),
        told=_("did not uphold the objection"), guards=(has_answer,), words=ANSWER, keep=Keep.FOR_EVER,
    ),
)  # fmt: skip

OBJECTIONS = Lifecycle(
    "incubation.objection",
    ObjectionState,
    ANSWERING,
    title=_("Objection to a month"),
    subject=lambda row: row.sheet,
)  # fmt: skip

PROPOSED, TOLD, DECIDED = ExitState.PROPOSED, ExitState.TOLD, ExitState.DECIDED
APPEALED, CONFIRMED, DROPPED = ExitState.APPEALED, ExitState.CONFIRMED, ExitState.DROPPED

EXITS = Lifecycle(
    "incubation.exit",
    ExitState,
    (
        Transition(
            "tell", (PROPOSED,), TOLD, who.notifies_pages, title=_("Tell the organization"),
            told=_("told the organization of the proposed exit"), guards=(stands_on_months,),
            words={"until": _("to be heard until")}, keep=Keep.FOR_EVER,
        ),
        Transition(
            "decide", (TOLD,), DECIDED, who.decides, title=_("Decide the exit"), told=_("decided the exit"),
            guards=(stands_on_months, was_warned, was_heard, has_reason),
            words=REASON | {"until": _("appeal until")}, keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "drop", (PROPOSED, TOLD, DECIDED, APPEALED, CONFIRMED), DROPPED, who.drops, title=_("Let it stay"),
            told=_("let the case fall: it stays"), guards=(has_reason,), words=REASON, keep=Keep.FOR_EVER,
        ),
        Transition(
            "appeal", (DECIDED,), APPEALED, who.speaks, title=_("Appeal"), told=_("appealed against the exit"),
            guards=(in_time,), keep=Keep.FOR_EVER,
        ),
        Transition(
            "uphold_appeal", (APPEALED,), DROPPED, who.decides, title=_("Uphold the appeal: it stays"),
            told=_("upheld the appeal: it stays"), guards=(has_answer,), words=ANSWER, keep=Keep.FOR_EVER,
        ),
        Transition(
            "reject_appeal", (APPEALED,), CONFIRMED, who.decides, title=_("Confirm the exit"),
            told=_("answered the appeal: the exit is confirmed"), guards=(has_answer,), words=ANSWER,
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "leave", (DECIDED, CONFIRMED), ExitState.LEFT, who.leaves, title=_("Record that it left"),
            told=_("recorded that the organization left the center"), guards=(stands_on_months, appeal_is_over),
            words={"day": _("day")}, keep=Keep.FOR_EVER, weighty=True,
        ),
    ),
    title=_("Exit from the center"),
)  # fmt: skip

STARRED, STARS_SHOWN, NOTICED = StarState.DRAFTED, StarState.SHOWN, StarState.NOTICED

STAR_ROUNDS = Lifecycle(
    "incubation.star_round",
    StarState,
    (
        Transition(
            "show", (STARRED,), STARS_SHOWN, who.keeps_months, title=_("Show to the organizations"),
            told=_("showed the stars to the organizations"), guards=(is_reckoned,),
            words={"rated": _("organizations"), "until": _("objection until")}, keep=Keep.FOR_EVER,
        ),
        Transition(
            "reckon_again", (STARS_SHOWN, NOTICED), STARRED, who.keeps_months, title=_("Reckon again"),
            told=_("took the stars back to reckon them again"), guards=(has_reason,), words=REASON,
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "notice", (STARS_SHOWN,), NOTICED, who.gives_stars, title=_("Give public notice"),
            told=_("put the stars into public notice"), guards=(nobody_objects,), words={"title": _("title")},
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "give", (NOTICED,), StarState.FINAL, who.gives_stars, title=_("Give the stars"),
            told=_("gave the stars"), guards=(was_on_notice,),
            words={"day": _("day"), "given": _("organizations")}, keep=Keep.FOR_EVER, weighty=True,
        ),
    ),
    title=_("Stars of a year"),
)  # fmt: skip

STAR_OBJECTIONS = Lifecycle(
    "incubation.star_objection",
    ObjectionState,
    ANSWERING,
    title=_("Objection to the stars"),
    subject=lambda row: row.rating.round,
)  # fmt: skip

"""A project is under way from its award until its closing review, unless it is halted or broken off.

running -> suspended -> running
running, suspended -> terminated           (money is recovered)
running -> closing -> closed               (closing review)
closing -> running                         (the closing file is taken back)

A change request: asked -> approved -> filed; asked -> refused, withdrawn.
A mid-term evaluation: called -> handed_in -> scored; called -> failed (nothing came after two warnings).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.projects import permissions as who
from linli.apps.projects.models import (
    AppealState,
    ChangeRequest,
    ChangeState,
    ClosingFile,
    ClosingState,
    GradeAppeal,
    MidTerm,
    MidTermState,
    Project,
    ProjectState,
)
from linli.kernel.audit import Amount, Keep
from linli.kernel.errors import Refusal
from linli.kernel.lifecycle import Lifecycle, Transition

RUNNING, SUSPENDED, TERMINATED = ProjectState.RUNNING, ProjectState.SUSPENDED, ProjectState.TERMINATED
CLOSING, CLOSED = ProjectState.CLOSING, ProjectState.CLOSED


def has_reason(project: Project, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("reason") else Refusal(_("Say why."), field="reason")


def money_is_accounted_for(project: Project, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody breaks off while what was paid and not spent has no answer."""
    return Refusal(facts["unanswered"], code="money") if facts.get("unanswered") else None


REASON = {"reason": _("reason")}

PROJECTS = Lifecycle(
    "projects.project",
    ProjectState,
    (
        Transition(
            "suspend", (RUNNING,), SUSPENDED, who.keeps_projects, title=_("Halt"), told=_("halted the project"),
            guards=(has_reason,), words=REASON, keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "resume", (SUSPENDED,), RUNNING, who.keeps_projects, title=_("Resume"), told=_("resumed the project"),
            guards=(has_reason,), words=REASON | {"until": _("until")}, keep=Keep.FOR_EVER,
        ),
        Transition(
            "terminate", (RUNNING, SUSPENDED), TERMINATED, who.keeps_projects, title=_("Break off"),
            told=_("broke the project off"), guards=(has_reason, money_is_accounted_for),
            words=REASON | {"recover": Amount(_("to be recovered")), "released": Amount(_("given back"))},
            keep=Keep.FOR_EVER, weighty=True,
        ),
        Transition(
            "begin_closing", (RUNNING,), CLOSING, who.tends, title=_("Begin the closing review"),
            told=_("began the closing review"), keep=Keep.FOR_EVER,
        ),
        Transition(
            "go_back", (CLOSING,), RUNNING, who.keeps_projects, told=_("took the project out of the closing review"),
            guards=(has_reason,), words=REASON, keep=Keep.FOR_EVER,
        ),
        Transition(
            "close", (CLOSING,), CLOSED, who.keeps_projects, told=_("concluded the project"),
            words={"grade": _("grade")}, keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Project"),
)  # fmt: skip


def has_answer(change: ChangeRequest, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("answer") else Refusal(_("Say why."), field="answer")


CHANGES = Lifecycle(
    "projects.change",
    ChangeState,
    (
        Transition(
            "approve", (ChangeState.ASKED,), ChangeState.APPROVED, who.answers_changes, title=_("Approve"),
            told=_("approved the change"), keep=Keep.FOR_EVER,
            words={"number": _("number"), "percent": _("per cent of the budget"), "answer": _("answer")},
        ),
        Transition(
            "refuse", (ChangeState.ASKED,), ChangeState.REFUSED, who.answers_changes, title=_("Refuse"),
            told=_("refused the change"), guards=(has_answer,), keep=Keep.FOR_EVER, words={"answer": _("answer")},
        ),
        Transition(
            "withdraw", (ChangeState.ASKED,), ChangeState.WITHDRAWN, who.tends, title=_("Withdraw"),
            told=_("withdrew the change"),
        ),
        Transition(
            "file", (ChangeState.APPROVED,), ChangeState.FILED, who.keeps_projects, title=_("File"),
            told=_("filed the change"), keep=Keep.FOR_EVER,
            words={"number": _("filing number"), "day": _("filed on")},
        ),
    ),
    title=_("Change request"),
)  # fmt: skip


def was_warned(midterm: MidTerm, facts: Mapping[str, Any]) -> Refusal | None:
    """Late material fails, but nobody fails unwarned."""
    if midterm.warnings >= WARNINGS and facts["day"] > midterm.due:
        return None
    return Refusal(_("Nobody fails before the last day, or without two warnings."), code="unwarned")


def is_in_time(midterm: MidTerm, facts: Mapping[str, Any]) -> Refusal | None:
    """After the last day material still counts until the second warning was sent and a day has passed."""
    if facts["day"] <= midterm.due or midterm.warnings < WARNINGS:
        return None
    sentence = _("The last day has passed and two warnings were sent. This self-report comes too late.")
    return Refusal(sentence, code="late")


WARNINGS = 2

MIDTERMS = Lifecycle(
    "projects.midterm",
    MidTermState,
    (
        Transition(
            "hand_in", (MidTermState.CALLED,), MidTermState.HANDED_IN, who.tends, title=_("Hand in the self-report"),
            told=_("handed the mid-term self-report in"), guards=(is_in_time,), keep=Keep.FOR_EVER,
            words={"day": _("day")},
        ),
        Transition(
            "score", (MidTermState.HANDED_IN,), MidTermState.SCORED, who.keeps_projects, title=_("Score"),
            told=_("scored the mid-term evaluation"), keep=Keep.FOR_EVER,
            words={"total": _("total"), "verdict": _("verdict"), "misuse": _("misuse of money")},
        ),
        Transition(
            "fail", (MidTermState.CALLED,), MidTermState.FAILED, who.keeps_projects,
            told=_("failed at mid-term: nothing came in time"), guards=(was_warned,), keep=Keep.FOR_EVER,
            words={"day": _("day"), "warnings": _("warnings")},
        ),
    ),
    title=_("Mid-term evaluation"),
)  # fmt: skip


def is_written(closing: ClosingFile, facts: Mapping[str, Any]) -> Refusal | None:
    """Every section says something before the file is handed in."""
    if not facts.get("empty"):
        return None
    return Refusal(_("These sections are still empty: %(names)s.") % {"names": facts["empty"]}, code="incomplete")


def passes_the_gate(closing: ClosingFile, facts: Mapping[str, Any]) -> Refusal | None:
    """Quantified indicators and enough answers on satisfaction, or an exception that was decided."""
    if not facts.get("lacks"):
        return None
    sentence = _("%(lacks)s Add what is missing, or record an exception with its decision.")
    return Refusal(sentence % {"lacks": facts["lacks"]}, code="gate")


def has_words(appeal: GradeAppeal, facts: Mapping[str, Any]) -> Refusal | None:
    return None if facts.get("answer") else Refusal(_("Write the answer with its reason."), field="answer")


CLOSINGS = Lifecycle(
    "projects.closing",
    ClosingState,
    (
        Transition(
            "submit", (ClosingState.DRAFT,), ClosingState.SUBMITTED, who.tends, title=_("Hand the file in"),
            told=_("handed the closing file in"), guards=(is_written,), words={"score": _("complete in per cent")},
            keep=Keep.FOR_EVER,
        ),
        Transition(
            "send_back", (ClosingState.SUBMITTED, ClosingState.ACCEPTED), ClosingState.DRAFT, who.keeps_projects,
            title=_("Send back"), told=_("sent the closing file back"), guards=(has_reason,),
            words=REASON | {"digest": _("digest of what was handed in")}, keep=Keep.FOR_EVER,
        ),
        Transition(
            "accept", (ClosingState.SUBMITTED,), ClosingState.ACCEPTED, who.keeps_projects,
            title=_("Accept for the review"), told=_("accepted the closing file for the review"),
            guards=(passes_the_gate,), keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Closing file"),
)  # fmt: skip

ANSWER = {"answer": _("answer")}
APPEALS = Lifecycle(
    "projects.appeal",
    AppealState,
    (
        Transition(
            "reject", (AppealState.OPEN,), AppealState.REJECTED, who.keeps_projects, title=_("The grade stands"),
            told=_("answered the appeal: the grade stands"), guards=(has_words,), words=ANSWER, keep=Keep.FOR_EVER,
        ),
        Transition(
            "uphold", (AppealState.OPEN,), AppealState.UPHELD, who.keeps_projects, title=_("Grade anew"),
            told=_("upheld the appeal; the grade is given anew"), guards=(has_words,), words=ANSWER,
            keep=Keep.FOR_EVER,
        ),
    ),
    title=_("Appeal against a grade"),
)  # fmt: skip

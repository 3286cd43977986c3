"""The way to the public, by three persons.

draft -> submitted -> checked -> public
submitted, checked -> draft                (sent back with a reason)
submitted, checked, public -> draft        (its text changed: the seal is broken, the check begins anew)
public -> withdrawn -> draft               (one action, at once; taken up again)
draft -> submitted                         (held: a resident's text waits for the check)
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import Keep
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.lifecycle import Lifecycle, Transition
from linli.kernel.publication.models import PublicationState as State
from linli.kernel.scope import Actor, everyone, holds, nobody
from linli.kernel.scope.predicates import predicate

if TYPE_CHECKING:
    from linli.kernel.publication.declaring import PublicKind


@predicate
def wrote_it(actor: Actor | None, row: Any = None) -> bool:
    """The actor stands for the text as it is."""
    return actor is not None and row is not None and row.author_id == actor.actor_id


@predicate
def checked_it(actor: Actor | None, row: Any = None) -> bool:
    """The actor passed the check of this text."""
    return actor is not None and row is not None and row.checker_id == actor.actor_id


def is_the_text_seen(row: Any, facts: Mapping[str, Any]) -> Refusal | None:
    """Nobody passes a text he has not read: the seal on his page is the seal of the text now."""
    if facts.get("seen") in (None, "", facts.get("digest")):
        return None
    return Conflict(_("The text has changed since you opened it. Read it again, then decide."))


def is_sealed(row: Any, facts: Mapping[str, Any]) -> Refusal | None:
    """What is checked and signed is what was submitted."""
    if row.digest == facts.get("digest"):
        return None
    return Conflict(_("The text was changed after it was submitted. Send it back to its author; it is checked anew."))


def has_reason(row: Any, facts: Mapping[str, Any]) -> Refusal | None:
    if facts.get("reason"):
        return None
    return Refusal(_("Say in a sentence why, so that the author knows what to change."), field="reason")


REASON = {"reason": _("Reason")}
TOLD = {
    "hold": _("handed the text in; it waits for the check"),
    "submit": _("submitted it for the check"),
    "check": _("checked it"),
    "sign_off": _("signed it off; it is public"),
    "send_back": _("sent it back"),
    "change": _("changed the text; it is checked anew"),
    "withdraw": _("withdrew it from public view"),
    "take_up_again": _("took it up again as a draft"),
}


def lifecycle_of(kind: "PublicKind") -> Lifecycle:
    """The transitions of one kind, with its own roles; the record, not the row, is told about in the timeline."""
    writes, checks = holds(*kind.writes), holds(*kind.checks)
    signs = holds(*kind.signs_off) if kind.signs_off else nobody
    passes, signs_off = checks & ~wrote_it, signs & ~wrote_it & ~checked_it
    told = {**TOLD, **kind.told}
    seen, sealed = (is_the_text_seen,), (is_the_text_seen, is_sealed)
    after_check = State.CHECKED if kind.signs_off else State.PUBLIC
    moves = [
        Transition("submit", (State.DRAFT,), State.SUBMITTED, writes, _("Submit for the check"), guards=seen),
        Transition("check", (State.SUBMITTED,), after_check, passes, _("Pass the check"), guards=sealed),
        Transition(
            "sign_off", (State.CHECKED,), State.PUBLIC, signs_off, _("Sign off and publish"),
            guards=sealed, keep=Keep.FOR_EVER,
        ),
        Transition(
            "send_back", (State.SUBMITTED, State.CHECKED), State.DRAFT, passes | signs_off, _("Send back"),
            guards=(is_the_text_seen, has_reason), words=REASON,
        ),
        Transition(
            "withdraw", (State.PUBLIC,), State.WITHDRAWN, writes | checks | signs, _("Withdraw from view"),
            keep=Keep.FOR_EVER, words=REASON,
        ),
        Transition("take_up_again", (State.WITHDRAWN,), State.DRAFT, writes, _("Take up again")),
        Transition("hold", (State.DRAFT,), State.SUBMITTED, everyone),
        Transition("change", (State.SUBMITTED, State.CHECKED, State.PUBLIC), State.DRAFT, everyone),
    ]  # fmt: skip
    return Lifecycle(
        kind.kind,
        State,
        tuple(replace(move, told=told[move.name]) for move in moves),
        title=kind.title,
        subject=lambda row: row.record if row.record is not None else row.ref,
    )

"""While a need is handled: reaching the resident, more time, a first result, taking it back."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.lifecycle import NEEDS
from linli.apps.needs.models import (
    OPEN,
    UNFINISHED,
    AttemptWay,
    ContactAttempt,
    ExtensionRequest,
    ExtensionState,
    Need,
)
from linli.apps.needs.permissions import decides_here, handles
from linli.apps.needs.services import clocks
from linli.apps.needs.services.keeping import keep_findable, moment, require, said, who
from linli.apps.needs.services.telling import owners, tell
from linli.kernel import deadlines
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def record_contact(
    need: Need,
    *,
    way: str,
    reached: bool,
    actor: Actor | None,
    note: str = "",
    at: datetime | None = None,
) -> ContactAttempt:
    """One attempt to reach the resident. Who had to come to the office is counted, and the owner told from twice on."""
    require(handles, actor, need)
    when, chosen = moment(at), AttemptWay(way)
    if need.received_at - timedelta(minutes=1) < when < need.received_at:
        when = need.received_at  # a page tells minutes, not seconds
    if when < need.received_at or when > timezone.now():
        raise Refusal(_("This moment lies before the need came in, or ahead."), field="at")
    if need.state not in UNFINISHED:
        raise Conflict(_("This need is finished."), code="finished")
    row = ContactAttempt(need=need, at=when, way=chosen, reached=reached, note=note.strip()[:300], made_by=who(actor))
    with transaction.atomic():
        row.save(force_insert=True)
        if reached:
            _reached(need, when)
        if chosen == AttemptWay.CAME:
            _came(need, actor, when)
        facts = {"way": chosen.label, "reached": reached}
        record("needs.need.record_contact", need, actor=actor, facts=facts, at=when)
    return row


def _reached(need: Need, at: datetime) -> None:
    if Need.objects.filter(pk=need.pk, first_at__isnull=True).update(first_at=at):
        need.first_at = at
    clocks.stop(need, clocks.FIRST_CONTACT, at=at)


def _came(need: Need, actor: Actor | None, at: datetime) -> None:
    """At most one visit a matter (E17): from the second on the owner hears of it."""
    Need.objects.filter(pk=need.pk).update(visits=F("visits") + 1)
    need.visits += 1
    if need.visits > 1:
        tell(
            need, owners(need), kind="needs.need.visits", actor=actor, at=at,
            text=_("The resident of need %(number)s has come to the office more than once."),
        )  # fmt: skip


def extend(
    need: Need, *, until: datetime, reason: str, actor: Actor | None, at: datetime | None = None
) -> ExtensionRequest:
    """Ask for more time of the official limit, with why; a section head or leader answers (rules §4 Art. 15)."""
    require(handles, actor, need)
    why, when = said(reason, "reason", _("Say why the deadline is extended.")), moment(at)
    if need.state not in OPEN or need.promised is None:
        raise Conflict(_("This need is finished."), code="finished")
    if until <= need.promised or until <= when:
        raise Refusal(_("The new deadline must be later than the old one and than now."), field="until")
    row = ExtensionRequest(need=need, before=need.promised, until=until, reason=why, asked_at=when, asked_by=who(actor))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"until": timezone.localtime(until), "reason": why}
            record("needs.need.extend", need, actor=actor, facts=facts, at=when)
    except IntegrityError:
        raise Conflict(_("A request for more time waits for its answer already."), code="waits") from None
    return row


def answer_extension(
    request: ExtensionRequest, *, approved: bool, actor: Actor | None, answer: str = "", at: datetime | None = None
) -> None:
    """Approve or refuse more time. Approved: the clock and what the resident was promised move."""
    need, when, words = request.need, moment(at), answer.strip()[:300]
    require(decides_here, actor, need)
    if not approved and not words:
        raise Refusal(_("Say why."), field="answer")
    state = ExtensionState.APPROVED if approved else ExtensionState.REFUSED
    with transaction.atomic():
        rows = ExtensionRequest.objects.filter(pk=request.pk, state=ExtensionState.ASKED)
        if not rows.update(state=state, answered_at=when, answer=words):
            raise Conflict(_("This was answered already."), code="answered")
        request.state, request.answered_at, request.answer = state, when, words
        if approved:
            _more_time(need, request, actor, when)
        facts = {"approved": approved, "until": timezone.localtime(request.until), "reason": words}
        record("needs.need.answer_extension", need, actor=actor, facts=facts, at=when)
        tell(
            need, owners(need), kind="needs.need.answer_extension", actor=actor, at=when,
            text=_("The request for more time for need %(number)s was answered."),
        )  # fmt: skip


def approve_extension(
    request: ExtensionRequest, *, actor: Actor | None, answer: str = "", at: datetime | None = None
) -> None:
    """More time is given."""
    answer_extension(request, approved=True, actor=actor, answer=answer, at=at)


def refuse_extension(
    request: ExtensionRequest, *, answer: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """No more time, and why."""
    answer_extension(request, approved=False, actor=actor, answer=answer, at=at)


def _more_time(need: Need, request: ExtensionRequest, actor: Actor | None, at: datetime) -> None:
    deadlines.extend(
        ref_of(need), clocks.OFFICIAL, actor=actor, due=request.until, reason=request.reason, at=at
    )  # fmt: skip
    Need.objects.filter(pk=need.pk).update(promised=request.until)
    need.promised = request.until


def withdraw(need: Need, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The resident takes it back, or it was entered by mistake; why stays on record."""
    when, why = moment(at), reason.strip()[:600]
    with transaction.atomic():
        NEEDS.apply("withdraw", need, actor=actor, facts={"reason": why}, at=when, reason=why)
        clocks.stop(need, *clocks.CLOCKS, at=when)
        keep_findable(need)

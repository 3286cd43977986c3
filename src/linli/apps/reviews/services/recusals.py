"""Recusals: found by the house from ties it knows, declared by judges, confirmed or dismissed with a reason."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.reviews import queries
from linli.apps.reviews.models import (
    OPEN_SESSIONS,
    Entry,
    EntryState,
    Ground,
    Recusal,
    RecusalState,
    ReviewPromise,
    ReviewSession,
    ScoreSheet,
    Seat,
    SessionState,
    TripState,
)
from linli.apps.reviews.permissions import is_the_judge, organizes
from linli.apps.reviews.services.keeping import require, require_state, said, tell, touch
from linli.apps.reviews.services.rules import fix_anew
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor

PROMISE = _(
    "I keep what I read and hear in this review to myself, take nothing from anybody about it, "
    "and have no interest in any entry but those I declared."
)


def promise_text() -> str:
    """The promise as it is printed and signed: Chinese, whatever language somebody reads the page in."""
    with override("zh-hans"):
        return str(PROMISE)


def derive_recusals(session: ReviewSession, *, actor: Actor | None, at: datetime | None = None) -> int:
    """Look for ties between the judges and the entries of their panels; returns how many new ones were found.

    Decided ones stay. Those nobody decided whose ground is gone are taken away.
    """
    require(organizes, actor, session)
    require_state(session, *OPEN_SESSIONS)
    refuse_on_a_laptop(session)
    found = queries.ties_found(session, on=session.first_day)
    with transaction.atomic():
        known = {(row.seat_id, row.entry_id): row for row in queries.recusals_of(session)}
        gone = [row.pk for key, row in known.items() if _is_open(row) and key not in found]
        Recusal.objects.filter(pk__in=gone).delete()
        rows = Recusal.objects.bulk_create(
            Recusal(seat_id=seat, entry_id=entry, ground=tie.ground, fact=tie.fact)
            for (seat, entry), tie in found.items()
            if (seat, entry) not in known
        )
        tell("recusal.derive", session, session=session, actor=actor, facts={"found": len(rows)}, at=at)
    return len(rows)


def refuse_on_a_laptop(session: ReviewSession) -> None:
    """A laptop has neither the pool nor the register: what it would not find is no reason to forget it."""
    if session.trips.filter(state=TripState.HERE).exists():
        raise Refusal(_("Ties are looked for in the house; on the laptop judges declare them."), code="on-a-laptop")


def _is_open(row: Recusal) -> bool:
    return row.state == RecusalState.FOUND and not row.declared


def declare_recusal(
    seat: Seat,
    *,
    entry: Entry,
    fact: str,
    actor: Actor | None,
    ground: Ground = Ground.OTHER,
    at: datetime | None = None,
) -> Recusal:
    """A judge says that he should not judge an entry, by phone or on paper. Raises Conflict when it is known."""
    require(organizes | is_the_judge, actor, seat)
    require_state(seat.session, *OPEN_SESSIONS)
    if entry.panel_id != seat.panel_id:
        raise Refusal(_("This entry stands before another panel."), field="entry")
    fact = said(fact, "fact", _("Say in a sentence what ties you to it."))
    try:
        with transaction.atomic():
            row = Recusal.objects.create(seat=seat, entry=entry, ground=ground, fact=fact, declared=True)
            facts = {"number": entry.number, "ground": ground}
            tell("recusal.declare", row, session=seat.session, actor=actor, facts=facts, at=at)
            touch(seat.panel)
    except IntegrityError:
        raise Conflict(_("This recusal is known already."), code="recusal-known") from None
    return row


def confirm_recusal(recusal: Recusal, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The judge does not judge the entry; a sheet already written is set aside. Refuses once sheets are collected,
    and where the rule fixed beforehand could no longer be kept."""
    at = at or timezone.now()
    with transaction.atomic():
        _decide(recusal, RecusalState.CONFIRMED, reason=reason, actor=actor, at=at)
        ScoreSheet.objects.filter(entry=recusal.entry, seat=recusal.seat).delete()
        if recusal.entry.session.state == SessionState.RUNNING and recusal.seat.panel is not None:
            fix_anew(recusal.seat.panel, at=at)


def dismiss_recusal(recusal: Recusal, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The tie is no reason not to judge; why, is on record."""
    with transaction.atomic():
        _decide(recusal, RecusalState.DISMISSED, reason=reason, actor=actor, at=at or timezone.now())


def _decide(recusal: Recusal, state: RecusalState, *, reason: str, actor: Actor | None, at: datetime) -> None:
    session = recusal.entry.session
    require(organizes, actor, recusal)
    require_state(session, *OPEN_SESSIONS)
    reason = said(reason, "reason", _("Say why: whoever looks into the review reads it."))
    if recusal.entry.state in (EntryState.COLLECTED, EntryState.REVEALED):
        raise Conflict(_("The sheets of this entry are collected; its judges stand."), code="entry-state")
    columns = {"state": state, "reason": reason, "decided_at": at, "decided_by": actor.actor_label if actor else ""}
    if not Recusal.objects.filter(pk=recusal.pk, state=recusal.state).update(**columns):
        raise Conflict(_("Somebody else decided this a moment ago. Load the page again."))
    for name, value in columns.items():
        setattr(recusal, name, value)
    facts = {"number": recusal.entry.number, "ground": recusal.ground, "state": state, "reason": reason}
    tell("recusal.decide", recusal, session=session, actor=actor, facts=facts, at=at)
    touch(recusal.seat.panel)


def sign_promise(
    seat: Seat, *, actor: Actor | None, text: str = "", on_paper: bool = False, at: datetime | None = None
) -> ReviewPromise:
    """The judge promises confidentiality and no interest; before that no papers open and no sheet is taken.

    On paper the organizer records it. Safe to call again: the first signature counts.
    """
    at = at or timezone.now()
    require(organizes if on_paper else is_the_judge, actor, seat)
    require_state(seat.session, *OPEN_SESSIONS)
    with transaction.atomic():
        row, made = ReviewPromise.objects.get_or_create(
            seat=seat, defaults={"text": text or promise_text(), "on_paper": on_paper, "signed_at": at}
        )
        if made:
            tell("seat.promise", seat, session=seat.session, actor=actor, at=at)
            touch(seat.panel)
    return row

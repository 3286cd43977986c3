"""Collecting sheets, counting them, two who confirm, the reveal, the chair's choice among equals."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews import queries
from linli.apps.reviews.lifecycle import ENTRIES
from linli.apps.reviews.models import Duty, Entry, EntryState, Mode, Panel, SessionState, TieRule, Verdict
from linli.apps.reviews.permissions import collects, counts, seated, supervises
from linli.apps.reviews.services.keeping import facts_of, require, require_here, require_state, said, tell, touch
from linli.apps.reviews.services.reckoning import rank, reckon
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor

Together = Sequence[Entry]
UNCONFIRMED = {"counter_id": None, "counter_name": "", "supervisor_id": None, "supervisor_name": ""}


def collect(entry: Entry, *, actor: Actor | None, reason: str = "", at: datetime | None = None) -> None:
    """The sheets of an entry are in (收卷): from now on they change by a correction alone; the score is reckoned.

    A judge whose sheet is missing holds it up, unless ``reason`` says why to go on without. Refuses fewer sheets than
    the rule fixed beforehand needs.
    """
    at = at or timezone.now()
    require(collects, actor, entry)
    require_state(entry.session, SessionState.RUNNING)
    if entry.session.mode == Mode.VOTE:
        raise Refusal(_("A vote is collected for the whole panel."))
    with transaction.atomic():
        _collect(entry, actor=actor, reason=reason.strip(), at=at)
        rank(entry.session, entry.panel)
        touch(entry.panel)
    entry.refresh_from_db()


def _collect(entry: Entry, *, actor: Actor | None, reason: str, at: datetime) -> None:
    missing = queries.missing_sheets(entry)
    if missing and not reason:
        names = "、".join(seat.name for seat in missing)
        raise Refusal(
            _("The sheets of %(names)s are missing. Wait for them, or say why you go on without.") % {"names": names},
            code="sheets-missing",
            field="reason",
        )
    queries.require_scans(entry)
    told = not entry.session.is_rehearsal
    facts = {"count": queries.handed_in(entry).count(), "missing": len(missing), "reason": reason}
    ENTRIES.apply("collect", entry, actor=actor, facts=facts_of(actor, facts), at=at, told=told, collected_at=at)
    reckon(entry)


def collect_panel(panel: Panel, *, actor: Actor | None, reason: str = "", at: datetime | None = None) -> int:
    """Collect every open entry of a panel at once; returns how many. Refuses as :func:`collect` does."""
    at = at or timezone.now()
    require(collects, actor, panel)
    require_state(panel.session, SessionState.RUNNING)
    open_ones = list(panel.entries.filter(state=EntryState.SCORING).select_related("session", "panel"))
    with transaction.atomic():
        for entry in open_ones:
            _collect(entry, actor=actor, reason=reason.strip(), at=at)
        rank(panel.session, panel)
        touch(panel)
    return len(open_ones)


def confirm(entries: Together, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Counter and supervisor, each for himself, stand behind the figures of collected entries. Two people."""
    with transaction.atomic():
        for entry in entries:
            _confirm(entry, actor=actor, at=at or timezone.now())


def _confirm(entry: Entry, *, actor: Actor | None, at: datetime) -> None:
    require(counts | supervises, actor, entry, _("Only counter and supervisor confirm."))
    require_here(entry.session)
    assert actor is not None  # a seat is never the clock
    duty = "counter" if counts(actor, entry) else "supervisor"
    name = actor.seat.name  # type: ignore[attr-defined]  # the predicate has seen it
    rows = Entry.objects.filter(pk=entry.pk, state=EntryState.COLLECTED)
    try:
        with transaction.atomic():
            if not rows.update(**{f"{duty}_id": actor.actor_id, f"{duty}_name": name}):
                raise Conflict(_("There is nothing to confirm: the sheets are not collected, or are revealed."))
    except IntegrityError:
        raise Refusal(_("Counter and supervisor are two people."), code="one-person") from None
    entry.refresh_from_db()
    tell("entry.confirm", entry, session=entry.session, actor=actor, facts={"duty": duty}, at=at)
    touch(entry.panel)


def reveal(entries: Together, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Everybody may see the scores; before that nobody but counter and supervisor. Refuses what is not confirmed."""
    at = at or timezone.now()
    with transaction.atomic():
        for entry in entries:
            require_here(entry.session)
            facts = facts_of(actor, {"score": str(entry.score if entry.score is not None else entry.yes or "")})
            told = not entry.session.is_rehearsal
            ENTRIES.apply("reveal", entry, actor=actor, facts=facts, at=at, told=told, revealed_at=at)
            touch(entry.panel)


def choose_order(entries: Together, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The chair's recorded choice among entries that score and criteria leave equal: the first goes first.

    Refuses entries that are not equal, a group that is not whole, and a session that gives equals one rank.
    """
    panel, session = _one_group(entries)
    require(seated(Duty.JUDGE) | seated(Duty.COUNTER), actor, panel)
    require_here(session)
    seat = getattr(actor, "seat", None)
    if seat is None or (seat.duty == Duty.JUDGE and not seat.is_chair):
        raise Refusal(_("The chair of the panel chooses; the counter may enter the choice."), code="not-chair")
    if session.ties != TieRule.CHAIR:
        raise Refusal(_("This review gives equals one rank."), code="equal-rank")
    reason = said(reason, "reason", _("Say why."))
    with transaction.atomic():
        for order, entry in enumerate(entries, 1):
            Entry.objects.filter(pk=entry.pk).update(tie_order=order, tie_reason=reason)
        rank(session, panel)
        facts = {"order": "、".join(str(entry.number) for entry in entries), "reason": reason}
        tell("panel.choose", panel, session=session, actor=actor, facts=facts, at=at)
        touch(panel)


def _one_group(entries: Together) -> tuple[Panel, Any]:
    first = entries[0]
    if first.panel is None or not queries.is_whole_tie(entries):
        raise Refusal(_("Put all entries of one equal rank in order, and only those."), code="not-tied")
    return first.panel, first.session


def choose_verdict(
    entry: Entry, *, verdict: Verdict, reason: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """Where no opinion has more than half, the chair's recorded choice decides."""
    require(seated(Duty.JUDGE) | seated(Duty.COUNTER), actor, entry)
    require_here(entry.session)
    seat = getattr(actor, "seat", None)
    if seat is None or (seat.duty == Duty.JUDGE and not seat.is_chair):
        raise Refusal(_("The chair of the panel chooses; the counter may enter the choice."), code="not-chair")
    reason = said(reason, "reason", _("Say why."))
    rows = Entry.objects.filter(pk=entry.pk, state=EntryState.COLLECTED, verdict="", session__mode=Mode.OPINIONS)
    with transaction.atomic():
        if not rows.update(verdict=verdict, verdict_reason=reason, **UNCONFIRMED):
            raise Conflict(_("The opinions of the judges decide this entry already."))
        entry.refresh_from_db()
        tell("entry.choose", entry, session=entry.session, actor=actor, facts={"reason": reason}, at=at)
        touch(entry.panel)

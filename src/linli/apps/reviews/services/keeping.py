"""What the verbs of reviews share: who may, what is told, who writes first."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import (
    UNDER_WAY,
    Entry,
    EntryState,
    Panel,
    ReviewSession,
    RoomTrip,
    SessionState,
    TripState,
)
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

NOT_YOURS = _("Only those who run this review do this.")


def require(predicate: Callable[..., bool], actor: Actor | None, about: object, sentence: Any = NOT_YOURS) -> None:
    """Refuse an actor for whom ``predicate`` does not hold. Raises NotAllowed."""
    if not predicate(actor, about):
        raise NotAllowed(sentence)


def said(text: str, field: str, sentence: str | Promise) -> str:
    """``text`` without edges and needless spaces; refuses an empty one with ``sentence``."""
    text = " ".join(text.split())
    if not text:
        raise Refusal(sentence, field=field)
    return text


def require_state(session: ReviewSession, *states: SessionState) -> None:
    """Refuse a session that is not (or no longer) in one of ``states``. Raises Conflict."""
    require_here(session)
    if session.state not in states:
        raise Conflict(
            _("The review stands at “%(state)s”; this is not possible now.") % {"state": session.get_state_display()},
            code="session-state",
        )


def require_here(session: ReviewSession) -> None:
    """Refuse a session that is out on a laptop: until its file is back, nothing of it changes here. Raises Conflict."""
    if session.state != SessionState.AWAY:
        return
    trip = RoomTrip.objects.filter(session=session, state__in=UNDER_WAY).first()
    if trip is None or trip.state == TripState.HERE:
        raise Conflict(
            _("This laptop has written the file for the house: nothing changes here any more."),
            code="session-handed-back",
        )
    raise Conflict(
        _("This review is out on a laptop since %(since)s (%(who)s). Take the laptop's file in, or call it back.")
        % {"since": f"{timezone.localtime(trip.out_at):%Y-%m-%d %H:%M}", "who": trip.out_by},
        code="session-away",
    )


def in_preparation(session: ReviewSession) -> None:
    """Refuse once scoring has started. Raises Conflict."""
    session.refresh_from_db(fields=["state", "version"])
    require_state(session, SessionState.PREPARING)


def facts_of(actor: Actor | None, facts: Mapping[str, Any] | None) -> dict[str, Any]:
    """Facts with the seat of whoever acts from the room; its holder's name stays in the seat."""
    seat = getattr(actor, "seat", None)
    return {**(facts or {}), **({"seat": seat.duty} if seat is not None else {})}


def tell(
    action: str,
    subject: Any,
    *,
    session: ReviewSession,
    actor: Actor | None,
    facts: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> None:
    """The audit row and event of a verb; a rehearsal tells nothing, for it leaves nothing behind."""
    if not session.is_rehearsal:
        record(f"reviews.{action}", subject, actor=actor, facts=facts_of(actor, facts), at=at)


def touch(panel: Panel | None) -> None:
    """The room shows something new: polling clients read it at their next look."""
    if panel is not None:
        Panel.objects.filter(pk=panel.pk).update(changes=F("changes") + 1)


def hold(entry: Entry, state: EntryState) -> None:
    """Until this transaction ends the entry stays in ``state``: an UPDATE of its row holds it. Raises Conflict.

    Sending a session out updates its entries too: whoever waited for that reads here that it is away.
    """
    if not Entry.objects.filter(pk=entry.pk, state=state).update(state=state):
        entry.refresh_from_db()
        raise Conflict(
            _("The sheets of this entry stand at “%(state)s”.") % {"state": entry.get_state_display()},
            code="entry-state",
        )
    if ReviewSession.objects.filter(pk=entry.session_id, state=SessionState.AWAY).exists():
        entry.session.state = SessionState.AWAY
        require_here(entry.session)

"""Reads of seats: in which duties somebody sits, and which papers a judge may read."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import (
    Duty,
    Entry,
    EntryState,
    Panel,
    Recusal,
    RecusalState,
    ReviewPromise,
    ReviewSession,
    Seat,
    SeatActor,
    SessionState,
)
from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

PAPERS_OPEN = (SessionState.PREPARING, SessionState.RUNNING, SessionState.AWAY)
"""While a session is out on a laptop its judges still read the papers in the house."""


def seat_actor(
    actor: Actor | None, session: ReviewSession, *duties: Duty, panel: Panel | None = None
) -> SeatActor | None:
    """The signed-in person in a seat of the session (of this panel or of all), or None. One query.

    Whoever sits there by code and PIN is a :class:`SeatActor` from the door on.
    """
    if actor is None:
        return None
    rows = Seat.objects.filter(session=session, user=actor.actor_id, left_at__isnull=True)
    if duties:
        rows = rows.filter(duty__in=duties)
    if panel is not None:
        rows = rows.filter(Q(panel__isnull=True) | Q(panel=panel))
    seat = rows.select_related("session").order_by("duty", "id").first()
    return SeatActor(seat, behind=actor) if seat is not None else None


def names_of_seats(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Id of a seat taken by code and PIN -> duty and name, as the record names whoever acted from it. One query."""
    return {one.pk: f"{one.get_duty_display()} {one.name}" for one in Seat.objects.filter(pk__in=set(ids))}


def seats_of(session: ReviewSession) -> QuerySet[Seat]:
    """Everybody who sits in a session, by panel and duty, with whether the promise is signed (``promised``)."""
    promised = Exists(ReviewPromise.objects.filter(seat=OuterRef("pk")))
    rows = session.seats.select_related("panel", "expert", "session").annotate(promised=promised)
    return rows.order_by("panel__position", "duty", "id")


def entries_for(seat: Seat) -> QuerySet[Entry]:
    """Entries of the judge's panel, with ``recused``: the row is blank for this judge."""
    recused = Recusal.objects.filter(seat=seat, entry=OuterRef("pk"), state=RecusalState.CONFIRMED)
    rows = Entry.objects.filter(panel=seat.panel_id).exclude(state=EntryState.WITHDRAWN)
    return (
        rows.annotate(recused=Exists(recused)).select_related("session", "panel", "slot").order_by("position", "number")
    )


def papers_for(seat: Seat, entry: Entry) -> QuerySet[StoredFile]:
    """The papers of an entry for a judge. Raises Refusal without a signed promise, after the session, when recused."""
    if entry.session.state not in PAPERS_OPEN:
        raise Refusal(_("The papers closed with the review."), code="papers-closed")
    if seat.duty != Duty.JUDGE or seat.panel_id != entry.panel_id or seat.left_at is not None:
        raise Refusal(_("This entry stands before another panel."), code="other-panel")
    if not ReviewPromise.objects.filter(seat=seat).exists():
        raise Refusal(_("Sign the promise first; then the papers open and sheets are taken."), code="no-promise")
    if Recusal.objects.filter(seat=seat, entry=entry, state=RecusalState.CONFIRMED).exists():
        raise Refusal(_("You are recused from this entry; its papers stay closed to you."), code="recused")
    return papers_of(entry)


def papers_of(entry: Entry) -> QuerySet[StoredFile]:
    """The frozen copies of an entry's papers."""
    owner = ref_of(entry)
    return StoredFile.objects.filter(owner_kind=owner.kind, owner_id=owner.id).order_by("id")

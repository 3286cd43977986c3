"""The laptop's file comes home: checked whole, then merged once, in one transaction, or not at all."""

import io
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.lifecycle import LIFECYCLE
from linli.apps.reviews.models import Entry, EntryState, Mode, ReviewSession, RoomTrip, SessionState, TripState
from linli.apps.reviews.permissions import organizes
from linli.apps.reviews.services import carried, parcels
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.services.reckoning import reckoned
from linli.apps.reviews.services.room import show_all
from linli.apps.reviews.services.trips import carried_key, ref_of_file, sheets_of
from linli.kernel import files
from linli.kernel.audit import Change, action_named
from linli.kernel.audit.facts import AFTER, BEFORE
from linli.kernel.audit.recording import FOR, FROM
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor
from linli.kernel.scope.sources import Door, Source, coming_through
from linli.kernel.seals import parcel_key

LEFT = {SessionState.AWAY: SessionState.RUNNING}
"""A session that was not closed on the laptop goes on in the house."""
ENDS = (SessionState.RUNNING, SessionState.CLOSED, SessionState.CALLED_OFF)


@dataclass(frozen=True)
class Away:
    """Whoever did a deed on the laptop: a seat, or an account of its desk. Acts here through its record alone."""

    actor_id: UUID
    actor_label: str = ""
    actor_source: str = "room"


def take_in(
    file: IO[bytes], *, actor: Actor | None, session: ReviewSession | None = None, at: datetime | None = None
) -> ReviewSession:
    """Take the laptop's file in: sheets, corrections, questions, clocks, confirmations and the reveal stand as they
    were made there, by whom and when, and the record tells each deed.

    ``session``: on the page of this one; without it the file says which. Raises Refusal (no such file, changed on its
    way, of another review or house, figures that do not follow from the sheets), Conflict (taken in already, called
    back, changed meanwhile), NotAllowed; then nothing has changed.
    """
    at = at or timezone.now()
    parcel = parcels.opened(file)
    trip = _trip(parcel, session)
    require(organizes, actor, trip.session)
    _key_id, key = parcel_key(str(trip.pk), key_id=trip.key_id)
    parcel.check(key)
    if parcel.kind != "back":
        raise Refusal(
            _("This is the file that went out. Take in the one the laptop wrote."), code="file-kind", field="file"
        )
    _require_out(trip)
    rows = parcel.rows(key)
    with transaction.atomic():
        _merge(trip, rows, actor=actor, at=at)
        _keep_scans(parcel, rows["papers"], key, actor=actor)
        _tell(rows["deeds"], trip)
        _require_figures(trip.session)
        show_all(trip.session)
    trip.session.refresh_from_db()
    return trip.session


def _trip(parcel: parcels.Parcel, session: ReviewSession | None) -> RoomTrip:
    rows = RoomTrip.objects.exclude(state=TripState.HERE).select_related("session__place")
    trip = rows.filter(pk=parcel.trip, session=parcel.session).first()
    if trip is None:
        raise Missing(_("No review of this house was taken out under this file."), code="no-trip")
    if session is not None and trip.session_id != session.pk:
        raise Refusal(
            _("This file belongs to another review: “%(title)s”.") % {"title": trip.session.title},
            code="other-session",
            field="file",
        )
    return trip


def _require_out(trip: RoomTrip) -> None:
    """Refuse a trip that is over: taken in once, or called back."""
    words = {"when": f"{timezone.localtime(trip.ended_at or trip.out_at):%Y-%m-%d %H:%M}", "who": trip.ended_by or "—"}
    if trip.state == TripState.TAKEN_IN:
        raise Conflict(
            _("This file was taken in already on %(when)s (%(who)s).") % words, code="taken-in", field="file"
        )
    if trip.state == TripState.CALLED_BACK:
        raise Conflict(
            _("The review was called back on %(when)s (%(who)s); what the laptop wrote counts no more.") % words,
            code="called-back",
            field="file",
        )


def _merge(trip: RoomTrip, rows: Mapping[str, Any], *, actor: Actor | None, at: datetime) -> None:
    """One wins: the trip ends by compare-and-set; then the rows that went out must still stand as they went."""
    session, tables = trip.session, rows["tables"]
    ends = {"state": TripState.TAKEN_IN, "ended_at": at, "ended_by": actor.actor_label if actor else "命令行"}
    if not RoomTrip.objects.filter(pk=trip.pk, state=TripState.OUT).update(**ends):
        trip.refresh_from_db()
        _require_out(trip)
    if carried.digest_of(carried.rows_of(session)) != trip.digest or rows["digest"] != trip.digest:
        raise Conflict(
            _("The review was changed in the house while it was out, so the laptop's file cannot be merged."),
            code="changed-meanwhile",
        )
    carried.merge(session, tables)
    told = carried.revived(ReviewSession, tables["session"][0])
    state = LEFT.get(told.state, told.state)
    if state not in ENDS:
        raise Refusal(parcels.CHANGED, code="file-rows")
    facts = {"sheets": sheets_of(session), "deeds": len(rows["deeds"])}
    LIFECYCLE.apply("take_in", session, actor=actor, facts=facts, at=at)
    ReviewSession.objects.filter(pk=session.pk).update(state=state, closed_at=told.closed_at, version=F("version") + 1)


def _keep_scans(parcel: parcels.Parcel, listed: list[dict[str, Any]], key: bytes, *, actor: Actor | None) -> None:
    for one in listed:
        body = io.BytesIO(parcel.part(str(one["part"]), key))
        at = datetime.fromisoformat(one["at"])
        files.keep(body, accept=files.PAPERS, owner=ref_of_file(one), actor=actor, name=str(one["name"]), at=at)


def _tell(deeds: list[dict[str, Any]], trip: RoomTrip) -> None:
    """The record of the room, deed by deed, at its own time and by whom; whoever hears of a deed hears of it now."""
    chain = f"street:{trip.session.place.street_id}"
    for deed in deeds:
        facts = dict(deed["facts"] or {})
        facts.pop(FOR, None)
        with _through(facts.pop(FROM, None)):
            record(
                action_named(str(deed["action"])).name,
                Ref(str(deed["kind"]), carried_key(deed["ref"])),
                actor=_who(deed["actor"]),
                facts={name: _again(value) for name, value in facts.items()},
                at=datetime.fromisoformat(deed["at"]),
                chain=chain,
            )


def _through(told: Any) -> AbstractContextManager[None]:
    """The laptop as the door, with the device and address it saw."""
    told = told or {}
    return coming_through(Source(Door.AWAY, "", str(told.get("address", "")) or "—", str(told.get("device", ""))))


def _who(key: str) -> Any:
    return Away(carried_key(key)) if key else None


def _again(value: Any) -> Any:
    """A fact as the verb told it: a change is a change again."""
    if isinstance(value, dict) and BEFORE in value:
        return Change(value[BEFORE], value[AFTER])
    return value


def _require_figures(session: ReviewSession) -> None:
    """Refuse scores that do not follow from the sheets that came with them."""
    session.refresh_from_db()
    if session.mode != Mode.MARKS:
        return
    rows = Entry.objects.filter(session=session, state__in=(EntryState.COLLECTED, EntryState.REVEALED))
    if not all(_follows(row) for row in rows.select_related("session", "panel")):
        raise Refusal(_("The scores of this file do not follow from its sheets. Nothing was taken in."), code="figures")


def _follows(entry: Entry) -> bool:
    return all(getattr(entry, name) == value for name, value in reckoned(entry).items())

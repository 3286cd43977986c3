"""Taking a running session out on a laptop, writing its file, calling it back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.apps.reviews.lifecycle import LIFECYCLE
from linli.apps.reviews.models import UNDER_WAY, Entry, ReviewSession, RoomTrip, ScoreSheet, SessionState, TripState
from linli.apps.reviews.permissions import organizes
from linli.apps.reviews.services import carried, parcels
from linli.apps.reviews.services.keeping import require, require_state
from linli.apps.reviews.services.room import show_all
from linli.kernel import files
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import Ref
from linli.kernel.rubric.models import CriterionRow, RubricVersion
from linli.kernel.scope import Actor
from linli.kernel.seals import parcel_key

Papers = list[dict[str, Any]]
Reader = Callable[[], bytes]


def trip_of(session: ReviewSession) -> RoomTrip | None:
    """The trip a session is on, in the house or on the laptop it was taken to. One query."""
    return RoomTrip.objects.filter(session=session, state__in=UNDER_WAY).first()


def send_out(
    session: ReviewSession, *, actor: Actor | None, typist: User | None = None, at: datetime | None = None
) -> RoomTrip:
    """A running session goes out on a laptop: from now on the house refuses every change of it.

    Whoever takes it out works at the laptop's desk; ``typist`` is the second person who types paper sheets there.
    Raises Refusal for a rehearsal and before scoring has started, Conflict where it is out already.
    """
    at = at or timezone.now()
    require(organizes, actor, session)
    _require_ready(session)
    takes = User.objects.filter(pk=actor.actor_id).first() if actor is not None else None
    if typist is not None and takes is not None and typist.pk == takes.pk:
        raise Refusal(_("Paper sheets are typed by two people: name somebody else."), field="typist")
    with transaction.atomic():
        LIFECYCLE.apply("send_out", session, actor=actor, at=at)
        Entry.objects.filter(session=session).update(session=session)  # who writes about one now is first, or waits
        trip = RoomTrip(
            session=session,
            out_at=at,
            out_by=takes.name if takes is not None else "命令行",
            out_by_id=takes.pk if takes is not None else None,
            accounts=[_account(user) for user in (takes, typist) if user is not None],
            digest=carried.digest_of(carried.rows_of(session)),
        )
        trip.key_id, _key = parcel_key(str(trip.pk))
        trip.save(force_insert=True)
        show_all(session)
    return trip


def _account(user: User) -> dict[str, str]:
    return {"id": str(user.pk), "username": user.username, "name": user.name}


def _require_ready(session: ReviewSession) -> None:
    if session.is_rehearsal:
        raise Refusal(_("A rehearsal stays in the house: it leaves nothing to bring back."))
    if session.trips.filter(state=TripState.HERE).exists():
        raise Refusal(_("This is the laptop. Write its file for the house instead."), code="on-a-laptop")
    if session.state == SessionState.PREPARING:
        raise Refusal(_("Start the scoring first: then rubric and rule stand fast, and the review can go out."))
    require_state(session, SessionState.RUNNING)


def write_out(trip: RoomTrip, file: IO[bytes], *, passphrase: str, actor: Actor | None) -> None:
    """Write the file of a session that is out; as often as needed, until it is back. Refuses a short passphrase,
    and a session that is not out (any more)."""
    session = trip.session
    require(organizes, actor, session)
    passphrase = parcels.check_passphrase(passphrase)
    tables = carried.rows_of(session)
    if trip.state != TripState.OUT or carried.digest_of(tables) != trip.digest:
        raise Conflict(_("The review is not out on a laptop any more. Take it out again."), code="not-out")
    papers, readers = papers_to_carry(tables)
    rows = {
        "trip": {"out_at": trip.out_at.isoformat(), "out_by": trip.out_by, "digest": trip.digest},
        "accounts": trip.accounts,
        "places": _places(session.place),
        "rubric": _rubric(session.rubric),
        "tables": tables,
        "papers": papers,
    }
    _key_id, key = parcel_key(str(trip.pk), key_id=trip.key_id)
    parcels.write(
        file,
        kind="out",
        trip=trip.pk,
        session=session.pk,
        version=session.version,
        key=key,
        rows=rows,
        papers=readers,
        passphrase=passphrase,
    )


def papers_to_carry(
    tables: carried.Tables, *, but: frozenset[str] = frozenset()
) -> tuple[Papers, list[tuple[str, Reader]]]:
    """(list of the files of a session's entries, panels and sheets, name of each part with what reads its bytes);
    without those of the keys ``but``."""
    owners = {"reviews.entry": "entries", "reviews.panel": "panels", "reviews.score_sheet": "sheets"}
    listed: Papers = []
    readers: list[tuple[str, Reader]] = []
    for kind, name in owners.items():
        keys = [row["id"] for row in tables[name]]
        for stored in StoredFile.objects.filter(owner_kind=kind, owner_id__in=keys).order_by("id"):
            if str(stored.pk) in but:
                continue
            part = f"papers/{len(listed) + 1}"
            listed.append({"part": part, "kind": kind, "owner": str(stored.owner_id), "name": stored.name,
                           "at": stored.made_at.isoformat()})  # fmt: skip
            readers.append((part, partial(_bytes_of, stored)))
    return listed, readers


def _bytes_of(stored: StoredFile) -> bytes:
    with files.opened(stored) as body:
        content: bytes = body.read()
    return content


def _places(place: Place) -> carried.Rows:
    """The place of a session and what lies above it, from the district down: codes and names."""
    rows = Place.objects.filter(paths_down__descendant=place).order_by("-paths_down__depth")
    return [carried.told(row, Place._meta.concrete_fields) for row in rows]


def _rubric(version: RubricVersion | None) -> dict[str, carried.Rows]:
    if version is None:
        return {}
    rows: dict[str, Any] = {
        "rubric": [version.rubric],
        "version": [version],
        "criteria": CriterionRow.objects.filter(version=version),
    }
    return {name: [carried.told(one, one._meta.concrete_fields) for one in found] for name, found in rows.items()}


def call_back(session: ReviewSession, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The house goes on by itself: what the laptop writes is not taken in any more. On the laptop it goes on there."""
    at = at or timezone.now()
    require(organizes, actor, session)
    reason = reason.strip()
    with transaction.atomic():
        LIFECYCLE.apply("call_back", session, actor=actor, facts={"reason": reason}, at=at)
        out = RoomTrip.objects.filter(session=session, state=TripState.OUT)
        out.update(state=TripState.CALLED_BACK, ended_at=at, ended_by=actor.actor_label if actor else "", reason=reason)
        show_all(session)


def ref_of_file(listed: dict[str, Any]) -> Ref:
    """The record a carried file belongs to."""
    return Ref(str(listed["kind"]), carried_key(listed["owner"]))


def carried_key(text: Any) -> UUID:
    """A key as it travelled. Raises Refusal."""
    try:
        return UUID(str(text))
    except ValueError:
        raise Refusal(parcels.CHANGED, code="file-rows") from None


def file_name(session: ReviewSession, way: str) -> str:
    """How the file of a session is called that goes "out" or "back": short, for a terminal."""
    return f"{session.code}-{way}.linli-room"


def sheets_of(session: ReviewSession) -> int:
    """How many sheets of a session are handed in."""
    return ScoreSheet.objects.filter(entry__session=session, handed_in_at__isnull=False).count()

"""On the laptop: the session of a file arrives in an empty Linli of its own, and the file for the house is written."""

import base64
import io
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Post, User
from linli.apps.places.models import Level, Place
from linli.apps.places.services.founding import draw_paths
from linli.apps.reviews.lifecycle import LIFECYCLE
from linli.apps.reviews.models import ReviewSession, RoomTrip, Seat, SessionState, TripState
from linli.apps.reviews.permissions import organizes
from linli.apps.reviews.services import carried, parcels
from linli.apps.reviews.services.keeping import require, require_state
from linli.apps.reviews.services.room import issue_pins, pin_of
from linli.apps.reviews.services.trips import papers_to_carry, ref_of_file
from linli.kernel import files
from linli.kernel.audit.models import AuditRow, ChainHead
from linli.kernel.audit.reading import facts_of
from linli.kernel.errors import Refusal
from linli.kernel.refs import new_key
from linli.kernel.rubric.models import CriterionRow, Rubric, RubricVersion
from linli.kernel.scope import Actor, Role
from linli.kernel.seals import open_sealed, seal, sign

ORGANIZER = "organizer"
"""The user name at the laptop's desk where a command took the session out and nobody else was named."""
ACTIONS = "reviews."
HOUSE_ONLY = ("reviews.session.send_out", "reviews.session.call_back", "reviews.seat.pins", "reviews.seat.pin")
"""What the laptop did about its own file and PINs says nothing in the house."""


def arrive(file: IO[bytes], *, passphrase: str, at: datetime | None = None) -> RoomTrip:
    """Put the session of a file into this Linli; safe to call again. PINs are new: those of the house stay there.

    Nobody works here yet, so there is no actor. Raises Refusal for what is no such file, another passphrase, or a
    Linli that holds another review.
    """
    parcel = parcels.opened(file)
    if parcel.kind != "out":
        raise Refusal(_("This file goes to the house; a laptop plays the file that came out of it."), code="file-kind")
    found = RoomTrip.objects.filter(pk=parcel.trip).select_related("session").first()
    if found is not None:
        return found
    if ReviewSession.objects.exists():
        raise Refusal(_("Another review is kept here. Choose a folder of its own: --folder"), code="other-review")
    key = parcel.key_by(passphrase)
    parcel.check(key)
    rows = parcel.rows(key)
    with transaction.atomic():
        trip = _settle(parcel, rows, key)
        for account in trip.accounts:
            _open_desk(trip, account)
        trip.papers = _keep_papers(parcel, rows["papers"], key)
        trip.chain_length = _length(trip)
        trip.save()
        issue_pins(trip.session, actor=None, at=at)
    return trip


def _settle(parcel: parcels.Parcel, rows: dict[str, Any], key: bytes) -> RoomTrip:
    """Places, rubric, the session's rows and the trip itself, under the keys they have in the house."""
    _found_places(rows["places"])
    for model, name in ((Rubric, "rubric"), (RubricVersion, "version"), (CriterionRow, "criteria")):
        carried.put(model, rows["rubric"].get(name, []))
    for table in carried.TABLES:
        carried.put(table.model, rows["tables"][table.name])
    ReviewSession.objects.filter(pk=parcel.session).update(state=SessionState.RUNNING)
    told = rows["trip"]
    trip = RoomTrip(pk=parcel.trip, session=ReviewSession.objects.get(pk=parcel.session), state=TripState.HERE)
    trip.out_at, trip.out_by, trip.digest = datetime.fromisoformat(told["out_at"]), told["out_by"], told["digest"]
    trip.accounts = rows["accounts"] or [{"id": str(new_key()), "username": ORGANIZER, "name": "现场组织者"}]
    trip.key_sealed = seal(base64.b64encode(key).decode("ascii"), context=trip.key_context)
    trip.save(force_insert=True)
    return trip


def _found_places(rows: carried.Rows) -> None:
    new = [row for row in rows if not Place.objects.filter(pk=row["id"]).exists()]
    carried.put(Place, new)
    draw_paths([carried.revived(Place, row) for row in new])


def _open_desk(trip: RoomTrip, account: dict[str, str]) -> None:
    """An account of the laptop's desk, under the key it has in the house, with a post where the session is held."""
    key = UUID(account["id"])
    if User.objects.filter(pk=key).exists():
        return
    user = User.objects.create_user(
        account["username"], password=desk_password(trip, account), name=account["name"], id=key
    )
    place = trip.session.place
    role = Role.STREET_OFFICER if place.level == Level.STREET else Role.COMMUNITY_WORKER
    Post.objects.create(user=user, role=role, place=place, started_on=timezone.localdate(trip.out_at))


def desk_password(trip: RoomTrip, account: dict[str, str]) -> str:
    """The password of an account on this laptop: the same at every start, made of the laptop's own keys."""
    _key_id, digest = sign(f"reviews.desk:{trip.pk}:{account['id']}".encode(), purpose="parcels")
    return "-".join(digest[start : start + 4] for start in range(0, 16, 4))


def _keep_papers(parcel: parcels.Parcel, listed: list[dict[str, Any]], key: bytes) -> list[str]:
    """Store the files that came along; returns their keys here."""
    kept = []
    for one in listed:
        body = io.BytesIO(parcel.part(str(one["part"]), key))
        at = datetime.fromisoformat(one["at"])
        stored = files.keep(body, accept=files.PAPERS, owner=ref_of_file(one), actor=None, name=str(one["name"]), at=at)
        kept.append(str(stored.pk))
    return kept


def _chain(trip: RoomTrip) -> str:
    return f"street:{trip.session.place.street_id}"


def _length(trip: RoomTrip) -> int:
    return ChainHead.objects.filter(chain=_chain(trip)).values_list("length", flat=True).first() or 0


def hand_back(session: ReviewSession, file: IO[bytes], *, actor: Actor | None, at: datetime | None = None) -> None:
    """Write the file for the house. A session that is not closed stands still here from now on: the house goes on.

    May be written again as long as nothing changed; the house takes one in. Raises Refusal where no session of another
    house is played here.
    """
    require(organizes, actor, session)
    trip = RoomTrip.objects.filter(session=session, state=TripState.HERE).first()
    if trip is None:
        raise Refusal(_("This review was not brought here from another house."), code="not-here")
    with transaction.atomic():
        left = session.state
        if left == SessionState.RUNNING:
            LIFECYCLE.apply("send_out", session, actor=actor, at=at or timezone.now())
        elif left == SessionState.PREPARING:
            require_state(session, SessionState.RUNNING)
        tables = carried.rows_of(session)
        scans, readers = papers_to_carry(tables, but=frozenset(trip.papers))
        key = base64.b64decode(open_sealed(trip.key_sealed, context=trip.key_context))
        rows = {"digest": trip.digest, "tables": tables, "papers": scans, "deeds": _deeds(trip)}
    parcels.write(file, kind="back", trip=trip.pk, session=session.pk, version=session.version, key=key, rows=rows,
                  papers=readers)  # fmt: skip


def _deeds(trip: RoomTrip) -> list[dict[str, Any]]:
    """What the laptop's own record tells of the session since it arrived, in its order."""
    rows = AuditRow.objects.filter(chain=_chain(trip), number__gt=trip.chain_length, action__startswith=ACTIONS)
    rows = rows.exclude(action__in=HOUSE_ONLY).order_by("number")
    found = list(rows)
    return [
        {"action": row.action, "kind": row.kind, "ref": str(row.ref_id), "at": row.at.isoformat(), "facts": facts,
         "actor": str(row.actor_id) if row.actor_id else ""}
        for row, facts in zip(found, facts_of(*found), strict=True)
    ]  # fmt: skip


def desk_of(trip: RoomTrip) -> list[tuple[str, str, str]]:
    """(name, user name, password) of everybody who may use the laptop's desk."""
    return [(one["name"], one["username"], desk_password(trip, one)) for one in trip.accounts]


def pins_of(session: ReviewSession) -> list[tuple[str, str, str]]:
    """(duty, name, PIN) of every seat, as the operator of the laptop hands them out."""
    rows = Seat.objects.filter(session=session, left_at__isnull=True, key__isnull=False).select_related("key", "panel")
    return [
        (str(seat.get_duty_display()), seat.name, pin_of(seat.key))
        for seat in rows.order_by("panel__position", "duty", "pk")
    ]

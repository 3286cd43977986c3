"""Taking a seat in the room by code and PIN: one device a seat, released by the host."""

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import (
    OPEN_SESSIONS,
    Panel,
    ReviewSession,
    Seat,
    SeatActor,
    SeatPass,
)
from linli.apps.reviews.permissions import is_the_judge, organizes, runs_the_room
from linli.apps.reviews.services.keeping import require, require_state, tell, touch
from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.refs import new_key
from linli.kernel.scope import Actor
from linli.kernel.seals import fingerprint, fingerprints, open_sealed, seal

DIGITS = 8
"""A PIN has eight digits: with the room's code nobody guesses one within the attempts a room allows."""


def print_of(secret: str) -> str:
    """What is kept of a device's secret: its SHA-256. The secret itself has 256 bits, nobody guesses it."""
    return sha256(secret.encode()).hexdigest()


def issue_pins(session: ReviewSession, *, actor: Actor | None, at: datetime | None = None) -> int:
    """A PIN for every seat that has none; returns how many were made."""
    require(organizes, actor, session)
    require_state(session, *OPEN_SESSIONS)
    without = list(session.seats.filter(key__isnull=True, left_at__isnull=True))
    with transaction.atomic():
        for seat in without:
            _issue(SeatPass(session=session, seat=seat))
        if without:
            tell("seat.pins", session, session=session, actor=actor, facts={"count": len(without)}, at=at)
    return len(without)


def renew_pin(seat: Seat, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Another PIN for a seat whose slip was lost; whoever sits there by the old one is out."""
    require(organizes, actor, seat)
    require_state(seat.session, *OPEN_SESSIONS)
    with transaction.atomic():
        row = SeatPass.objects.filter(seat=seat).first() or SeatPass(session=seat.session, seat=seat)
        row.device, row.sort, row.entered_at, row.seen_at = "", "", None, None
        _issue(row)
        tell("seat.pin", seat, session=seat.session, actor=actor, at=at)
        show_all(seat.session)


def _issue(row: SeatPass) -> None:
    """Draw a PIN no other seat of the session has, and store it."""
    row.pk = row.pk or new_key()
    for _turn in range(20):
        pin = "".join(secrets.choice("0123456789") for _digit in range(DIGITS))
        row.pin_sealed = seal(pin, context=row.context)
        row.pin_print = fingerprint(_bound(row.session, pin))
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            continue  # another seat of this session has it
        return
    raise Conflict(_("No PIN could be drawn. Try again."))


def _bound(session: ReviewSession, pin: str) -> str:
    return f"reviews.pin:{session.pk}:{pin}"


def pin_of(row: SeatPass) -> str:
    """The PIN as it is printed for the seat."""
    return open_sealed(row.pin_sealed, context=row.context)


def take_seat(session: ReviewSession, *, pin: str, sort: str = "", at: datetime | None = None) -> tuple[Seat, str]:
    """Whoever types the PIN of a seat sits there; returns the seat and the secret for the device's cookie.

    Nobody acts before the seat is taken, so there is no actor. Raises NotAllowed for a PIN that opens no seat, Conflict
    while another device holds the seat or the review is over. The door counts attempts.
    """
    at = at or timezone.now()
    require_state(session, *OPEN_SESSIONS)
    digits = "".join(sign for sign in pin if sign.isdecimal())
    rows = SeatPass.objects.filter(session=session, seat__left_at__isnull=True)
    row = rows.filter(pin_print__in=fingerprints(_bound(session, digits))).select_related("seat__session").first()
    if row is None:
        raise NotAllowed(_("This PIN opens no seat in this room. Look at your slip again."), code="wrong-pin")
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        free = SeatPass.objects.filter(pk=row.pk, device="")
        if not free.update(device=print_of(secret), sort=sort, entered_at=at, seen_at=at):
            raise Conflict(
                _("Another device holds this seat. Ask the host to release it, then enter again."), code="seat-held"
            )
        actor = SeatActor(row.seat)
        tell("seat.enter", row.seat, session=session, actor=actor, facts={"duty": row.seat.duty}, at=at)
        show_all(session)
    return row.seat, secret


def release(seat: Seat, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The device that holds a seat is out; the PIN opens the seat for another one. The host does it, or the holder."""
    require(runs_the_room | is_the_judge, actor, seat)
    with transaction.atomic():
        held = SeatPass.objects.filter(seat=seat).exclude(device="")
        if not held.update(device="", sort="", entered_at=None, seen_at=None):
            raise Conflict(_("No device holds this seat."), code="seat-free")
        tell("seat.release", seat, session=seat.session, actor=actor, facts={"duty": seat.duty}, at=at)
        show_all(seat.session)


def show_all(session: ReviewSession) -> None:
    """Every screen of the session looks anew."""
    for panel in Panel.objects.filter(session=session).only("pk"):
        touch(panel)


def mark_seen(seat: UUID, *, at: datetime) -> None:
    """The device of a seat has looked: the host sees that it is there."""
    SeatPass.objects.filter(seat=seat).update(seen_at=at)

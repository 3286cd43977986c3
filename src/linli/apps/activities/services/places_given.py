"""Giving places: signing up, the waiting list with its offers, leaving, places nobody came for.

A place is taken by one UPDATE that counts and compares at once, so that of two who take the last one, one waits.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import (
    HOLDS_A_PLACE,
    ON_THE_LIST,
    ActivityState,
    Listing,
    Occurrence,
    OccurrenceState,
    Signup,
    SignupState,
)
from linli.apps.activities.permissions import at_door
from linli.apps.people.models import Person
from linli.apps.places.models import Household
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.privacy import PHONE
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

NOT_YOURS = _("Only those who hold activities for this place or organization do this.")
CLOSED = _("Nobody can sign up for this date any more.")


@dataclass(frozen=True)
class Attendee:
    """Who wants to come. Without a telephone ``mark`` (its last digits), else ``door``, tells equal names apart."""

    name: str
    phone: str = ""
    mark: str = ""
    door: str = ""
    is_minor: bool = False
    guardian: str = ""
    guardian_phone: str = ""
    photos_allowed: bool = False
    person: Person | None = None
    household: Household | None = None


def key_of(name: str) -> str:
    """A name without blanks, as persons are told apart by."""
    return "".join(name.split())[:40]


def mark_of(attendee: Attendee) -> str:
    """The last four digits of the telephone, else what was given, else the door. Raises Refusal for a wrong number."""
    if attendee.phone.strip():
        return PHONE.tidy(attendee.phone).partition("-")[0][-4:]
    return _tight(attendee.mark) or _tight(attendee.door)


def _tight(text: str) -> str:
    return "".join(text.split())[:20]


def check(attendee: Attendee) -> None:
    """Raises Refusal for a nameless person, or a child without a guardian."""
    if not key_of(attendee.name):
        raise Refusal(_("Write the name."), field="name")
    if len(attendee.name) > 40:
        raise Refusal(_("This name is too long."), field="name")
    if attendee.is_minor and not key_of(attendee.guardian):
        raise Refusal(_("A child comes with the consent of a guardian: write the guardian's name."), field="guardian")


def draft(occurrence: Occurrence, attendee: Attendee, *, listing: Listing, state: SignupState, at: datetime) -> Signup:
    """The row of somebody, not yet written. Raises Refusal for a wrong telephone or guardian."""
    check(attendee)
    row = Signup(
        occurrence=occurrence, name=" ".join(attendee.name.split()), key=key_of(attendee.name),
        mark=mark_of(attendee), door=_tight(attendee.door), is_minor=attendee.is_minor,
        guardian=attendee.guardian.strip(), photos_allowed=attendee.photos_allowed,
        person=attendee.person, household=attendee.household,
        listing=listing, state=state, asked_at=at, pass_code=secrets.token_urlsafe(9),
    )  # fmt: skip
    row.phone, row.guardian_phone = attendee.phone.strip(), attendee.guardian_phone.strip()
    return row


def take_place(occurrence: Occurrence) -> bool:
    """One place more, where there is one: a single UPDATE. True when it was given."""
    room = Occurrence.objects.filter(pk=occurrence.pk, state=OccurrenceState.AHEAD)
    room = room.filter(Q(capacity__isnull=True) | Q(taken__lt=F("capacity")))
    return bool(room.update(taken=F("taken") + 1))


def sign_up(
    occurrence: Occurrence,
    *,
    attendee: Attendee,
    actor: Actor | None,
    listing: Listing = Listing.PORTAL,
    at: datetime | None = None,
) -> Signup:
    """Put somebody on the list: with a place, or waiting for one. Without an account; nobody twice.

    Whoever left comes back by the same row, at the end of the list. Raises Refusal and Conflict.
    """
    when = at or timezone.now()
    _require_open(occurrence, listing, actor, when)
    with transaction.atomic():
        row = draft(occurrence, attendee, listing=listing, state=SignupState.WAITING, at=when)
        ahead = when < occurrence.starts  # afterwards nobody is offered a place any more: who comes takes it
        waiting = ahead and Signup.objects.filter(occurrence=occurrence, state=SignupState.WAITING).exists()
        state = SignupState.GOING if not waiting and take_place(occurrence) else SignupState.WAITING
        row = _entered(row, state)
        facts = {"listing": row.get_listing_display(), "state": row.get_state_display()}
        by = None if listing == Listing.PORTAL else actor
        record("activities.signup.sign_up", occurrence, actor=by, facts=facts, at=when)
    return row


def _require_open(occurrence: Occurrence, listing: Listing, actor: Actor | None, at: datetime) -> None:
    """Raises Refusal after the end, and before the announcement on the portal; NotAllowed for strangers on the desk."""
    if listing != Listing.PORTAL and not at_door(actor, occurrence):
        raise NotAllowed(NOT_YOURS)
    announced = occurrence.activity.state == ActivityState.PUBLISHED
    if occurrence.state != OccurrenceState.AHEAD or at > occurrence.ends or not announced:
        raise Refusal(CLOSED, code="closed")


def _entered(row: Signup, state: SignupState) -> Signup:
    """The row in ``state``: new, or the one of the same person who had left. Raises Conflict for one on the list."""
    row.state = state
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        gone = Signup.objects.filter(occurrence=row.occurrence, key=row.key, mark=row.mark)
        known = gone.exclude(state__in=ON_THE_LIST).first()
        if known is None or not gone.filter(pk=known.pk, state=known.state).update(state=state, asked_at=row.asked_at):
            raise Conflict(
                _("%(name)s stands on the list already. Is it somebody else of the same name, give a telephone.")
                % {"name": row.name},
                code="already",
            ) from None
        known.refresh_from_db()
        return known
    return row


def leave(signup: Signup, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Give the place back, or stop waiting; the next who waits is offered it. Raises Conflict when gone already.

    The person does it by the page only he knows; the staff do it for whoever calls.
    """
    when = at or timezone.now()
    with transaction.atomic():
        held = signup.state
        rows = Signup.objects.filter(pk=signup.pk, state=held, attendance__isnull=True)
        if held not in ON_THE_LIST or not rows.update(state=SignupState.LEFT, offered_until=None):
            raise Conflict(_("This place was given back already, or the person has come."))
        if held in HOLDS_A_PLACE:
            give_back(signup.occurrence, at=when)
        record("activities.signup.leave", signup.occurrence, actor=actor, at=when)
    signup.refresh_from_db()


def give_back(occurrence: Occurrence, *, at: datetime) -> None:
    """A place is free: the first who waits is offered it, else there is one more. In the caller's transaction."""
    if _offer_next(occurrence, at) is None:
        Occurrence.objects.filter(pk=occurrence.pk, taken__gt=0).update(taken=F("taken") - 1)


def _offer_next(occurrence: Occurrence, at: datetime) -> Signup | None:
    """Offer a place that is counted already to the first who waits; None when nobody does."""
    if at >= occurrence.starts:
        return None
    until = min(at + timedelta(hours=occurrence.activity.offer_hours), occurrence.starts)
    waiting = Signup.objects.filter(occurrence=occurrence, state=SignupState.WAITING).order_by("asked_at", "id")
    for row in waiting:
        mine = Signup.objects.filter(pk=row.pk, state=SignupState.WAITING)
        if mine.update(state=SignupState.OFFERED, offered_until=until):
            record("activities.signup.offer", occurrence, actor=None, facts={"until": until}, at=at)
            row.refresh_from_db()
            return row
    return None


def offer_place(occurrence: Occurrence, *, actor: Actor | None, at: datetime | None = None) -> list[Signup]:
    """Offer every free place to those who wait, in their order; also what the clock does for places just freed."""
    when = at or timezone.now()
    if not at_door(actor, occurrence):
        raise NotAllowed(NOT_YOURS)
    offered = []
    while Signup.objects.filter(occurrence=occurrence, state=SignupState.WAITING).exists():
        with transaction.atomic():
            row = _offer_next(occurrence, when) if take_place(occurrence) else None
            if row is None:
                transaction.set_rollback(True)  # the place that was counted for nobody
                break
        offered.append(row)
    return offered


def accept_offer(signup: Signup, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take the place that is offered. Raises Conflict once the time for it is over."""
    when = at or timezone.now()
    with transaction.atomic():
        rows = Signup.objects.filter(pk=signup.pk, state=SignupState.OFFERED, offered_until__gte=when)
        if not rows.update(state=SignupState.GOING, offered_until=None):
            raise Conflict(_("This place is no longer offered: its time is over. You may sign up again."))
        record("activities.signup.accept", signup.occurrence, actor=actor, at=when)
    signup.refresh_from_db()


def lapse_offers(*, at: datetime | None = None) -> int:
    """The clock's turn: offers whose time is over go to the next who waits; how many were."""
    when = at or timezone.now()
    late = Signup.objects.filter(state=SignupState.OFFERED, offered_until__lt=when)
    return sum(
        _moved(row, SignupState.OFFERED, SignupState.LAPSED, when, action="activities.signup.lapse", actor=None)
        for row in late.select_related("occurrence__activity__place").order_by("offered_until", "id")
    )


def release_no_shows(occurrence: Occurrence, *, actor: Actor | None, at: datetime | None = None) -> int:
    """Free the places of those who have not come some minutes after the beginning; how many. They may still come."""
    when = at or timezone.now()
    if not at_door(actor, occurrence):
        raise NotAllowed(NOT_YOURS)
    minutes = value_of("activities.no_show_minutes", street=occurrence.activity.place.street_id)
    if when < occurrence.starts + timedelta(minutes=minutes):
        raise Refusal(
            _("Places are freed %(minutes)s minutes after the beginning.") % {"minutes": minutes}, code="too-early"
        )
    absent = Signup.objects.filter(occurrence=occurrence, state=SignupState.GOING, attendance__isnull=True)
    return sum(
        _moved(row, SignupState.GOING, SignupState.RELEASED, when, action="activities.signup.release", actor=actor)
        for row in absent.select_related("occurrence__activity__place")
    )


def _moved(
    row: Signup, source: SignupState, target: SignupState, at: datetime, *, action: str, actor: Actor | None
) -> bool:
    """One row from ``source`` to ``target`` and its place given back; False when somebody was faster."""
    with transaction.atomic():
        mine = Signup.objects.filter(pk=row.pk, state=source, attendance__isnull=True)
        if not mine.update(state=target, offered_until=None):
            return False
        give_back(row.occurrence, at=at)
        record(action, row.occurrence, actor=actor, at=at)
    return True

"""Signing in: by the code at the door, on the staff's list, from the paper sheet; equal ways, never double."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import (
    HOLDS_A_PLACE,
    Attendance,
    Listing,
    Occurrence,
    OccurrenceState,
    SignInWay,
    Signup,
    SignupState,
)
from linli.apps.activities.permissions import at_door
from linli.apps.activities.services.places_given import NOT_YOURS, Attendee, draft, key_of, mark_of, take_place
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

EARLY = timedelta(hours=2)
LATE = timedelta(hours=1)
"""How long before the beginning and after the end the code at the door signs people in."""
PAPER_DAYS = timedelta(days=60)


@dataclass(frozen=True)
class SignedIn:
    """What signing in gave: the row, and whether it stood there before."""

    attendance: Attendance
    again: bool


def sign_in(
    occurrence: Occurrence,
    *,
    attendee: Attendee | None = None,
    signup: Signup | None = None,
    way: SignInWay,
    actor: Actor | None,
    at: datetime | None = None,
) -> SignedIn:
    """Write down that somebody came: a person on the list, or one who just came. A second time changes nothing.

    By the code at the door everybody does it for himself while it is open; list and paper are the staff's.
    Raises Refusal before and after, and at a full door; NotAllowed.
    """
    when = at or timezone.now()
    _require_open(occurrence, way, actor, when)
    with transaction.atomic():
        if signup is None:
            signup = _row_of(occurrence, attendee or Attendee(""), way, when)
        if signup.occurrence_id != occurrence.pk:
            raise Refusal(_("This person is on the list of another date."), code="other-date")
        new = Attendance(signup=signup, occurrence=occurrence, way=way, came_at=when)
        Attendance.objects.bulk_create([new], ignore_conflicts=True)
        found = Attendance.objects.get(signup=signup)
        if found.pk != new.pk:
            return SignedIn(found, again=True)
        _keep_place(signup)
        by = None if way == SignInWay.QR else actor
        record("activities.attendance.sign_in", occurrence, actor=by, facts={"way": new.get_way_display()}, at=when)
    return SignedIn(new, again=False)


def _keep_place(signup: Signup) -> None:
    """Whoever is there has a place, if one can be given; who came beyond the places is there all the same."""
    if signup.state == SignupState.GOING:
        return
    held = signup.state in HOLDS_A_PLACE
    rows = Signup.objects.filter(pk=signup.pk, state=signup.state)
    if held or take_place(signup.occurrence):
        rows.update(state=SignupState.GOING, offered_until=None)
    else:
        rows.update(state=SignupState.RELEASED, offered_until=None)


def _require_open(occurrence: Occurrence, way: SignInWay, actor: Actor | None, at: datetime) -> None:
    if occurrence.state == OccurrenceState.CALLED_OFF:
        raise Refusal(_("This date was called off."), code="called-off")
    if way == SignInWay.QR:
        if not occurrence.starts - EARLY <= at <= occurrence.ends + LATE:
            raise Refusal(
                _("The door is open from two hours before the beginning until an hour after the end."), code="door-shut"
            )
        return
    if not at_door(actor, occurrence):
        raise NotAllowed(NOT_YOURS)
    if at < occurrence.starts - EARLY or at > occurrence.ends + PAPER_DAYS:
        raise Refusal(_("Sign people in on the day, or type the sheet within 60 days."), code="door-shut")


def find_signup(occurrence: Occurrence, name: str, mark: str) -> Signup | None:
    """Whom ``name`` and ``mark`` mean on this list; a missing mark is no bar where only one bears the name.

    Raises Refusal where several may be meant.
    """
    rows = list(Signup.objects.filter(occurrence=occurrence, key=key_of(name)).select_related("occurrence__activity"))
    exact = [row for row in rows if row.mark == mark or (mark and row.door == mark)]
    near = exact or [row for row in rows if not mark or not row.mark]
    if len(near) > 1:
        raise Refusal(
            _("Several people are called %(name)s. Add the last four digits of the telephone.") % {"name": name},
            field="mark", code="several",
        )  # fmt: skip
    return near[0] if near else None


def _row_of(occurrence: Occurrence, attendee: Attendee, way: SignInWay, at: datetime) -> Signup:
    """The row of somebody who stands in the door: found, or new. Raises Refusal where the door is full."""
    if not key_of(attendee.name):
        raise Refusal(_("Write the name."), field="name")
    found = find_signup(occurrence, attendee.name, mark_of(attendee))
    if found is not None:
        return found
    placed = take_place(occurrence)
    if not placed and way == SignInWay.QR:
        raise Refusal(_("All places are taken. Ask the staff at the door."), code="full")
    state = SignupState.GOING if placed else SignupState.RELEASED
    row = draft(occurrence, attendee, listing=Listing.DOOR, state=state, at=at)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same person, at the same moment, by another way: that row counts; ours goes whole
        return _faster(occurrence, row, placed=placed)
    return row


def _faster(occurrence: Occurrence, row: Signup, *, placed: bool) -> Signup:
    if placed:
        Occurrence.objects.filter(pk=occurrence.pk, taken__gt=0).update(taken=F("taken") - 1)
    return Signup.objects.select_related("occurrence__activity").get(occurrence=occurrence, key=row.key, mark=row.mark)


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet, or one tap kept on a phone without network: who, and when if it is known."""

    name: str
    mark: str = ""
    is_minor: bool = False
    guardian: str = ""
    came_at: datetime | None = None


@dataclass(frozen=True)
class SheetResult:
    """What became of a sheet: new rows, those that stood there already, and the lines that are unclear, why."""

    new: int
    again: int
    unclear: Sequence[tuple[int, SheetLine, str]]


def take_sheet(
    occurrence: Occurrence,
    *,
    lines: Sequence[SheetLine],
    actor: Actor | None,
    way: SignInWay = SignInWay.PAPER,
    at: datetime | None = None,
) -> SheetResult:
    """Take the typed lines of a paper sheet, or the taps of a phone that was offline. Safe to send twice.

    Each line stands alone: an unclear one is given back with its reason, the others are taken.
    """
    when = at or timezone.now()
    new = again = 0
    unclear: list[tuple[int, SheetLine, str]] = []
    for number, line in enumerate(lines, start=1):
        came = line.came_at if line.came_at is not None and line.came_at <= when else when
        person = Attendee(line.name, mark=line.mark, is_minor=line.is_minor, guardian=line.guardian)
        try:
            done = sign_in(occurrence, attendee=person, way=way, actor=actor, at=came)
        except NotAllowed:
            raise
        except Refusal as refusal:
            unclear.append((number, line, str(refusal)))
        else:
            new, again = new + (not done.again), again + done.again
    return SheetResult(new, again, tuple(unclear))

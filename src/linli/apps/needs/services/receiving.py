"""A need comes in: said once, by any way, it gets a number, an owner, clocks and a code to follow it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import (
    LONGEST_MATTER,
    LONGEST_TITLE,
    Assignment,
    Came,
    Category,
    Channel,
    Contact,
    Duty,
    Limit,
    Need,
)
from linli.apps.needs.permissions import DISPATCHERS, WORKERS
from linli.apps.needs.queries.wall import account_of, stands_before
from linli.apps.needs.services import clocks
from linli.apps.needs.services.alarms import look_for_danger
from linli.apps.needs.services.keeping import keep_findable, number_of, said, who
from linli.apps.needs.services.shape import BehalfText, ContactText, Received, Spot
from linli.apps.needs.services.telling import people_of, tell
from linli.apps.needs.services.walling import Wall, wall_around
from linli.apps.people import queries as people
from linli.apps.people.models import User
from linli.apps.places.models import Level, Place
from linli.kernel import files as stored
from linli.kernel import slips
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.files import photos
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor, Anchor, Role
from linli.kernel.seals import fingerprint

FOLLOW = "needs.follow"
"""Purpose of the codes by which a need is followed; they are looked up, never used up."""
FOLLOWED = timedelta(days=3 * 365)
MOST_FILES = 20
NOTHING = ContactText()


@dataclass(frozen=True)
class Entered:
    """Where a need lies and what it was given, checked."""

    street: Place
    place: Place
    wall: Wall | None
    category: Category | None


def receive(
    *,
    street: Place,
    matter: str,
    channel: str,
    actor: Actor | None,
    place: Place | None = None,
    title: str = "",
    contact: ContactText | None = None,
    files: Sequence[IO[bytes]] = (),
    on_behalf: BehalfText | None = None,
    about: Ref | None = None,
    category: Category | None = None,
    spot: Spot | None = None,
    limit: str | datetime = "",
    submission: UUID | None = None,
    is_demo: bool = False,
    announce: bool = True,
    at: datetime | None = None,
) -> Received:
    """Write a need down. ``actor=None`` is a resident without account, a machine or the clock.

    A category that was switched off meanwhile is left out: nothing that was said is lost. ``limit`` is the official
    one of a ticket (a :class:`Limit` or the moment itself); else it is the category's. The same ``submission`` twice
    is one need; its code is issued anew. Without ``announce`` the caller tells the
    unit itself (``telling.announce_many``). Raises Refusal for no words, too many, or a place outside the street.
    """
    when = at or timezone.now()
    known = _known(submission, when)
    if known is not None:
        return known
    entered = _entered(street, place, about, category)
    text = said(matter.replace("\x00", ""), "matter", _("Say what it is about."), most=LONGEST_MATTER)
    if len(files) > MOST_FILES:
        raise Refusal(_("At most %(most)d files.") % {"most": MOST_FILES}, field="files", code="too-many-files")
    reached = contact or NOTHING
    need = Need(
        street=entered.street, place=entered.place, channel=Channel(channel), category=entered.category,
        sensitivity=entered.category.sensitivity if entered.category else "", title=_titled(title, text), matter=text,
        received_at=when, year=timezone.localdate(when).year, on_behalf=on_behalf is not None,
        call_back=bool(reached.phone) and (reached.is_elder or reached.has_no_smartphone),
        entered_by=who(actor), submission=submission, is_demo=is_demo, **_spotted(spot),
        **(entered.wall.columns if entered.wall else {}),
    )  # fmt: skip
    return _once(need, entered, reached, on_behalf, files, limit=limit, announce=announce, actor=actor, at=when)


def _once(need: Need, *given: Any, at: datetime, **options: Any) -> Received:
    """Write it; of the same form sent twice at once the other one was first, and is given back."""
    try:
        with transaction.atomic():
            return _write(need, *given, at=at, **options)
    except IntegrityError:
        twin = _known(need.submission, at)
        if twin is None:
            raise
        return twin


def _known(submission: UUID | None, at: datetime) -> Received | None:
    """What came in with this form before, with a new code."""
    need = Need.objects.filter(submission=submission).first() if submission is not None else None
    return Received(need, _code(need, at), need.promised or at) if need is not None else None


def _write(
    need: Need,
    entered: Entered,
    contact: ContactText,
    on_behalf: BehalfText | None,
    files: Sequence[IO[bytes]],
    *,
    limit: str | datetime,
    announce: bool,
    actor: Actor | None,
    at: datetime,
) -> Received:
    need.serial, need.number = number_of(entered.street, need.year)
    chosen = clocks.first_figures(need.street_id, at)
    need.promised = _promised(need, entered.category, limit, at, chosen)
    need.save(force_insert=True)
    write_contact(need, contact, on_behalf)
    part = _owner(need, entered, actor, at)
    clocks.start_first(need, need.promised, chosen, at=at)
    facts = {"number": need.number, "channel": need.get_channel_display(), "unit": str(part.unit)}
    record("needs.need.receive", need, actor=actor, facts=facts, at=at)
    for upload in files:
        attach(need, upload, actor=actor, at=at)
    keep_findable(need)
    look_for_danger(need, actor=actor, at=at)
    if announce:
        text = _("Need %(number)s came in. It waits to be analysed.")
        tell(need, people_of(part), kind="needs.need.receive", text=text, actor=actor, at=at)
    return Received(need, _code(need, at), need.promised)


def _entered(street: Place, place: Place | None, about: Ref | None, category: Category | None) -> Entered:
    if street.level != Level.STREET:
        raise Refusal(_("Choose the street this belongs to."), field="street")
    where = place or street
    if street.pk not in (where.pk, where.street_id):
        raise Refusal(_("This place lies outside the street. Choose one inside it."), field="place", code="outside")
    kept = Category.objects.filter(pk=category.pk, is_active=True).first() if category else None
    return Entered(street, where, wall_around(about) if about else None, kept)


def _titled(title: str, matter: str) -> str:
    """The title given, else the first sentence of what was said."""
    own = " ".join((title.strip() or matter.strip().splitlines()[0]).split())
    for mark in "。！？!?；;":
        own = own.split(mark)[0] if not title.strip() and own.split(mark)[0] else own
    return own if len(own) <= LONGEST_TITLE else f"{own[: LONGEST_TITLE - 1]}…"


def _spotted(spot: Spot | None) -> dict[str, Any]:
    if spot is None:
        return {}
    return {"spot": spot.words.strip()[:120], "latitude": spot.latitude, "longitude": spot.longitude}


def _promised(
    need: Need, category: Category | None, limit: str | datetime, at: datetime, chosen: Mapping[str, Any]
) -> datetime:
    if isinstance(limit, datetime):
        return limit
    official = Limit(limit) if limit else clocks.limit_of(category, chosen)
    return clocks.official_due(official, at, street=need.street_id, chosen=chosen)


def write_contact(need: Need, contact: ContactText, on_behalf: BehalfText | None = None) -> Contact | None:
    """The sealed row; none where nobody left anything. Raises Refusal for a number that is none."""
    if contact == NOTHING and on_behalf is None:
        return None
    if on_behalf is not None and not on_behalf.consented:
        raise Refusal(_("Ask whoever this is for, and tick that he agrees."), field="consented")
    row = Contact(
        need=need, name=contact.name, phone=contact.phone, address=contact.address, user_id=contact.user,
        person_id=contact.person, is_elder=contact.is_elder, has_no_smartphone=contact.has_no_smartphone,
        may_pass_on=contact.may_pass_on,
    )  # fmt: skip
    if on_behalf is not None:
        row.relation, row.consented = on_behalf.relation, True
        row.teller, row.teller_phone = on_behalf.name, on_behalf.phone
    row.tail_print = tail_of(need, contact.phone) if contact.phone else ""
    row.save(force_insert=True)
    return row


def tail_of(need: Need, phone: str) -> str:
    """Keyed hash of the number of the need and the last four digits of a telephone."""
    digits = "".join(one for one in phone if one.isdigit())[-4:]
    return fingerprint(f"needs.tail:{need.street_id}:{need.number}:{digits}")


def _owner(need: Need, entered: Entered, actor: Actor | None, at: datetime) -> Assignment:
    """The first receiver follows it to the end: his unit and, where somebody wrote it down, he himself (E14)."""
    user = account_of(actor) if actor is not None else None
    unit = _community(entered.place)
    if actor is not None and not actor.holds_at(frozenset(WORKERS), [Anchor(place=entered.place.pk)]):
        staff = actor.holds_at(frozenset(DISPATCHERS), [Anchor(place=entered.place.pk)])
        unit, user = (entered.street, user) if staff else (unit, None)
    if entered.wall is not None:
        unit = entered.wall.unit_above(entered.place)
    if not isinstance(user, User) or stands_before(need, user.pk):
        user = None
    if need.sensitivity and user is None:
        user = keeper_of(need, unit)
    part = Assignment(need=need, duty=Duty.OWNER, place=unit, user=user, came=Came.RECEIVED, since=at)
    part.given_by = who(actor)
    part.save(force_insert=True)
    return part


def _community(place: Place) -> Place:
    """The community of a grid or point; any other place is its own unit."""
    found: Place = place
    while found.level in (Level.GRID, Level.POINT) and found.parent is not None:
        found = found.parent
    return found


def keeper_of(need: Need, unit: Place) -> User | None:
    """Somebody must be named in a sensitive matter: the community's secretary, else a leader of the street."""
    for role in (Role.COMMUNITY_SECRETARY, Role.LEADER, Role.SECTION_HEAD):
        rows = User.objects.filter(pk__in=people.holders([role], unit), is_active=True).order_by("name", "pk")
        found = next((user for user in rows if not stands_before(need, user.pk)), None)
        if found is not None:
            return found
    return None


def _code(need: Need, at: datetime) -> str:
    return slips.issue(FOLLOW, refs=[ref_of(need)], expires=at + FOLLOWED, at=at)[0]


def attach(need: Need, upload: IO[bytes], *, actor: Actor | None, at: datetime | None = None) -> None:
    """A picture or a paper of the need; pictures lose where and when they were taken."""
    if stored.content_type_of(upload).startswith("image/"):
        photos.take_in(upload, owner=ref_of(need), actor=actor)
    else:
        stored.keep(upload, accept=stored.PAPERS, owner=ref_of(need), actor=actor, at=at)

"""Putting people on the rolls of a community and taking them off."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.people.models import Person, RollEntry, RollKind
from linli.apps.people.models.roll import OF_A_BUILDING, OF_A_STAIRWELL
from linli.apps.people.permissions import keeps_roster
from linli.apps.people.queries.ages import is_under_fourteen
from linli.apps.places.models import Building, Place, Stairwell
from linli.kernel.audit import Change, Personal
from linli.kernel.audit.facts import DATA_LANGUAGE
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor


def put_on_roll(
    *,
    person: Person,
    kind: RollKind,
    community: Place,
    started_on: date,
    actor: Actor | None,
    building: Building | None = None,
    stairwell: Stairwell | None = None,
    term_ends_on: date | None = None,
    at: datetime | None = None,
) -> RollEntry:
    """An open entry at the community, the building or the stairwell that ``kind`` belongs to.

    Refuses a seat somebody holds, a term that overlaps another of the same seat or person, the wrong place, a child.
    """
    building = stairwell.building if stairwell is not None else building
    entry = RollEntry(
        person=person, kind=kind, community=community, building=building, stairwell=stairwell,
        started_on=started_on, term_ends_on=term_ends_on,
    )  # fmt: skip
    if not keeps_roster(actor, entry):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    _check_place(entry)
    _check_person(entry, timezone.localdate(at))
    try:
        with transaction.atomic():
            _hold_seat(entry)
            _refuse_overlap(entry)
            entry.save(force_insert=True)
            with override(DATA_LANGUAGE):
                where = entry.where
            facts = {"name": Personal(person.pk, person.name), "roll": RollKind(kind).label, "where": where}
            record("people.roll.put", entry, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody filled this seat a moment ago. Look at the list again.")) from error
    return entry


def _check_place(entry: RollEntry) -> None:
    if entry.kind in OF_A_STAIRWELL and entry.stairwell is None:
        raise Refusal(_("Say which stairwell: this post is held at one stairwell."), field="stairwell")
    if entry.kind in OF_A_BUILDING and (entry.building is None or entry.stairwell is not None):
        raise Refusal(_("Say which building: this post is held at one building."), field="building")
    if entry.kind not in (*OF_A_STAIRWELL, *OF_A_BUILDING) and entry.building is not None:
        raise Refusal(_("This roll is one of the whole community; leave the building out."), field="building")
    if entry.building is not None and entry.building.community_id != entry.community_id:
        raise Refusal(_("This building belongs to another community."), field="building")
    if entry.term_ends_on is not None and entry.term_ends_on <= entry.started_on:
        raise Refusal(_("The term ends after it starts."), field="term_ends_on")


def _check_person(entry: RollEntry, today: date) -> None:
    if entry.person.merged_into_id is not None or entry.person.left_on is not None:
        raise Refusal(_("This person is no longer on the roster."), field="person")
    if is_under_fourteen(entry.person, today):
        raise Refusal(_("A child under fourteen holds no post."), field="person")


def _hold_seat(entry: RollEntry) -> None:
    """One after the other: the row of the seat, else that of the person, is taken until this transaction ends."""
    if entry.stairwell_id is not None:
        Stairwell.objects.filter(pk=entry.stairwell_id).update(order=F("order"))
    elif entry.building_id is not None:
        Building.objects.filter(pk=entry.building_id).update(number=F("number"))
    Person.objects.filter(pk=entry.person_id).update(changed_at=F("changed_at"))


def _refuse_overlap(entry: RollEntry) -> None:
    """The new entry is open: it overlaps whatever of its seat, or of the same person, ends after its start."""
    rows = RollEntry.objects.filter(kind=entry.kind, community=entry.community_id)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=entry.started_on)).select_related("person")
    if entry.building_id is None:
        taken = rows.filter(person=entry.person).first()
    else:
        taken = rows.filter(building=entry.building_id, stairwell=entry.stairwell_id).first()
    if taken is None:
        return
    if taken.ended_on is None:
        sentence = _("%(name)s holds this post since %(day)s. End that term first.")
        day = taken.started_on
    else:
        sentence = _("%(name)s held this post until %(day)s. The new term starts then, not before.")
        day = taken.ended_on
    raise Refusal(sentence % {"name": taken.person.name, "day": day}, code="overlapping-terms", field="started_on")


def take_off_roll(
    entry: RollEntry, *, actor: Actor | None, ended_on: date | None = None, at: datetime | None = None
) -> RollEntry:
    """The entry ends with the day before ``ended_on`` (today). Refuses a date to come and an entry that ended."""
    if not keeps_roster(actor, entry):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    today = timezone.localdate(at)
    ended_on = ended_on or today
    if ended_on > today:
        raise Refusal(_("End the term on the day it ends, not ahead."), field="ended_on")
    if ended_on < entry.started_on:
        raise Refusal(_("A term cannot end before it started."), field="ended_on")
    with transaction.atomic():
        if not RollEntry.objects.filter(pk=entry.pk, ended_on__isnull=True).update(ended_on=ended_on):
            raise Conflict(_("This term has ended already."))
        record("people.roll.end", entry, actor=actor, facts={"day": Change(None, ended_on)}, at=at)
    entry.ended_on = ended_on
    return entry

"""The timetable changed by hand: an entry or its whole unit goes elsewhere; the last change is called back."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import Entry, Panel, ReviewSession, Timetable
from linli.apps.reviews.permissions import organizes
from linli.apps.reviews.queries.timetable import Arrangement, Reading, parted, read_timetable
from linli.apps.reviews.queries.timetable_board import Warned, board_of
from linli.apps.reviews.services.keeping import in_preparation, require
from linli.apps.reviews.services.timetable import laid_out, state_of, write_arrangement
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor


def moved(
    reading: Reading, entry: UUID, *, panel: UUID, day: date, position: int | None = None, whole: bool = True
) -> Arrangement:
    """The arrangement once an entry (with its ``whole`` unit) stands at ``position`` (from 1; None: last)."""
    assert reading.timetable is not None  # nothing is moved before it is planned
    parts, _asked = parted(reading, reading.timetable.asked)
    going = parts.by_unit[parts.units[entry].key] if whole else [entry]
    found = {where: [one for one in there if one not in going] for where, there in reading.arrangement.items()}
    there = found.setdefault((panel, day), [])
    place = len(there) if position is None else max(0, min(position - 1, len(there)))
    there[place:place] = going
    return {where: entries for where, entries in found.items() if entries}


def warnings_after(reading: Reading, arrangement: Arrangement) -> list[Warned]:
    """What would be wrong with an arrangement and is not wrong now. No query."""
    assert reading.timetable is not None  # nothing is moved before it is planned
    slots = [slot.as_slot() for slot in laid_out(reading.timetable.asked, reading, arrangement)]
    slots.sort(key=lambda slot: (slot.day, slot.starts))
    known = {one.key for one in board_of(reading).warnings}
    return [one for one in board_of(replace(reading, slots=slots)).warnings if one.key not in known]


def move_entry(
    entry: Entry,
    *,
    panel: Panel,
    day: date,
    actor: Actor | None,
    position: int | None = None,
    whole: bool = True,
    version: int | None = None,
    at: datetime | None = None,
) -> None:
    """Put an entry, or its whole unit, before a panel on a day. Warnings do not hinder: the page shows them.

    Raises Refusal for a day or panel that is not there, Conflict when scoring has started or where somebody changed
    the timetable since ``version``.
    """
    at = at or timezone.now()
    session = entry.session
    row = _begin(session, actor)
    reading = read_timetable(session, ties=False)
    if panel.session_id != session.pk or day not in row.asked.days:
        raise Refusal(_("This day or panel is not in the timetable."), field="where")
    if entry.pk not in reading.entries:
        raise Refusal(_("This entry is no longer in the review."))
    arrangement = moved(reading, entry.pk, panel=panel.pk, day=day, position=position, whole=whole)
    facts = {"title": entry.title, "panel": panel.name, "day": day}
    with transaction.atomic():
        _take_turn(row, version, before=state_of(reading))
        write_arrangement(row, reading, arrangement, actor=actor, at=at, told=("entry.move", entry, facts))


def undo_move(
    session: ReviewSession, *, actor: Actor | None, version: int | None = None, at: datetime | None = None
) -> None:
    """The arrangement before the last change, also before the last planning. Raises Refusal where there is none."""
    at = at or timezone.now()
    row = _begin(session, actor)
    if row.before is None:
        raise Refusal(_("There is no change to call back."), code="nothing-to-undo")
    reading = read_timetable(session, ties=False)
    panels = {panel.pk for panel in reading.panels}
    arrangement = {
        (UUID(one["panel"]), date.fromisoformat(one["day"])): [
            UUID(key) for key in one["entries"] if UUID(key) in reading.entries
        ]
        for one in row.before["arrangement"]
        if UUID(one["panel"]) in panels
    }
    with transaction.atomic():
        _take_turn(row, version, before=None, conditions=row.before["conditions"])
        row.conditions = row.before["conditions"]
        write_arrangement(row, reading, arrangement, actor=actor, at=at, told=("session.undo_move", session, {}))


def _begin(session: ReviewSession, actor: Actor | None) -> Timetable:
    require(organizes, actor, session)
    in_preparation(session)
    row = Timetable.objects.filter(session=session, conditions__isnull=False).first()
    if row is None:
        raise Refusal(_("Plan the timetable first; then it can be changed by hand."), code="not-planned")
    row.session = session
    return row


def _take_turn(row: Timetable, version: int | None, *, before: Any, **more: Any) -> None:
    """One after the other: whoever saw an older timetable looks again first. Raises Conflict."""
    seen = row.version if version is None else version
    columns = {"before": before, "moved": True, "job_id": None, **more}
    if not Timetable.objects.filter(pk=row.pk, version=seen).update(version=F("version") + 1, **columns):
        raise Conflict(
            _("Somebody else changed the timetable meanwhile. Look at it again, then move."), code="timetable-changed"
        )

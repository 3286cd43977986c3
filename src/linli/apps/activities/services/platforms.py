"""Hours from a volunteers' platform: added up by project and day, found again by both, never by person."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.kinds import activity_kinds
from linli.apps.activities.models import Activity, Occurrence, OccurrenceState, Platform, VolunteerHours
from linli.apps.activities.permissions import runs
from linli.apps.activities.services.places_given import NOT_YOURS
from linli.apps.activities.tables.platforms import SHEET, Given, Read, read_hours
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.files import SHEETS, forget, keep
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Actor
from linli.kernel.tables.reasons import sentence


@dataclass
class Taken:
    """What became of the projects' days of a file; ``left`` tells row and reason of what was left out."""

    new: int = 0
    changed: int = 0
    same: int = 0
    left: list[tuple[int, str]] = field(default_factory=list)


def name_project(
    activity: Activity, *, platform: str, number: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """Say under which number a platform keeps the activity; both empty: none does. Raises NotAllowed, Refusal."""
    if not runs(actor, activity):
        raise NotAllowed(NOT_YOURS)
    plain = "".join(number.split())[:40]
    if bool(platform) != bool(plain):
        raise Refusal(_("Give the platform and the number there, or neither."), field="number")
    activity.platform, activity.project_number = Platform(platform) if platform else "", plain
    with transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(platform=activity.platform, project_number=plain)
        facts = {"platform": activity.get_platform_display(), "number": plain}
        record("activities.activity.name_project", activity, actor=actor, facts=facts, at=at)


@dataclass(frozen=True)
class _Where:
    """For whom hours are entered: as the activity of that project number says, else as whoever imports said."""

    place: Place
    kind: str
    team: Organization | None = None
    activity: Activity | None = None
    occurrence: Occurrence | None = None


def take_platform_hours(
    upload: IO[bytes] | File[Any], *, platform: str, place: Place, kind: str, actor: Actor | None,
    team: Organization | None = None, at: datetime | None = None,
) -> Taken:  # fmt: skip
    """Take the export of a platform over: one row a project and day, with heads and hours together, in halves.

    The file is read and forgotten at once; nothing of a volunteer is kept. The same file twice changes nothing. Hours
    entered by hand for that date of the activity are written over. Raises NotAllowed, Refusal, Conflict.
    """
    source, moment = Platform(platform), at or timezone.now()
    if kind not in activity_kinds():
        raise Refusal(_("There is no such kind of activity."), field="kind")
    wanted = _Where(place, kind, team)
    if not runs(actor, VolunteerHours(place=place, team=team)):
        raise NotAllowed(NOT_YOURS)
    read = _read(upload, actor)
    taken = Taken(left=[(bad["row"], f"{_title(bad)}{_shown(bad)}{sentence(bad)}") for bad in read.bad])
    try:
        with transaction.atomic():
            known = _activities(source, read, actor)
            for one in read.given:
                _take(one, _where(one, known, wanted), taken, source=source, actor=actor, at=moment)
    except IntegrityError:
        raise Conflict(_("Somebody else imports the same hours just now. Import the file again.")) from None
    return taken


def _read(upload: IO[bytes] | File[Any], actor: Actor | None) -> Read:
    """The sums of the upload, which is gone when they are made."""
    stored = keep(upload, accept=SHEETS, owner=Ref("activities.hours", new_key()), actor=actor)
    try:
        return read_hours(stored)
    finally:
        forget(stored.pk)


def _title(bad: dict[str, Any]) -> str:
    return f"{SHEET.column(bad['column']).title} "


def _shown(bad: dict[str, Any]) -> str:
    return f"“{bad['value']}” " if bad["value"] else ""


def _activities(source: Platform, read: Read, actor: Actor | None) -> dict[str, list[Activity]]:
    """The activities the actor runs under the project numbers of the file."""
    numbers = {one.number for one in read.given}
    rows = Activity.objects.filter(platform=source, project_number__in=numbers).select_related("place", "organization")
    found: dict[str, list[Activity]] = {}
    for row in rows.prefetch_related("occurrences").order_by("planned_at", "pk"):
        if runs(actor, row):
            found.setdefault(row.project_number, []).append(row)
    return found


def _where(one: Given, known: dict[str, list[Activity]], wanted: _Where) -> _Where:
    """The activity that had a date on that day, or the only one of that number; else what was said beside the file."""
    rows = known.get(one.number, [])
    held = [
        (row, date)
        for row in rows
        for date in row.occurrences.all()
        if date.state != OccurrenceState.CALLED_OFF and timezone.localdate(date.starts) == one.day
    ]
    if len(held) == 1:
        row, date = held[0]
        return _Where(row.place, row.kind, row.organization or wanted.team, row, date)
    if len(rows) == 1:
        return _Where(rows[0].place, rows[0].kind, rows[0].organization or wanted.team, rows[0])
    return wanted


def _take(one: Given, where: _Where, taken: Taken, *, source: Platform, actor: Actor | None, at: datetime) -> None:
    why = _refused(one, at)
    if why:
        taken.left.append((one.row, why))
        return
    row = _known(one, where, source)
    subject = where.activity.subject if where.activity is not None else None
    said = {
        "place": where.place, "day": one.day, "people": one.people, "hours": one.hours,
        "kind": where.kind, "team": where.team, "source": source,
        "project_number": one.number, "occurrence": where.occurrence, "remark": one.title[:200],
        "subject_kind": subject.kind if subject else "", "subject_id": subject.id if subject else None,
    }  # fmt: skip
    if row is not None and all(getattr(row, name) == value for name, value in said.items()):
        taken.same += 1
        return
    is_new = row is None
    row = row or VolunteerHours()
    for name, value in said.items():
        setattr(row, name, value)
    row.recorded_at = at
    row.save(force_insert=is_new)
    taken.new, taken.changed = taken.new + is_new, taken.changed + (not is_new)
    facts = {
        "kind": row.kind_title, "hours": row.hours, "people": row.people, "day": row.day,
        "platform": source.label, "number": one.number,
    }  # fmt: skip
    record("activities.hours.take_over", row, actor=actor, facts=facts, at=at)


def _refused(one: Given, at: datetime) -> str:
    if one.day > timezone.localdate(at):
        return str(_("This day has not come yet."))
    if one.hours <= 0:
        return str(_("Less than half an hour all together: nothing to enter."))
    if one.hours > one.people * 24:
        return str(_("Give the hours of all together, in halves: at most 24 a person."))
    return ""


def _known(one: Given, where: _Where, source: Platform) -> VolunteerHours | None:
    """The row this project and day has, or what stands there for that date of the activity (entered by hand)."""
    rows = VolunteerHours.objects.select_related("team", "place", "occurrence")
    found = rows.filter(place=where.place, source=source, project_number=one.number, day=one.day).first()
    if found is None and where.occurrence is not None:
        found = rows.filter(occurrence=where.occurrence, team=where.team).first()
    return found

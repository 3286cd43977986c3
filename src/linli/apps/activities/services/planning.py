"""Planning an activity with its dates, announcing it, calling it or one of its dates off."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.kinds import activity_kinds
from linli.apps.activities.lifecycle import ACTIVITIES, OCCURRENCES
from linli.apps.activities.models import Activity, AgendaItem, Occurrence, OccurrenceState, Organizer, Part, Rhythm
from linli.apps.activities.permissions import runs
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.publication import refuse_findings, scan_texts
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor
from linli.kernel.search import index
from linli.kernel.ui.versions import save_version

NOT_YOURS = _("Only those who hold activities for this place or organization do this.")
LONGEST = timedelta(days=3)


@dataclass(frozen=True)
class Times:
    """When one date begins and ends."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Host:
    """A unit beside the one that holds the activity."""

    name: str
    part: Part = Part.HOST
    organization: Organization | None = None


@dataclass(frozen=True)
class Item:
    """One item of the agenda."""

    title: str
    speaker: str = ""
    unit: str = ""
    minutes: int | None = None


def require(actor: Actor | None, row: object) -> None:
    """Raises NotAllowed for whoever does not hold activities there; the clock passes."""
    if not runs(actor, row):
        raise NotAllowed(NOT_YOURS)


class Details(TypedDict, total=False):
    """What may be said of an activity beside its title, kind and dates; what is left out is empty."""

    venue: str
    about: str
    contact: str
    organization: Organization | None
    capacity: int | None
    offer_hours: int
    for_minors: bool
    rhythm: Rhythm
    festival: str


def plan(
    *,
    title: str,
    kind: str,
    place: Place,
    times: Sequence[Times],
    actor: Actor | None,
    subject: Ref | None = None,
    hosts: Sequence[Host] = (),
    agenda: Sequence[Item] = (),
    at: datetime | None = None,
    **details: Unpack[Details],
) -> Activity:
    """An activity with its dates; nobody outside sees it before somebody else announces it. Raises Refusal."""
    when = at or timezone.now()
    activity = _drafted(title, kind, place, subject, details)
    activity.planned_at, activity.planned_by = when, actor.actor_id if actor else None
    require(actor, activity)
    if not times:
        raise Refusal(_("Give the activity a date first."), field="starts", code="no-date")
    with transaction.atomic():
        activity.save(force_insert=True)
        Organizer.objects.bulk_create(
            Organizer(activity=activity, number=number, part=host.part, name=host.name, organization=host.organization)
            for number, host in enumerate(hosts, start=1)
        )
        for occurrence in _dated(activity, times):
            set_agenda(occurrence, items=agenda)
        index(activity)
        facts = {"title": activity.title, "kind": activity.kind_title, "dates": len(times)}
        record("activities.activity.plan", activity, actor=actor, facts=facts, at=when)
    return activity


def _drafted(title: str, kind: str, place: Place, subject: Ref | None, details: Details) -> Activity:
    """The row, not yet written. Raises Refusal without a title, and for an unknown kind."""
    if kind not in activity_kinds():
        raise Refusal(_("There is no such kind of activity."), field="kind")
    if not title.strip():
        raise Refusal(_("Give the activity a title."), field="title")
    row = Activity(place=place, title=" ".join(title.split()), kind=kind, **details)
    row.venue, row.about = row.venue.strip() or place.name, row.about.strip()
    if subject is not None:
        row.subject_kind, row.subject_id = subject.kind, subject.id
    return row


def _dated(activity: Activity, times: Sequence[Times]) -> list[Occurrence]:
    """The dates, each with its own code for the door. Raises Refusal for one that ends before it begins."""
    rows = []
    for span in times:
        if not span.starts < span.ends <= span.starts + LONGEST:
            raise Refusal(_("It ends after it begins, and within three days."), field="ends")
        row = Occurrence(
            activity=activity, starts=span.starts, ends=span.ends, capacity=activity.capacity,
            door_code=secrets.token_urlsafe(9),
        )  # fmt: skip
        rows.append(row)
    if len({row.starts for row in rows}) < len(rows):
        raise Refusal(_("Two dates begin at the same time."), field="starts")
    return Occurrence.objects.bulk_create(rows)


def add_dates(
    activity: Activity, *, times: Sequence[Times], actor: Actor | None, at: datetime | None = None
) -> list[Occurrence]:
    """More dates of an activity; one that stands already is left as it is."""
    require(actor, activity)
    with transaction.atomic():
        known = set(activity.occurrences.values_list("starts", flat=True))
        made = _dated(activity, [span for span in times if span.starts not in known])
        record("activities.activity.add_dates", activity, actor=actor, facts={"dates": len(made)}, at=at)
    return made


def set_agenda(occurrence: Occurrence, *, items: Sequence[Item]) -> None:
    """Write the agenda anew, in the caller's transaction."""
    occurrence.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(occurrence=occurrence, number=number, **vars(item)) for number, item in enumerate(items, start=1)
    )


def change_agenda(
    occurrence: Occurrence, *, items: Sequence[Item], actor: Actor | None, at: datetime | None = None
) -> None:
    """Write the agenda anew: what, who speaks, how long."""
    require(actor, occurrence)
    with transaction.atomic():
        set_agenda(occurrence, items=items)
        record("activities.occurrence.change_agenda", occurrence, actor=actor, facts={"items": len(items)}, at=at)


def public_texts(activity: Activity) -> dict[str, str]:
    """Everything the public reads of an activity."""
    items = AgendaItem.objects.filter(occurrence__activity=activity).values_list("title", flat=True)
    return {
        "标题": activity.title,
        "内容": activity.about,
        "地点": activity.venue,
        "议程": "\n".join(sorted(set(items))),
    }


def publish(activity: Activity, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Announce the activity: refused to whoever planned it, and while its text holds what may not be public."""
    when = at or timezone.now()
    findings = scan_texts(public_texts(activity), street=activity.place.street_id, may_stand=[activity.contact])
    refuse_findings(findings)
    facts = {"by": actor.actor_id if actor else None, "dates": activity.occurrences.count()}
    ACTIVITIES.apply("publish", activity, actor=actor, facts=facts, at=when, announced_at=when)
    index(activity)


def amend(
    activity: Activity,
    *,
    title: str,
    about: str,
    venue: str,
    contact: str,
    version: int,
    actor: Actor | None,
    at: datetime | None = None,
) -> None:
    """Put the text right. What is public already is scanned again first. Raises Refusal, Conflict."""
    require(actor, activity)
    columns = {"title": " ".join(title.split()), "about": about.strip(), "venue": venue.strip(), "contact": contact}
    if not columns["title"] or not columns["venue"]:
        raise Refusal(_("Give the activity a title."), field="title")
    with transaction.atomic():
        save_version(activity, seen=version, **columns)
        activity.refresh_from_db()
        if activity.announced_at is not None:
            street = activity.place.street_id
            refuse_findings(scan_texts(public_texts(activity), street=street, may_stand=[contact]))
        index(activity)
        record("activities.activity.amend", activity, actor=actor, facts={"title": activity.title}, at=at)


def call_off(activity: Activity, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Call the whole activity off, with every date to come. Raises Refusal without a reason."""
    said = reason.strip()
    with transaction.atomic():
        ACTIVITIES.apply("call_off", activity, actor=actor, facts={"reason": said}, at=at)
        for row in activity.occurrences.filter(state=OccurrenceState.AHEAD).select_related("activity__place"):
            call_off_date(row, reason=said, actor=actor, at=at)
        index(activity)


def call_off_date(occurrence: Occurrence, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Call one date off; whoever signed up reads the reason. Raises Refusal without one."""
    said = reason.strip()
    OCCURRENCES.apply("call_off", occurrence, actor=actor, facts={"reason": said}, at=at, remark=said[:200])

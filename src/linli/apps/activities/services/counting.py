"""Counting: heads, that a date was held, hours of voluntary service."""

from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.kinds import activity_kinds
from linli.apps.activities.lifecycle import OCCURRENCES
from linli.apps.activities.models import HeadCount, Occurrence, OccurrenceState, VolunteerHours
from linli.apps.activities.permissions import at_door, runs
from linli.apps.activities.services.places_given import NOT_YOURS
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor

HALF = Decimal("0.5")


def hold(occurrence: Occurrence, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Say that the date was held: from then on it counts. Raises Refusal before its beginning, Conflict."""
    when = at or timezone.now()
    OCCURRENCES.apply("hold", occurrence, actor=actor, facts={"at": when}, at=when)


def count_heads(
    occurrence: Occurrence, *, total: int, actor: Actor | None, minors: int = 0, at: datetime | None = None
) -> HeadCount:
    """Write down how many were there, and that the date was held; a second count corrects the first.

    Never fewer than have signed in. Raises Refusal.
    """
    when = at or timezone.now()
    if not at_door(actor, occurrence):
        raise NotAllowed(NOT_YOURS)
    if total < 1 or minors < 0 or minors > total:
        raise Refusal(_("Count all who were there; children are among them."), field="total")
    with transaction.atomic():
        if occurrence.state == OccurrenceState.CALLED_OFF:
            raise Refusal(_("This date was called off."), code="called-off")
        signed = occurrence.attendances.count()
        if total < signed:
            sentence = _("%(count)s people have signed in; the count cannot be less.")
            raise Refusal(sentence % {"count": signed}, field="total", code="fewer-than-signed")
        if occurrence.state == OccurrenceState.AHEAD:
            hold(occurrence, actor=actor, at=when)
        columns = {"total": total, "minors": minors, "counted_at": when}
        row, _made = HeadCount.objects.update_or_create(
            occurrence=occurrence, defaults={**columns, "version": F("version") + 1},
            create_defaults=columns,
        )  # fmt: skip
        facts = {"total": total, "minors": minors}
        record("activities.occurrence.count_heads", occurrence, actor=actor, facts=facts, at=when)
    row.refresh_from_db()
    return row


def record_hours(
    *,
    hours: Decimal,
    people: int,
    day: date,
    kind: str,
    place: Place,
    actor: Actor | None,
    team: Organization | None = None,
    occurrence: Occurrence | None = None,
    subject: Ref | None = None,
    remark: str = "",
    at: datetime | None = None,
) -> VolunteerHours:
    """Write down what a team gave on a day: all heads' hours together, in halves. Raises Refusal, Conflict.

    ``subject`` is that of the occurrence's activity unless given.
    """
    when = at or timezone.now()
    _check_hours(kind, hours, people, day, when)
    about = subject or (occurrence.activity.subject if occurrence is not None else None)
    row = VolunteerHours(
        place=place, team=team, occurrence=occurrence, kind=kind, day=day, people=people, hours=hours,
        subject_kind=about.kind if about else "", subject_id=about.id if about else None,
        remark=remark.strip(), recorded_at=when,
    )  # fmt: skip
    if not runs(actor, row):
        raise NotAllowed(NOT_YOURS)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"kind": row.kind_title, "hours": hours, "people": people, "day": day}
            record("activities.hours.record", row, actor=actor, facts=facts, at=when)
    except IntegrityError:
        raise Conflict(_("The hours of this team for this date are entered already.")) from None
    return row


def _check_hours(kind: str, hours: Decimal, people: int, day: date, at: datetime) -> None:
    """Raises Refusal for an unknown kind, for hours nobody can give, for a day to come."""
    if kind not in activity_kinds():
        raise Refusal(_("There is no such kind of activity."), field="kind")
    if people < 1 or hours <= 0 or hours % HALF or hours > people * 24:
        raise Refusal(_("Give the hours of all together, in halves: at most 24 a person."), field="hours")
    if day > timezone.localdate(at):
        raise Refusal(_("This day has not come yet."), field="day")

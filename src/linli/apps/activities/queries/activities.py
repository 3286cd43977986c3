"""Reads of activities: what I hold, what everybody reads, who is on a list."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, When
from django.db.models.functions import Coalesce

from linli.apps.activities.models import (
    Activity,
    ActivityState,
    CareNote,
    Occurrence,
    OccurrenceState,
    Signup,
    SignupState,
    VolunteerHours,
)
from linli.apps.activities.permissions import CARERS, DOOR, READERS, RUNNERS
from linli.apps.places.models import Level, Place
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor

KIND = "activities.activity"
LATE = 60
"""Days in which hours are entered for a date."""


def reached(actor: Actor, *roles: Any, prefix: str = "") -> Q:
    """Rows of the places and organizations where the actor holds one of ``roles``."""
    reach = actor.reach(*roles)
    return Q(**{f"{prefix}place__in": reach.places}) | Q(**{f"{prefix}organization__in": reach.organizations})


def visible_to(actor: Actor | None, rows: QuerySet[Activity] | None = None) -> QuerySet[Activity]:
    """Activities of the places and organizations where the actor's posts reach."""
    rows = Activity.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(reached(actor, *READERS))


def dates_visible_to(actor: Actor | None, rows: QuerySet[Occurrence] | None = None) -> QuerySet[Occurrence]:
    """Their dates."""
    rows = Occurrence.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(reached(actor, *READERS, prefix="activity__"))


def signups_visible_to(actor: Actor | None, rows: QuerySet[Signup] | None = None) -> QuerySet[Signup]:
    """Persons on the lists of activities where the actor stands at the door: nobody else reads names."""
    rows = Signup.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(reached(actor, *DOOR, prefix="occurrence__activity__"))


def care_visible_to(actor: Actor | None, rows: QuerySet[CareNote] | None = None) -> QuerySet[CareNote]:
    """Notes of health or hardship: the community's own staff, and nobody by an organization or a street."""
    rows = CareNote.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(signup__occurrence__activity__place__in=actor.reach(*CARERS).places)


def hours_visible_to(actor: Actor | None, rows: QuerySet[VolunteerHours] | None = None) -> QuerySet[VolunteerHours]:
    """Hours of service of the places and teams where the actor's posts reach."""
    rows = VolunteerHours.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(*READERS)
    return rows.filter(Q(place__in=reach.places) | Q(team__in=reach.organizations))


def dates_of_late(actor: Actor, at: datetime) -> QuerySet[Occurrence]:
    """Dates of the last two months for which hours may be entered, newest first."""
    rows = dates_visible_to(actor).filter(starts__lte=at, starts__gte=at - timedelta(days=LATE))
    return rows.exclude(state=OccurrenceState.CALLED_OFF).select_related("activity").order_by("-starts", "-pk")


def hours_for(actor: Actor | None, platform: str) -> QuerySet[VolunteerHours]:
    """Hours of the activities a platform keeps, which it does not have from its own export, oldest first."""
    rows = hours_visible_to(actor).filter(occurrence__activity__platform=platform).exclude(source=platform)
    return rows.select_related("occurrence__activity", "team").order_by("day", "pk")


def with_dates(rows: QuerySet[Activity], at: datetime) -> QuerySet[Activity]:
    """Activities with ``next_start`` (None when no date lies ahead), ``dates`` and ``held``; no query more."""
    ahead = Q(occurrences__state=OccurrenceState.AHEAD, occurrences__ends__gte=at)
    return rows.annotate(
        next_start=Min("occurrences__starts", filter=ahead),
        dates=Count("occurrences"),
        held=Count("occurrences", filter=Q(occurrences__state=OccurrenceState.HELD)),
    )


def with_people(rows: QuerySet[Occurrence]) -> QuerySet[Any]:
    """Dates with ``came`` (who signed in) and ``person_times`` (the head-count, or who signed in if that is more)."""
    return rows.annotate(came=Count("attendances")).annotate(person_times=PERSON_TIMES)


PERSON_TIMES = Case(
    When(head_count__total__gt=F("came"), then=Coalesce("head_count__total", 0)),
    default=F("came"),
    output_field=IntegerField(),
)


def public_activities() -> QuerySet[Activity]:
    """What everybody may read."""
    return Activity.objects.filter(state__in=(ActivityState.PUBLISHED, ActivityState.CALLED_OFF)).exclude(
        announced_at__isnull=True
    )


def public_dates(at: datetime) -> QuerySet[Occurrence]:
    """Announced dates that are not over, the next first."""
    rows = Occurrence.objects.filter(state=OccurrenceState.AHEAD, ends__gte=at, activity__state=ActivityState.PUBLISHED)
    return rows.select_related("activity__place").order_by("starts", "id")


def public_at(place: Place, at: datetime) -> QuerySet[Occurrence]:
    """Announced dates of a community: its own, and those of its street."""
    places = {place.pk, place.street_id}
    return public_dates(at).filter(activity__place__in=[one for one in places if one])


def activities_about(subject: Ref) -> QuerySet[Activity]:
    """The activities held for one record, the latest first."""
    return Activity.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("-planned_at", "-id")


def on_list(occurrence: Occurrence) -> QuerySet[Signup]:
    """Everybody on the list of a date with what became of it, by name."""
    rows = Signup.objects.filter(occurrence=occurrence).exclude(state=SignupState.LEFT)
    return rows.select_related("attendance", "care_note").order_by("key", "id")


def not_counted(actor: Actor, at: datetime) -> QuerySet[Occurrence]:
    """Dates that are over and of which nobody has said whether they were held."""
    rows = Occurrence.objects.filter(state=OccurrenceState.AHEAD, ends__lt=at, activity__state=ActivityState.PUBLISHED)
    rows = rows.filter(reached(actor, *DOOR, prefix="activity__"))
    return rows.select_related("activity").order_by("starts", "id")


def plannable_places(actor: Actor) -> QuerySet[Place]:
    """Streets and communities for which the actor holds activities."""
    levels = (Level.STREET, Level.COMMUNITY, Level.VILLAGE)
    rows = Place.objects.filter(pk__in=actor.reach(*RUNNERS).places, level__in=levels, valid_to__isnull=True)
    return rows.order_by("code")

"""Closing reviews and yearly summaries as the desk shows them: what is held, what waits to be entered, who attended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.utils import timezone

from linli.apps.activities.models import Occurrence
from linli.apps.places.models import PlacePath
from linli.apps.projects.models import (
    ClosingFile,
    ClosingGrade,
    ClosingState,
    ProgrammeSummary,
    ReviewAttendee,
    ReviewEntry,
    ReviewMeeting,
    SlideTemplate,
)
from linli.apps.projects.permissions import READERS
from linli.apps.reviews.models import EntryState, Purpose, ReviewSession, SessionState
from linli.apps.reviews.queries import true_sessions
from linli.apps.rounds.queries import programmes_visible_to
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class Day:
    """One day of a review with those who attended."""

    day: date
    occurrence: Occurrence
    attendees: Sequence[ReviewAttendee]


def closing_reviews(actor: Actor | None) -> QuerySet[ReviewSession]:
    """Closing reviews the actor reads, rehearsals left out, each with ``panel_count`` and ``entry_count``."""
    rows = true_sessions(actor).filter(purpose=Purpose.CLOSING).select_related("place", "closing_meeting__activity")
    return rows.annotate(
        panel_count=Count("panels", distinct=True), entry_count=Count("entries__closing_entry", distinct=True)
    )


def files_to_enter(session: ReviewSession) -> QuerySet[ClosingFile]:
    """Accepted files of the session's place and below it that stand before no review and have no grade."""
    below = PlacePath.objects.filter(ancestor=session.place_id).values("descendant")
    entered = ReviewEntry.objects.exclude(entry__session__state=SessionState.CALLED_OFF)
    entered = entered.exclude(entry__state=EntryState.WITHDRAWN)
    graded = ClosingGrade.objects.filter(ended_at__isnull=True)
    rows = ClosingFile.objects.filter(state=ClosingState.ACCEPTED, project__place__in=below)
    rows = rows.exclude(pk__in=entered.values("closing")).exclude(pk__in=graded.values("closing"))
    return rows.select_related("project__bearer", "project__bearer_place", "project__place").order_by("project__number")


def grades_of(session: ReviewSession) -> list[ClosingGrade]:
    """The grades a review gave that stand, with their projects. One query."""
    rows = ClosingGrade.objects.filter(entry__session=session, ended_at__isnull=True)
    wanted = ("closing__project__street", "closing__project__bearer", "closing__project__bearer_place")
    return list(rows.select_related(*wanted, "closing__project__highlight"))


def days_of(meeting: ReviewMeeting) -> list[Day]:
    """The days of a review with who attended, by their part. Two queries."""
    piles: dict[object, list[ReviewAttendee]] = {}
    for row in meeting.attendees.select_related("signup").order_by("part", "unit", "id"):
        piles.setdefault(row.signup.occurrence_id, []).append(row)
    days = meeting.activity.occurrences.order_by("starts")
    return [Day(timezone.localdate(one.starts), one, piles.get(one.pk, [])) for one in days]


def summaries_visible_to(actor: Actor | None) -> QuerySet[ProgrammeSummary]:
    """Summaries of the programmes the actor sees."""
    rows = ProgrammeSummary.objects.filter(programme__in=programmes_visible_to(actor).order_by().values("pk"))
    return rows.select_related("programme__place")


def slides_visible_to(actor: Actor | None) -> QuerySet[SlideTemplate]:
    """The slides the streets took in where the actor reads projects, the newest of each first."""
    if actor is None:
        return SlideTemplate.objects.none()
    rows = SlideTemplate.objects.filter(street__in=actor.reach(*READERS).places)
    return rows.select_related("street").order_by("street__code", "-version")

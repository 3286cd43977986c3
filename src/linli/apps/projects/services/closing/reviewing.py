"""The session of a closing review: opened by the shipped sheet, its meeting beside it, entries, results taken over."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.activities import services as activities
from linli.apps.activities.models import SignInWay
from linli.apps.activities.services import Times
from linli.apps.places.models import Place
from linli.apps.projects.models import (
    ClosingFile,
    ClosingGrade,
    ClosingState,
    MeetingPart,
    ReviewAttendee,
    ReviewEntry,
    ReviewMeeting,
)
from linli.apps.projects.services.closing.grading import give_grade
from linli.apps.projects.services.keeping import said
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Panel, Purpose, ReviewSession
from linli.apps.reviews.queries import results_of
from linli.apps.reviews.services.entries import Paper
from linli.kernel.errors import Conflict
from linli.kernel.events import record
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

BEGINS, ENDS = time(9), time(17)


@transaction.atomic
def open_closing_review(
    *,
    title: str,
    place: Place,
    first_day: date,
    actor: Actor | None,
    last_day: date | None = None,
    venue: str = "",
    at: datetime | None = None,
    **columns: Any,
) -> ReviewSession:
    """A review by the sheet of rules 3.3, and beside it the meeting whose attendance is kept by part.

    ``columns`` as ``reviews.services.open_session`` takes them, such as another ``rubric``.
    """
    given: dict[str, Any] = {"rubric": reviews.take_sample("closing_review"), "venue": venue, **columns}
    session = reviews.open_session(
        title=title, place=place, first_day=first_day, last_day=last_day, purpose=Purpose.CLOSING, actor=actor, at=at,
        **given,
    )  # fmt: skip
    days = [date.fromordinal(one) for one in range(first_day.toordinal(), (last_day or first_day).toordinal() + 1)]
    moment = timezone.get_current_timezone()
    times = [Times(datetime.combine(day, BEGINS, moment), datetime.combine(day, ENDS, moment)) for day in days]
    activity = activities.plan(
        title=title[:60], kind="meeting", place=place, times=times, subject=ref_of(session), actor=actor, at=at,
        venue=venue[:80],
    )  # fmt: skip
    ReviewMeeting.objects.create(session=session, activity=activity)
    return session


@transaction.atomic
def attend(
    meeting: ReviewMeeting,
    *,
    name: str,
    part: str,
    unit: str,
    day: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> ReviewAttendee:
    """Write down who attends on a day, in which part and for which unit; a second time changes nothing."""
    occurrence = meeting.activity.occurrences.filter(starts__date=day).first()
    if occurrence is None:
        raise Conflict(_("The review does not sit on this day."))
    who = activities.Attendee(
        said(name, "name", _("Name whoever attends.")), mark=said(unit, "unit", _("Name the unit."))
    )
    signed = activities.sign_in(occurrence, attendee=who, way=SignInWay.LIST, actor=actor, at=at)
    row, _made = ReviewAttendee.objects.update_or_create(
        signup=signed.attendance.signup,
        defaults={"meeting": meeting, "part": MeetingPart(part), "unit": unit.strip()[:80]},
    )
    return row


def enter_closing(
    closing: ClosingFile,
    *,
    session: ReviewSession,
    actor: Actor | None,
    panel: Panel | None = None,
    presenter: str = "",
    papers: Iterable[Paper] = (),
    at: datetime | None = None,
) -> ReviewEntry:
    """Put an accepted file before the review with its report among the ``papers`` the judges read.

    Its bearer, its agency and its community are the parties from whom recusals are derived.
    """
    if closing.state != ClosingState.ACCEPTED:
        raise Conflict(_("Only a file accepted for the review is entered."), code="not-accepted")
    project = closing.project
    parties = [ref_of(one) for one in (project.bearer, project.agency, project.place) if one is not None]
    with transaction.atomic():
        entry = reviews.enter(
            session, title=project.title, subject=ref_of(project), actor=actor, presenter=presenter, parties=parties,
            summary=project.goal[:2000], papers=papers, panel=panel, at=at,
        )  # fmt: skip
        row = ReviewEntry.objects.create(closing=closing, entry=entry)
        facts = {"title": session.title, "number": entry.number}
        record("projects.closing.enter", closing, actor=actor, facts=facts, at=at)
    return row


def take_results(session: ReviewSession, *, actor: Actor | None, at: datetime | None = None) -> list[ClosingGrade]:
    """A grade for every revealed entry of a closed review that has none from it yet; taken twice, given once."""
    found = {one.subject: one for one in results_of(session) if one.score is not None}
    rows = ReviewEntry.objects.filter(entry__session=session).select_related("closing__project", "entry")
    given = set(ClosingGrade.objects.filter(entry__session=session).values_list("entry_id", flat=True))
    grades = []
    for row in rows:
        result = found.get(Ref(row.entry.subject_kind, row.entry.subject_id))
        if result is None or result.score is None or row.entry_id in given:
            continue
        grade = give_grade(row.closing, score=result.score, grounds=session.title, entry=row.entry, actor=actor, at=at)
        grades.append(grade)
    return grades

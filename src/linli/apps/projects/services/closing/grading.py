"""Grades: from the score of the review, zero for misuse, looked at again on appeal; written down for the next year."""

from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.lifecycle import APPEALS, PROJECTS
from linli.apps.projects.models import ClosingFile, ClosingGrade, ClosingState, GradeAppeal, ProjectState
from linli.apps.projects.permissions import carries_out, keeps_projects
from linli.apps.projects.queries.closing.files import grade_of, steps_in
from linli.apps.projects.queries.closing.grading import step_of
from linli.apps.projects.services.keeping import require, said
from linli.apps.reviews.models import Entry
from linli.apps.rounds.services import write_factor
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

ZERO, TOP = Decimal(0), Decimal(100)


def give_grade(
    closing: ClosingFile,
    *,
    score: Decimal,
    grounds: str,
    actor: Actor | None,
    entry: Entry | None = None,
    at: datetime | None = None,
) -> ClosingGrade:
    """The grade of an accepted file by the street's steps; the project is concluded and next year's factor written.

    Misuse that was found before keeps the whole at zero.
    """
    at = at or timezone.now()
    require(keeps_projects, actor, closing.project)
    if closing.state != ClosingState.ACCEPTED:
        raise Conflict(_("Only a file accepted for the review is graded."), code="not-accepted")
    if not ZERO <= score <= TOP:
        raise Refusal(_("A score lies between 0 and 100."), field="score")
    before = grade_of(closing.project)
    return _grade(closing, score, before.misuse if before else "", grounds, actor=actor, entry=entry, at=at)


@transaction.atomic
def _grade(
    closing: ClosingFile,
    scored: Decimal,
    misuse: str,
    grounds: str,
    *,
    actor: Actor | None,
    entry: Entry | None,
    at: datetime,
) -> ClosingGrade:
    """End the grade that stands and give another, in one go. Two at once: the second one reads why not."""
    project, score = closing.project, ZERO if misuse else scored
    step = step_of(score, steps_in(project))
    ClosingGrade.objects.filter(closing=closing, ended_at__isnull=True).update(ended_at=at)
    row = ClosingGrade(
        closing=closing, entry=entry, scored=scored, score=score, letter=step.letter, title=step.title,
        factor=step.factor, misuse=misuse[:600], grounds=grounds[:300], given_at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("Somebody graded this at the same moment. Load the page again.")) from None
    facts = {"score": str(score), "grade": str(row), "grounds": grounds, "misuse": misuse}
    record("projects.closing.grade", closing, actor=actor, facts=facts, at=at)
    write_factor(
        bearer=project.carried_by, place=project.street, year=project.year + 1, grade=str(row), factor=step.factor,
        source=ref_of(project), source_title=f"{project.year}年“{project.title}”", actor=actor, at=at,
    )  # fmt: skip
    if project.state == ProjectState.CLOSING:
        day = timezone.localdate(at)
        PROJECTS.apply("close", project, actor=actor, facts={"grade": str(row)}, at=at, ended_on=day)
    return row


def find_misuse(
    closing: ClosingFile, *, found: str, grounds: str, actor: Actor | None, at: datetime | None = None
) -> ClosingGrade:
    """Money was diverted or embezzled: the whole evaluation is zero, whatever was scored."""
    require(keeps_projects, actor, closing.project)
    what = said(found, "found", _("Say what was misused."))
    before = grade_of(closing.project)
    scored, entry = (before.scored, before.entry) if before else (ZERO, None)
    why = said(grounds, "grounds", _("Say what it rests on."))
    return _grade(closing, scored, what, why, actor=actor, entry=entry, at=at or timezone.now())


def appeal(grade: ClosingGrade, *, text: str, actor: Actor | None, at: datetime | None = None) -> GradeAppeal:
    """Whoever carried the project out asks to look at the grade again; once a grade."""
    require(carries_out, actor, grade.closing.project)
    if grade.ended_at is not None:
        raise Conflict(_("This grade does not stand any more."))
    row = GradeAppeal(
        grade=grade, text=said(text, "text", _("Say what should be looked at again."))[:1000],
        asked_at=at or timezone.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record("projects.closing.appeal", grade.closing, actor=actor, facts={"reason": row.text}, at=at)
    except IntegrityError:
        raise Conflict(_("This grade was appealed against already."), code="appealed") from None
    return row


def answer_appeal(
    row: GradeAppeal,
    *,
    answer: str,
    actor: Actor | None,
    score: Decimal | None = None,
    at: datetime | None = None,
) -> ClosingGrade:
    """Answer with a reason: the grade stands, or ``score`` (out of 100) gives another one. Returns the one that stands.

    A whole set to zero for misuse is not lifted by another score: ``score`` 0 to 100 counts only without misuse.
    """
    at = at or timezone.now()
    if score is not None and not ZERO <= score <= TOP:
        raise Refusal(_("A score lies between 0 and 100."), field="score")
    said_why = answer.strip()
    verb = "reject" if score is None else "uphold"
    with transaction.atomic():
        APPEALS.apply(verb, row, actor=actor, facts={"answer": said_why}, at=at, answer=said_why[:1000], answered_at=at)
        if score is None:
            return row.grade
        closing, grade = row.grade.closing, row.grade
        return _grade(closing, score, grade.misuse, said_why, actor=actor, entry=grade.entry, at=at)

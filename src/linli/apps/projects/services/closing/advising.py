"""Opinion sheets: handed over with a day, answered point by point, followed until done; highlights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models import Advice, Highlight, OpinionSheet, Project, Taken
from linli.apps.projects.permissions import carries_out, keeps_projects
from linli.apps.projects.services.keeping import has_come, require, said
from linli.kernel import deadlines
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

ANSWER = "opinions"
"""The clock that runs until every point has its answer."""


@dataclass(frozen=True)
class AdviceText:
    """A problem and what the panel suggests."""

    problem: str
    suggestion: str


@transaction.atomic
def hand_over_opinions(
    project: Project,
    *,
    items: Sequence[AdviceText],
    source: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> OpinionSheet:
    """The panel's opinions go to whoever carried the project out; answered within the street's number of days."""
    at = at or timezone.now()
    require(keeps_projects, actor, project)
    if not items or not all(one.problem.strip() and one.suggestion.strip() for one in items):
        raise Refusal(_("Write each opinion as a problem and a suggestion."), field="items")
    days = int(str(value_of("projects.opinion_days", street=project.street_id, at=at)))
    due = deadlines.add_working_days(at, days, street=project.street_id)
    sheet = OpinionSheet(project=project, source=source.strip()[:120], issued_at=at, due=timezone.localdate(due))
    try:
        with transaction.atomic():
            sheet.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("The opinions on this project were handed over already.")) from None
    Advice.objects.bulk_create(
        Advice(sheet=sheet, number=number, problem=one.problem.strip()[:400], suggestion=one.suggestion.strip()[:400])
        for number, one in enumerate(items, 1)
    )
    deadlines.start(ref_of(sheet), ANSWER, due=due, at=at)
    record("projects.opinions.hand_over", sheet, actor=actor, facts={"count": len(items), "due": sheet.due}, at=at)
    return sheet


@transaction.atomic
def answer_advice(
    advice: Advice,
    *,
    taken: str,
    actor: Actor | None,
    reason: str = "",
    measure: str = "",
    responsible: str = "",
    until: date | None = None,
    at: datetime | None = None,
) -> None:
    """Adopted, partly or not: what is not followed says why, what is followed says what is done by when."""
    at = at or timezone.now()
    require(carries_out, actor, advice.sheet.project)
    taken = Taken(taken)
    if taken != Taken.ADOPTED:
        said(reason, "reason", _("Say why it is not followed in full."))
    if taken != Taken.NOT:
        said(measure, "measure", _("Say what will be done."))
        if until is None:
            raise Refusal(_("Say by when it will be done."), field="until")
    columns = {
        "taken": taken, "reason": reason.strip()[:400], "measure": measure.strip()[:400],
        "responsible": responsible.strip()[:80], "until": until if taken != Taken.NOT else None,
    }  # fmt: skip
    if not Advice.objects.filter(pk=advice.pk, done_on__isnull=True).update(**columns):
        raise Conflict(_("This was done already; its answer stands."))
    advice.refresh_from_db()
    facts = {"number": advice.number, "taken": advice.get_taken_display(), "reason": advice.reason}
    record("projects.opinions.answer", advice.sheet, actor=actor, facts=facts, at=at)
    sheet = advice.sheet
    rows = OpinionSheet.objects.filter(pk=sheet.pk, answered_at__isnull=True)
    if not sheet.items.filter(taken="").exists() and rows.update(answered_at=at):
        deadlines.meet(ref_of(sheet), ANSWER, at=at)


@transaction.atomic
def finish_advice(advice: Advice, *, done_on: date, note: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The measure is done: when and how."""
    require(carries_out, actor, advice.sheet.project)
    has_come(done_on, at, "done_on")
    how = said(note, "note", _("Say how it was done."))[:300]
    rows = Advice.objects.filter(pk=advice.pk, taken__in=("adopted", "partly"), done_on__isnull=True)
    if not rows.update(done_on=done_on, done_note=how):
        raise Conflict(_("Only advice that is followed and not done yet is finished."))
    advice.refresh_from_db()
    facts = {"number": advice.number, "day": done_on, "how": how}
    record("projects.opinions.finish", advice.sheet, actor=actor, facts=facts, at=at)


def mark_highlight(project: Project, *, reason: str, actor: Actor | None, at: datetime | None = None) -> Highlight:
    """Mark a project as a model for others."""
    require(keeps_projects, actor, project)
    why = said(reason, "reason", _("Say why."))[:400]
    try:
        with transaction.atomic():
            row = Highlight.objects.create(project=project, reason=why, marked_at=at or timezone.now())
            record("projects.project.highlight", project, actor=actor, facts={"reason": why}, at=at)
    except IntegrityError:
        raise Conflict(_("This project is marked already.")) from None
    return row

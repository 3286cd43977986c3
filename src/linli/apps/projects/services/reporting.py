"""Monthly and quarterly progress: figures from the records, two sentences from a person."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models import ProgressReport, Project, Span
from linli.apps.projects.permissions import tends
from linli.apps.projects.queries.activity import done_in
from linli.apps.projects.queries.figures import indicator_bands, spent_of
from linli.apps.projects.services.keeping import require, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

FULL = 3


def end_of(span: str, begins_on: date) -> date:
    """The first day after a month or quarter that begins on ``begins_on``."""
    months = begins_on.month - 1 + (1 if span == Span.MONTH else 3)
    return date(begins_on.year + months // 12, months % 12 + 1, 1)


def report_progress(
    project: Project,
    *,
    span: Span,
    begins_on: date,
    next_steps: str,
    actor: Actor | None,
    problems: str = "",
    sessions: int | None = None,
    person_times: int | None = None,
    at: datetime | None = None,
) -> ProgressReport:
    """Hand in one month or quarter. Money, activities and indicators come from the records.

    ``sessions`` and ``person_times`` count only where no activity is recorded. Refuses a span that does not begin on
    its first day or has not begun; Conflict where it is handed in already.
    """
    require(tends, actor, project)
    when = at or timezone.now()
    _fits(span, begins_on, timezone.localdate(when))
    money, bands = spent_of([project]), indicator_bands([project]).get(project.pk, [])
    recorded = done_in(project, begins_on, end_of(span, begins_on))
    typed = recorded == (0, 0) and bool(sessions or person_times)
    done = (sessions or 0, person_times or 0) if typed else recorded
    row = ProgressReport(
        project=project, span=span, begins_on=begins_on, budget=project.amount, spent=money.get(project.pk, 0),
        sessions=done[0], person_times=done[1], is_typed=typed, indicators=len(bands),
        reached=sum(one.points == FULL for one in bands), problems=problems.strip()[:600],
        next_steps=said(next_steps, "next_steps", _("Say what comes next."))[:600], handed_in_at=when,
    )  # fmt: skip
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise Conflict(_("This month or quarter is reported already.")) from None
        facts = {"span": row.get_span_display(), "day": begins_on, "spent": row.spent}
        record("projects.project.report_progress", project, actor=actor, facts=facts, at=when)
    return row


def _fits(span: str, begins_on: date, today: date) -> None:
    if begins_on.day != 1 or (span == Span.QUARTER and begins_on.month % 3 != 1):
        raise Refusal(_("A month begins on its first day, a quarter with January, April, July or October."))
    if begins_on > today:
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="begins_on")

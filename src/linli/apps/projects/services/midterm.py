"""The mid-term evaluation: called for, reminded, handed in, failed when nothing comes, scored, put right."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.lifecycle import MIDTERMS, WARNINGS
from linli.apps.projects.models import MidTerm, MidTermMark, MidTermState, Project, Verdict
from linli.apps.projects.permissions import keeps_projects
from linli.apps.projects.queries.midterm import proposed_marks
from linli.apps.projects.queries.people import told_about
from linli.apps.projects.rubric import verdict_of
from linli.apps.projects.services.keeping import require, require_under_way, said
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

FIRST_WARNING, LAST_WARNING = 7, 1
"""Days before the last one on which the two warnings go out; whoever was called later is warned later."""
REMINDED = "projects.midterm.remind"


def call_midterm(project: Project, *, due: date, actor: Actor | None, at: datetime | None = None) -> MidTerm:
    """Ask for the self-report by ``due``. Refuses a day gone by; Conflict where it was asked for already."""
    require(keeps_projects, actor, project)
    require_under_way(project)
    when = at or timezone.now()
    if due <= timezone.localdate(when):
        raise Refusal(_("The last day lies ahead. Give the bearer time to write."), field="due")
    row = MidTerm(project=project, due=due, called_at=when)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise Conflict(_("The mid-term evaluation of this project was called for already.")) from None
        record("projects.midterm.call", row, actor=actor, facts={"day": due}, at=when)
    return row


def hand_in_midterm(
    midterm: MidTerm,
    *,
    progress: str,
    actor: Actor | None,
    problems: str = "",
    adjustments: str = "",
    at: datetime | None = None,
) -> None:
    """The self-report. Refuses it after the last day once two warnings were sent."""
    when = at or timezone.now()
    MIDTERMS.apply(
        "hand_in", midterm, actor=actor, facts={"day": timezone.localdate(when)}, at=when, handed_in_at=when,
        progress=said(progress, "progress", _("Say what was done against the plan."))[:2000],
        problems=problems.strip()[:2000], adjustments=adjustments.strip()[:2000],
    )  # fmt: skip


def run_midterms(*, at: datetime | None = None) -> tuple[int, int]:
    """What the clock does each day: warn twice, then fail what did not come. How many were warned, how many failed."""
    when = at or timezone.now()
    today, warned, failed = timezone.localdate(when), 0, 0
    rows = MidTerm.objects.filter(state=MidTermState.CALLED, due__lte=today + timedelta(days=FIRST_WARNING))
    for row in rows.select_related("project__place"):
        if row.warned_on == today:
            continue
        if row.warnings >= WARNINGS:
            failed += row.due < today and _fail(row, today, when)
        elif row.warnings == 0 or row.due <= today + timedelta(days=LAST_WARNING):
            warned += _warn(row, today, when)
    return warned, failed


def _warn(row: MidTerm, today: date, when: datetime) -> int:
    """One warning a day, told to whoever carries the project out."""
    with transaction.atomic():
        rows = MidTerm.objects.filter(pk=row.pk, warnings=row.warnings, state=MidTermState.CALLED)
        if not rows.update(warnings=row.warnings + 1, warned_on=today):
            return 0
        told = {"title": row.project.title, "day": row.due.isoformat(), "n": row.warnings + 1}
        sentence = _("“%(title)s”: the mid-term self-report is due on %(day)s. This is warning %(n)d of 2.")
        text = in_chinese(sentence) % told
        notify(told_about(row.project), kind=REMINDED, text=text, actor=None, ref=ref_of(row.project), at=when)
        record("projects.midterm.warn", row, actor=None, facts={"warnings": row.warnings + 1}, at=when)
    return 1


def _fail(row: MidTerm, today: date, when: datetime) -> int:
    with transaction.atomic():
        MIDTERMS.apply(
            "fail", row, actor=None, facts={"day": today, "warnings": row.warnings}, at=when, total=Decimal(0),
            verdict=Verdict.STOP, scored_at=when,
        )  # fmt: skip
    return 1


def score_midterm(
    midterm: MidTerm,
    *,
    marks: Mapping[str, tuple[Decimal, str]],
    actor: Actor | None,
    misuse: str = "",
    at: datetime | None = None,
) -> None:
    """Score the sheet: ``marks`` by criterion with a reason replace what the records propose.

    ≥80 goes on, 60 to 79 is put right within the days of the setting, below 60 stops; misuse is zero. Refuses a
    criterion neither the records nor a person marked, and marks beyond the top.
    """
    when = at or timezone.now()
    today = timezone.localdate(when)
    project = midterm.project
    require(keeps_projects, actor, project)
    rows = _marks(midterm, marks, today)
    why = misuse.strip()[:300]
    total, verdict = verdict_of([row.mark for row in rows], misuse=bool(why))
    fix_by = None
    if verdict == Verdict.FIX:
        fix_by = today + timedelta(days=int(value_of("projects.fix_days", street=project.street_id)))
    with transaction.atomic():
        facts = {"total": total, "verdict": Verdict(verdict).label, "misuse": why}
        MIDTERMS.apply(
            "score", midterm, actor=actor, facts=facts, at=when, total=total, verdict=verdict, misuse=why,
            fix_by=fix_by, scored_at=when,
        )  # fmt: skip
        MidTermMark.objects.bulk_create(rows)


def _marks(midterm: MidTerm, marks: Mapping[str, tuple[Decimal, str]], day: date) -> list[MidTermMark]:
    rows = []
    for number, one in enumerate(proposed_marks(midterm.project, day), start=1):
        criterion = one.criterion
        mark, reason = marks.get(criterion.code, (one.mark, str(one.why)))
        if mark is None:
            raise Refusal(_("Mark “%(title)s”: no record tells it.") % {"title": criterion.title}, field=criterion.code)
        if not 0 <= mark <= criterion.top:
            told = {"title": criterion.title, "top": f"{criterion.top.normalize():f}"}
            raise Refusal(_("“%(title)s” is marked from 0 to %(top)s.") % told, field=criterion.code)
        changed = mark != one.mark
        rows.append(
            MidTermMark(
                midterm=midterm, number=number, code=criterion.code, title=criterion.title, top=criterion.top,
                proposed=one.mark, mark=mark,
                reason=said(reason if changed else reason or str(one.why), criterion.code, _("Say why."))[:300],
            )
        )  # fmt: skip
    return rows


def confirm_fixed(midterm: MidTerm, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """What had to be put right after the mid-term is right: the next part may be paid."""
    require(keeps_projects, actor, midterm.project)
    with transaction.atomic():
        rows = MidTerm.objects.filter(pk=midterm.pk, verdict=Verdict.FIX, fixed_on__isnull=True)
        if not rows.update(fixed_on=on):
            raise Conflict(_("Nothing waits to be put right here."))
        midterm.refresh_from_db()
        record("projects.midterm.fix", midterm, actor=actor, facts={"day": on}, at=at)

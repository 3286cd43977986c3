"""Supervision visits of the street and the supporting agency, their findings, and putting them right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models import Project, SupervisionVisit, VisitFinding, VisitSide
from linli.apps.projects.permissions import supports_it, tends, visits
from linli.apps.projects.services.keeping import has_come, require, require_under_way, said
from linli.kernel import deadlines
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

CLOCK = "settle"
"""The deadline of a finding."""


@dataclass(frozen=True)
class FindingText:
    """What was found wanting, and by when it is put right."""

    text: str
    due: date


@dataclass(frozen=True)
class VisitText:
    """What a visit saw."""

    visited_on: date
    visitors: str
    progress: str
    money: str = ""
    records: str = ""
    advice: str = ""


def visit(
    project: Project,
    *,
    text: VisitText,
    actor: Actor | None,
    findings: Sequence[FindingText] = (),
    side: VisitSide | None = None,
    at: datetime | None = None,
) -> SupervisionVisit:
    """Enter a visit with its findings; each runs a deadline until it is put right.

    ``side`` is the actor's unless the clock says it. Refuses a day ahead, and a finding due before the visit.
    """
    require(visits, actor, project)
    require_under_way(project)
    when = at or timezone.now()
    has_come(text.visited_on, at, "visited_on")
    if any(one.due < text.visited_on for one in findings):
        raise Refusal(_("A finding is put right after the visit."), field="findings")
    whose = side or (VisitSide.AGENCY if supports_it(actor, project) else VisitSide.STREET)
    with transaction.atomic():
        last = SupervisionVisit.objects.filter(project=project).aggregate(last=Max("number"))["last"] or 0
        row = SupervisionVisit(
            project=project, number=last + 1, side=whose, visited_on=text.visited_on,
            visitors=said(text.visitors, "visitors", _("Say who visited."))[:160],
            progress=said(text.progress, "progress", _("Say how the work stands."))[:600],
            money=text.money.strip()[:600], records=text.records.strip()[:600], advice=text.advice.strip()[:600],
            entered_at=when, entered_by=actor.actor_id if actor else None,
        )  # fmt: skip
        row.save(force_insert=True)
        for number, one in enumerate(findings, start=1):
            _find(row, number, one, when)
        facts = {"day": row.visited_on, "side": row.get_side_display(), "count": len(findings)}
        record("projects.project.visit", project, actor=actor, facts=facts, at=when)
    return row


def _find(row: SupervisionVisit, number: int, one: FindingText, when: datetime) -> None:
    finding = VisitFinding(
        visit=row, project=row.project, number=number, due=one.due,
        text=said(one.text, "findings", _("Say what was found."))[:300],
    )  # fmt: skip
    finding.save(force_insert=True)
    until = timezone.make_aware(datetime.combine(one.due, time(23, 59)))
    if until > when:
        deadlines.start(ref_of(finding), CLOCK, due=until, at=when, street=row.project.street_id)


def settle_finding(
    finding: VisitFinding, *, answer: str, on: date, actor: Actor | None, at: datetime | None = None
) -> None:
    """Say what was done about a finding. Conflict where it is put right already."""
    project = finding.project
    require(tends, actor, project)
    has_come(on, at, "on")
    done = said(answer, "answer", _("Say what was done."))[:300]
    with transaction.atomic():
        rows = VisitFinding.objects.filter(pk=finding.pk, settled_on__isnull=True)
        if not rows.update(settled_on=on, answer=done):
            raise Conflict(_("This finding is put right already."))
        finding.refresh_from_db()
        if any(row.kind == CLOCK and row.met is None for row in deadlines.of([ref_of(finding)])[ref_of(finding)]):
            deadlines.meet(ref_of(finding), CLOCK, at=at or timezone.now())
        facts = {"finding": finding.text, "answer": done, "day": on}
        record("projects.project.settle_finding", project, actor=actor, facts=facts, at=at)

"""What is shown and reached: evidence, milestones, figures of indicators."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models import Evidence, IndicatorReading, Milestone, Project, ProjectIndicator
from linli.apps.projects.permissions import keeps_projects, tends
from linli.apps.projects.queries.activity import counted_figures
from linli.apps.projects.services.content import write_indicators
from linli.apps.projects.services.keeping import has_come, require, require_under_way, said
from linli.apps.projects.services.shape import IndicatorText
from linli.kernel import files
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def give_evidence(
    evidence: Evidence, *, actor: Actor | None, uploads: Sequence[Any] = (), on_paper: str = "",
    at: datetime | None = None,
) -> None:  # fmt: skip
    """Hang files on a required piece of evidence, or say where the paper lies. Refuses nothing at all."""
    project = evidence.milestone.project
    require(tends, actor, project)
    require_under_way(project)
    where = on_paper.strip()
    if not uploads and not where:
        raise Refusal(_("Choose a file, or say where the paper lies."), field="uploads")
    with transaction.atomic():
        for upload in uploads:
            files.keep(upload, accept=files.PAPERS, owner=ref_of(evidence), actor=actor, at=at)
        evidence.given_on = timezone.localdate(at)
        evidence.on_paper = where[:120] or evidence.on_paper
        evidence.save(update_fields=["given_on", "on_paper"])
        facts = {"evidence": evidence.title, "milestone": evidence.milestone.title, "count": len(uploads)}
        record("projects.project.give_evidence", project, actor=actor, facts=facts, at=at)


def ask_evidence(
    milestone: Milestone, *, title: str, actor: Actor | None, is_required: bool = True, at: datetime | None = None
) -> Evidence:
    """One more thing this milestone must show, beside those of its class."""
    project = milestone.project
    require(keeps_projects, actor, project)
    require_under_way(project)
    with transaction.atomic():
        last = milestone.evidence.aggregate(last=Max("number"))["last"] or 0
        row = Evidence(
            milestone=milestone, number=last + 1, is_required=is_required,
            title=said(title, "title", _("Say what is to be shown."))[:80],
        )  # fmt: skip
        row.save(force_insert=True)
        facts = {"evidence": row.title, "milestone": milestone.title}
        record("projects.project.ask_evidence", project, actor=actor, facts=facts, at=at)
    return row


def reach_milestone(
    milestone: Milestone, *, on: date, actor: Actor | None, note: str = "", at: datetime | None = None
) -> None:
    """Say that a milestone is reached. Refuses while required evidence is missing, and names it."""
    project = milestone.project
    require(tends, actor, project)
    require_under_way(project)
    has_come(on, at, "on")
    missing = milestone.evidence.filter(is_required=True, given_on__isnull=True).values_list("title", flat=True)
    if missing:
        sentence = _("Still missing for “%(milestone)s”: %(evidence)s.")
        told = {"milestone": milestone.title, "evidence": "、".join(missing)}
        raise Refusal(sentence % told, code="evidence-missing")
    with transaction.atomic():
        rows = Milestone.objects.filter(pk=milestone.pk, reached_on__isnull=True)
        if not rows.update(reached_on=on, note=note.strip()[:200]):
            raise Conflict(_("This milestone is reached already."))
        milestone.refresh_from_db()
        facts = {"milestone": milestone.title, "day": on}
        record("projects.project.reach_milestone", project, actor=actor, facts=facts, at=at)


def record_actual(
    indicator: ProjectIndicator,
    *,
    value: Decimal,
    on: date,
    actor: Actor | None,
    grounds: str = "",
    at: datetime | None = None,
) -> IndicatorReading:
    """What an indicator stood at on a day; the latest day is its actual figure. Refuses figures below zero."""
    project = indicator.project
    require(tends, actor, project)
    require_under_way(project)
    has_come(on, at, "on")
    if value < 0:
        raise Refusal(_("The figure must not be below zero."), field="value")
    with transaction.atomic():
        row = IndicatorReading(
            indicator=indicator, value=value, on=on, grounds=grounds.strip()[:200], entered_at=at or timezone.now()
        )
        row.save(force_insert=True)
        if indicator.actual_on is None or on >= indicator.actual_on:
            indicator.actual, indicator.actual_on = value, on
            indicator.save(update_fields=["actual", "actual_on"])
        facts = {"indicator": indicator.name, "value": f"{value.normalize():f}{indicator.unit}", "day": on}
        record("projects.project.record_actual", project, actor=actor, facts=facts, at=at)
    return row


def count_from_records(project: Project, *, actor: Actor | None, at: datetime | None = None) -> list[IndicatorReading]:
    """Take over what activities and surveys count for the indicators that name them; only what is another figure."""
    require(tends, actor, project)
    require_under_way(project)
    rows = list(project.indicators.all())
    figures = counted_figures(project, rows)
    today = timezone.localdate(at)
    with transaction.atomic():
        return [
            record_actual(row, value=figures[row.pk][0], on=today, grounds=figures[row.pk][1], actor=actor, at=at)
            for row in rows
            if row.pk in figures and figures[row.pk][0] != row.actual
        ]


def set_indicators(
    project: Project, indicators: Sequence[IndicatorText], *, actor: Actor | None, at: datetime | None = None
) -> None:
    """The indicators of a project, as long as nothing is recorded of them; later they change by a change request."""
    require(keeps_projects, actor, project)
    require_under_way(project)
    if IndicatorReading.objects.filter(indicator__project=project).exists():
        raise Conflict(_("Figures are recorded already. Indicators change by a change request."))
    with transaction.atomic():
        write_indicators(project, indicators)
        record("projects.project.set_indicators", project, actor=actor, facts={"count": len(indicators)}, at=at)

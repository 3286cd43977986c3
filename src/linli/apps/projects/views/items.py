"""Doors of what belongs to a project: evidence, milestones, figures, findings, mid-term, changes, recovery."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.projects import forms, queries, services
from linli.apps.projects.models import (
    ChangeRequest,
    Evidence,
    MidTerm,
    Milestone,
    Project,
    ProjectIndicator,
    Recovery,
    TaskTeam,
    VisitFinding,
)
from linli.apps.projects.permissions import answers_pages, keeps_pages, tends_pages
from linli.apps.projects.views.acting import act, found, page_of
from linli.apps.projects.views.rows import ROWS, Row
from linli.kernel.scope import permission, signed_in
from linli.kernel.ui.acting import me, press

MODELS: dict[str, type[Model]] = {
    "milestone": Milestone, "evidence": Evidence, "indicator": ProjectIndicator, "finding": VisitFinding,
    "team": TaskTeam, "midterm": MidTerm, "change": ChangeRequest, "recovery": Recovery,
}  # fmt: skip


def _item(project: Project, what: str, pk: UUID) -> Any:
    column = "milestone__project" if what == "evidence" else "project"
    return get_object_or_404(MODELS[what]._default_manager.filter(**{column: project.pk}), pk=pk)


@permission(signed_in)
def do(request: HttpRequest, pk: UUID, verb: str, item: UUID) -> HttpResponse:
    """Show the form of a verb on something of the project, and do it."""
    row: Row | None = ROWS.get(verb)
    if row is None:
        raise Http404
    project = found(request, pk, row.may)
    about = _item(project, row.what, item)
    form = row.form(request.POST or None, request.FILES or None)
    return act(
        request, form, lambda data: row.do(about, data, me(request)) and None, back=page_of(project, row.tab),
        done=row.done, title=row.title, lead=str(about), press=row.title, crumb=project.title,
    )  # fmt: skip


@permission(signed_in)
def score(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Score a mid-term evaluation: the sheet as the records fill it."""
    project = found(request, pk, keeps_pages)
    midterm = _item(project, "midterm", item)
    form = forms.ScoreForm(request.POST or None, proposed=queries.proposed_marks(project, timezone.localdate()))

    def do_it(data: dict[str, Any]) -> None:
        services.score_midterm(midterm, marks=form.marks(), misuse=data["misuse"], actor=me(request))

    return act(
        request, form, do_it, back=page_of(project, "reports"), done=_("The evaluation is scored."),
        title=_("Score the mid-term evaluation"),
        lead=_("What the records tell stands already; another mark needs its reason."), press=_("Score"),
        crumb=project.title,
    )  # fmt: skip


@permission(signed_in)
@require_POST
def count(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take over what activities and surveys count."""
    project = found(request, pk, tends_pages)
    return press(
        request, lambda: services.count_from_records(project, actor=me(request)), back=page_of(project, "plan"),
        done=_("The figures of the records are taken over."),
    )  # fmt: skip


@permission(answers_pages)
@require_POST
def approve(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Approve a change and carry it out."""
    project = found(request, pk, answers_pages)
    change = _item(project, "change", item)
    return press(
        request, lambda: services.approve_change(change, actor=me(request)), back=page_of(project, "changes"),
        done=_("The change is approved and carried out. File it next."),
    )  # fmt: skip


@permission(signed_in)
@require_POST
def withdraw(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """Take a change request back."""
    project = found(request, pk, tends_pages)
    change = _item(project, "change", item)
    return press(
        request, lambda: services.withdraw_change(change, actor=me(request)), back=page_of(project, "changes"),
        done=_("The request is withdrawn."),
    )  # fmt: skip

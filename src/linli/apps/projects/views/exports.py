"""Doors of the papers 20–23 and of the progress table as a workbook."""

import io
from datetime import date
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.projects import queries
from linli.apps.projects.models import ChangeRequest, MidTerm, ProgressReport, Project, Span, SupervisionVisit
from linli.apps.projects.permissions import reads_projects
from linli.apps.projects.tables import HEADINGS, change_form, midterm_form, progress_rows, progress_table, visit_form
from linli.apps.projects.views.acting import found, page_of
from linli.kernel.documents import Paper, print_paper
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, me, workbook


@permission(reads_projects)
@require_safe
def paper_of(request: HttpRequest, pk: UUID, what: str, item: UUID) -> HttpResponseBase:
    """A paper of one project as PDF: a visit, a change request, the mid-term evaluation."""
    project = found(request, pk)
    with override("zh-hans"):
        paper = _paper(project, what, item, request.build_absolute_uri(page_of(project)))
    body = io.BytesIO(print_paper(paper))
    return FileResponse(body, as_attachment=False, filename=f"{paper.title}-{project.title}.pdf", content_type=PDF)


def _paper(project: Project, what: str, item: UUID, address: str) -> Paper:
    today = timezone.localdate()
    if what == "visit":
        visit = get_object_or_404(SupervisionVisit.objects.prefetch_related("findings"), pk=item, project=project)
        visit.project = project
        return visit_form(visit, address=address)
    if what == "change":
        change = get_object_or_404(ChangeRequest, pk=item, project=project)
        change.project = project
        return change_form(change, address=address, day=timezone.localdate(change.asked_at))
    if what == "midterm":
        midterm = get_object_or_404(MidTerm, pk=item, project=project)
        midterm.project = project
        day = timezone.localdate(midterm.scored_at or midterm.handed_in_at or midterm.called_at)
        return midterm_form(midterm, queries.proposed_marks(project, today), address=address, day=day)
    raise Http404


@permission(reads_projects)
@require_safe
def progress(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """项目进度月（季）报表 of everything the reader sees, as a workbook or PDF: ``?span=month&begins=2026-07-01``."""
    span = request.GET.get("span", Span.MONTH)
    try:
        begins = date.fromisoformat(request.GET.get("begins", ""))
    except ValueError as error:
        raise Http404 from error
    if suffix not in ("xlsx", "pdf") or span not in Span.values:
        raise Http404
    visible = queries.visible_to(me(request)).order_by().values("pk")
    reports = ProgressReport.objects.filter(project__in=visible, span=span, begins_on=begins)
    reports = reports.select_related("project__bearer", "project__bearer_place", "project__street")
    found_rows = list(reports.order_by("project__number"))
    rows = progress_rows(found_rows)
    if suffix == "xlsx":
        return workbook(f"项目进度{'月' if span == Span.MONTH else '季'}报表", HEADINGS, rows)
    if not rows:
        raise Http404
    office = f"{found_rows[0].project.street.name}办事处"
    address = request.build_absolute_uri()
    day = timezone.localdate(max(row.handed_in_at for row in found_rows))
    paper = progress_table(rows, span=span, begins_on=begins, office=office, day=day, address=address)
    body = io.BytesIO(print_paper(paper))
    return FileResponse(body, as_attachment=False, filename=f"{paper.title}.pdf", content_type=PDF)

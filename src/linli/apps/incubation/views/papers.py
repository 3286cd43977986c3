"""Doors of the papers: the table of a month, one sheet, the letters, the summary of stars; PDF, Word, Excel."""

import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.incubation import queries
from linli.apps.incubation.models import MonthWarning
from linli.apps.incubation.permissions import reads_months
from linli.apps.incubation.tables import papers
from linli.apps.incubation.views.acting import found, members_for, month_asked
from linli.apps.incubation.views.months import last_month, strip_to
from linli.kernel import documents
from linli.kernel.documents import Paper
from linli.kernel.scope import permission
from linli.kernel.tables import write_xlsx
from linli.kernel.ui.acting import DOCX, PDF, me
from linli.kernel.ui.acting import paper as file_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def given(described: Paper, suffix: str) -> HttpResponseBase:
    """The paper as a file; 404 for another suffix."""
    if suffix == "docx":
        return file_response(documents.write_paper(described), f"{described.name}.docx", DOCX)
    if suffix != "pdf":
        raise Http404
    return file_response(documents.print_paper(described), f"{described.name}.pdf", PDF)


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The rows as an Excel file to keep."""
    with tempfile.TemporaryDirectory(prefix="linli-incubation-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, headings, rows, title=title[:31])
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=f"{title}.xlsx", content_type=XLSX)


@permission(reads_months)
@require_safe
def month_paper(request: HttpRequest, suffix: str) -> HttpResponseBase:
    """36 the table of a month."""
    actor, month = me(request), month_asked(request, last_month())
    members = list(queries.members_on(members_for(actor), month).select_related("place__street"))
    rows = queries.board(members, strip_to(month), actor)
    street = members[0].place.street if members else None
    if street is None:
        raise Http404
    with override("zh-hans"):
        if suffix == "xlsx":
            title = f"月度十分制评分表{month:%Y-%m}"
            return workbook(title, papers.BOARD_HEADINGS, papers.board_rows(rows))
        return given(papers.board_paper(street, month, rows), suffix)


@permission(reads_months)
@require_safe
def sheet_paper(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """36 one organization's month."""
    row = found(request, queries.visible_to(me(request)).select_related("organization", "street"), pk)
    with override("zh-hans"):
        return given(papers.sheet_paper(row, queries.marks_of(row)), suffix)


@permission(reads_months)
@require_safe
def warning_paper(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """36 the letter of a warning."""
    rows = MonthWarning.objects.filter(sheet__in=queries.visible_to(me(request)).order_by().values("pk"))
    row = found(request, rows.select_related("sheet__organization", "sheet__street"), pk)
    with override("zh-hans"):
        return given(papers.warning_letter(row), suffix)


@permission(reads_months)
@require_safe
def exit_paper(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """36 the letter of an exit."""
    actor = me(request)
    row = found(request, queries.cases_visible_to(actor).select_related("organization", "street"), pk)
    months = queries.visible_to(actor).filter(
        organization=row.organization_id, month__gte=row.first_month, month__lte=row.last_month, total__isnull=False
    )
    with override("zh-hans"):
        return given(papers.exit_letter(row, [one for one in months.order_by("month") if one.is_below]), suffix)


@permission(reads_months)
@require_safe
def star_paper(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """37 the summary of the stars of a year, of the ratings the reader sees."""
    actor = me(request)
    row = found(request, queries.rounds_visible_to(actor).select_related("street"), pk)
    seen = queries.ratings_visible_to(actor).filter(round=row).select_related("organization", "round")
    ratings = list(seen)
    grades = queries.grades_of([one.organization_id for one in ratings], timezone.localdate())
    with override("zh-hans"):
        if suffix == "xlsx":
            return workbook(f"{row.year}年度星级评定汇总", papers.STAR_HEADINGS, papers.star_rows(ratings, grades))
        return given(papers.star_paper(row, ratings, grades), suffix)

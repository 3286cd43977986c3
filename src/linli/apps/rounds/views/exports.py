"""What leaves rounds: the summary as a workbook, and the papers 1–7 of documents.md as PDF and as drafts in Word."""

import io
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.reviews.queries.timetable_papers import ICS, calendar_of
from linli.apps.rounds.models import Round
from linli.apps.rounds.permissions import speaks_for_it
from linli.apps.rounds.queries.papers import blank_data, check_data, proposal_data, round_data, summary_data
from linli.apps.rounds.tables.papers import PAPERS
from linli.apps.rounds.tables.summary import HEADINGS, summary_rows, totals
from linli.apps.rounds.views.proposals import found as found_proposal
from linli.apps.rounds.views.proposals import times_of
from linli.apps.rounds.views.rounds import found, sees_rounds
from linli.kernel import documents
from linli.kernel.documents import Paper
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables import write_xlsx
from linli.kernel.ui.acting import DOCX, PDF, XLSX
from linli.kernel.ui.acting import paper as file_of

NAMES = {
    "call": "申报工作通知（代拟稿）", "plan": "实施方案", "survey": "需求调研表", "discussions": "四议一承诺记录",
    "form": "项目申报书", "summary": "申报汇总表", "check": "审核意见表",
}  # fmt: skip
OF_ROUND = ("call", "plan", "survey", "discussions", "summary", "check")
DRAFTS = ("call", "plan")
"""Papers the office edits further before they get number and seal."""
OF_PROPOSAL = ("form", "survey", "discussions", "check")


@permission(sees_rounds)
@require_safe
def summary(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The summary of what I may see, as a workbook."""
    row = found(request, pk)
    with override("zh-hans"):
        rows = list(summary_rows(row, actor=actor_of(request)))
    with tempfile.TemporaryDirectory(prefix="linli-rounds-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, HEADINGS, [*rows, totals(rows)], title=NAMES["summary"])
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=f"{row.title}{NAMES['summary']}.xlsx", content_type=XLSX)


@permission(sees_rounds)
@require_safe
def paper(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """A paper of the round as PDF."""
    return _printed(_paper_of_round(request, pk, what))


@permission(sees_rounds)
@require_safe
def draft(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """The same as a Word file, for whoever edits it further; of the papers that leave the office as drafts."""
    if what not in DRAFTS:
        raise Http404
    described, name = _paper_of_round(request, pk, what)
    return file_of(documents.write_paper(described), f"{name}.docx", DOCX)


def _paper_of_round(request: HttpRequest, pk: UUID, what: str) -> tuple[Paper, str]:
    row = found(request, pk)
    if what not in OF_ROUND:
        raise Http404
    with override("zh-hans"):
        data = _of_round(row, what, actor_of(request))
    address = request.build_absolute_uri(reverse("rounds:round", args=[row.pk]))
    return PAPERS[what]({**data, "address": address}), f"{row.title}{NAMES[what]}"


def _of_round(row: Round, what: str, actor: Actor | None) -> dict[str, Any]:
    if what == "call":
        return {**round_data(row), "blank": blank_data(row), "headings": HEADINGS}
    if what == "plan":
        return round_data(row)
    if what == "summary":
        rows = list(summary_rows(row, actor=actor))
        return {**summary_data(row, rows, totals(rows)), "headings": HEADINGS}
    return check_data(row, actor=actor) if what == "check" else blank_data(row)


@permission(signed_in)
@require_safe
def paper_of_proposal(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """A paper of one proposal as PDF; for whoever sees the proposal."""
    row = found_proposal(request, pk)
    if what not in OF_PROPOSAL:
        raise Http404
    with override("zh-hans"):
        if what == "check":
            data = check_data(row.round, actor=actor_of(request), only=row)
        else:
            data = proposal_data(row, own=bool(speaks_for_it(actor_of(request), row)))
    address = request.build_absolute_uri(reverse("rounds:proposal", args=[row.pk]))
    return _printed((PAPERS[what]({**data, "address": address}), f"{row.title}{NAMES[what]}"))


def _printed(described: tuple[Paper, str]) -> HttpResponseBase:
    """The PDF, shown in the browser."""
    body = io.BytesIO(documents.print_paper(described[0]))
    return FileResponse(body, as_attachment=False, filename=f"{described[1]}.pdf", content_type=PDF)


@permission(signed_in)
@require_safe
def calendar(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """When the proposal is presented, for a calendar; for whoever sees the proposal."""
    row = found_proposal(request, pk)
    times = times_of(row)
    if not times:
        raise Http404
    content = calendar_of(times, name=row.title, stamp=(times[0].changed_at, times[0].version))
    return file_of(content, f"{row.title}.ics", ICS)

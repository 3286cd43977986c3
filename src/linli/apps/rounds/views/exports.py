"""What leaves rounds: the summary as a workbook, and the papers 1–7 of documents.md as PDF."""

import io
import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.rounds.models import Proposal, Round
from linli.apps.rounds.permissions import speaks_for_it
from linli.apps.rounds.queries.papers import check_data, proposal_data, round_data
from linli.apps.rounds.tables.summary import HEADINGS, summary_rows, totals
from linli.apps.rounds.views.proposals import found as found_proposal
from linli.apps.rounds.views.rounds import found, sees_rounds
from linli.kernel.documents import render_pdf
from linli.kernel.money import format_yuan
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = {
    "call": "申报工作通知（代拟稿）", "plan": "实施方案", "survey": "需求调研表", "discussions": "四议一承诺记录",
    "form": "项目申报书", "summary": "申报汇总表", "check": "审核意见表",
}  # fmt: skip
OF_ROUND = ("call", "plan", "survey", "discussions", "summary", "check")
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
def paper(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """A paper of the round as PDF."""
    row = found(request, pk)
    if what not in OF_ROUND:
        raise Http404
    with override("zh-hans"):
        data = _of_round(row, what, actor_of(request))
    return _pdf(what, data, f"{row.title}{NAMES[what]}")


def _of_round(row: Round, what: str, actor: Actor | None) -> dict[str, Any]:
    if what in ("call", "plan"):
        return round_data(row)
    if what == "summary":
        rows = list(summary_rows(row, actor=actor))
        lines = [[_cell(value) for value in line] for line in [*rows, totals(rows)]]
        return {"round": row.title, "office": str(row.place), "headings": list(HEADINGS), "rows": lines}
    if what == "check":
        return check_data(row, actor=actor)
    return {**proposal_data(Proposal(round=row, place=row.place)), "place": "", "asked": "", "own": "", "total": ""}


def _cell(value: Any) -> str:
    from decimal import Decimal

    if isinstance(value, Decimal):
        return format_yuan(value)
    return "" if value is None else str(value)


@permission(signed_in)
@require_safe
def paper_of_proposal(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """A paper of one proposal as PDF; for whoever sees the proposal."""
    row = found_proposal(request, pk)
    if what not in OF_PROPOSAL:
        raise Http404
    with override("zh-hans"):
        if what == "check":
            data = check_data(row.round, actor=actor_of(request), only=row)
        else:
            data = proposal_data(row, own=bool(speaks_for_it(actor_of(request), row)))
    return _pdf(what, data, f"{row.title}{NAMES[what]}")


def _pdf(what: str, data: dict[str, Any], name: str) -> HttpResponse:
    body = io.BytesIO(render_pdf(f"rounds/{what}.typ", data))
    return FileResponse(body, as_attachment=False, filename=f"{name}.pdf", content_type="application/pdf")  # type: ignore[return-value]  # it is a response

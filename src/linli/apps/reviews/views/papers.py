"""Doors of the papers of a review: score sheets, score table, promise, handbook, minutes, and the bundle of papers."""

import io
import zipfile
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Duty, Panel, Seat, SessionState
from linli.apps.reviews.permissions import reads_reviews, tends_reviews
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.tables import papers as drawn
from linli.apps.reviews.views.panels import found_panel
from linli.apps.reviews.views.sessions import found
from linli.kernel import documents, files
from linli.kernel.documents import Paper
from linli.kernel.errors import Refusal
from linli.kernel.files.naming import clean_name
from linli.kernel.scope import permission
from linli.kernel.ui.acting import DOCX, PDF, me, paper

PAPERS = {
    "sheets": (drawn.score_sheets, queries.sheet_paper, "评分表"),
    "table": (drawn.score_table, queries.table_paper, "评分汇总表"),
    "handbook": (drawn.handbook, queries.handbook_paper, "评审手册"),
}


@permission(reads_reviews)
@require_safe
def of_panel(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """Pre-filled score sheets, the score table, or the handbook of one panel.

    The table shows what is revealed; counter and supervisor print it for their signatures before that.
    """
    described, name = _of_panel(request, pk, what)
    return paper(documents.print_paper(described), f"{name}.pdf", PDF)


@permission(reads_reviews)
@require_safe
def panel_draft(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """The handbook as a Word file."""
    if what != "handbook":
        raise Http404
    described, name = _of_panel(request, pk, what)
    return paper(documents.write_paper(described), f"{name}.docx", DOCX)


def _of_panel(request: HttpRequest, pk: UUID, what: str) -> tuple[Paper, str]:
    if what not in PAPERS:
        raise Http404
    draw, data_of, name = PAPERS[what]
    row = found_panel(request, pk, tends_reviews if what == "sheets" else None)
    counts = queries.seat_actor(me(request), row.session, Duty.COUNTER, Duty.SUPERVISOR, panel=row) is not None
    data = queries.table_paper(row, before_reveal=counts) if what == "table" else data_of(row)
    address = request.build_absolute_uri(reverse("reviews:panel", args=[row.pk]))
    return draw({**data, "address": address}), f"{row.session.title}-{row.name}-{name}"


@permission(tends_reviews)
@require_safe
def promise(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The promise and form of recusals of one judge, to be signed."""
    rows = queries.parts_visible_to(me(request), Seat.objects.filter(duty=Duty.JUDGE).select_related("session__place"))
    seat: Seat = get_object_or_404(rows, pk=pk)
    require(tends_reviews, me(request), seat)
    data = queries.promise_paper(seat, services.promise_text())
    return paper(documents.print_paper(drawn.promise(data)), f"{seat.name}-评审专家承诺书.pdf", PDF)


@permission(reads_reviews)
@require_safe
def minutes(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The minutes of a review: who judged, how, who was recused, what came out."""
    described, name = _minutes(request, pk)
    return paper(documents.print_paper(described), f"{name}.pdf", PDF)


@permission(reads_reviews)
@require_safe
def minutes_draft(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The minutes as a Word file, for whoever words them further."""
    described, name = _minutes(request, pk)
    return paper(documents.write_paper(described), f"{name}.docx", DOCX)


def _minutes(request: HttpRequest, pk: UUID) -> tuple[Paper, str]:
    row = found(request, pk)
    address = request.build_absolute_uri(reverse("reviews:session", args=[row.pk]))
    return drawn.minutes({**queries.minutes_paper(row), "address": address}), f"{row.title}-评审会纪要"


@permission(tends_reviews)
@require_safe
def bundle(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """All papers of a panel's entries in one archive, for the room without a network; closed with the review."""
    row = found_panel(request, pk, tends_reviews)
    if row.session.state not in (SessionState.PREPARING, SessionState.RUNNING):
        raise Refusal(_("The papers closed with the review."), code="papers-closed")
    return paper(_zipped(row), f"{row.session.title}-{row.name}-评审材料.zip", "application/zip")


def _zipped(panel: Panel) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, papers in queries.papers_by_entry(panel):
            for number, stored in enumerate(papers, 1):
                with files.opened(stored) as opened:
                    name = clean_name(stored.name, stored.content_type)
                    folder = entry.title.replace("/", "／").replace("\\", "／")
                    archive.writestr(f"{entry.number:02d} {folder}/{number:02d} {name}", opened.read())
        archive.writestr("目录.txt", "\n".join(f"{row.number:02d} {row.title}" for row in panel.entries.all()))
    return body.getvalue()

"""Doors of the papers: the notice for the board, the same as a Word file, the report on it."""

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.publicity import queries
from linli.apps.publicity.models import NoticeStage, PublicNotice
from linli.apps.publicity.permissions import reads_notices
from linli.apps.publicity.views.desk import found
from linli.kernel import documents
from linli.kernel.scope import permission
from linli.kernel.ui.acting import DOCX, PDF, paper

SIZES = {"a4": ("a4", 1.0), "a3": ("a3", 1.4)}
FIELDS = frozenset(
    (
        *("title", "body", "unit", "office", "phones", "address", "email", "days", "opens", "last_day", "date"),
        *("has_lines", "has_total", "total"),
        *(f"lines.{name}" for name in ("number", "unit", "project", "bearer", "amount", "remark")),
    )
)
REPORT_FIELDS = FIELDS | {
    *("count", "upheld", "photo_count", "concluded"),
    *(f"objections.{name}" for name in ("number", "day", "way", "answer", "consequence")),
    *(f"photos.{name}" for name in ("moment", "place", "day")),
}


def qr_of(text: str) -> bytes:
    """The code of an address, as SVG."""
    import segno

    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    return drawn.getvalue()


def told(notice: PublicNotice) -> dict[str, Any]:
    """What the paper of a notice says; days that are not fixed yet are empty."""
    total = queries.line_total(notice)
    opens = timezone.localdate(notice.opens) if notice.opens else None
    return {
        **{name: getattr(notice, name) for name in ("title", "body", "unit", "office", "phones", "address", "email")},
        "days": notice.days,
        "opens": opens or "",
        "last_day": timezone.localdate(notice.closes) if notice.closes else "",
        "date": opens or timezone.localdate(),
        "total": "" if total is None else total,
        "has_total": total is not None,
        "lines": _lines(notice),
        "has_lines": notice.lines.exists(),
    }


def _lines(notice: PublicNotice) -> list[dict[str, Any]]:
    return [
        {
            "number": line.number,
            "unit": line.unit,
            "project": line.project,
            "bearer": line.bearer,
            "amount": "" if line.amount is None else f"{line.amount:,.2f}",
            "remark": line.remark,
        }
        for line in notice.lines.all()
    ]


def reported(notice: PublicNotice) -> dict[str, Any]:
    """What the report on a notice says: how long it hung, what was objected and what became of it, the pictures."""
    objections = [
        {
            "number": number,
            "day": timezone.localdate(row.received_at),
            "way": str(row.get_way_display()),
            "answer": row.answer,
            "consequence": str(row.get_consequence_display()) if row.consequence else "待答复",
        }
        for number, row in enumerate(notice.objections.all(), start=1)
    ]
    photos = [
        {"moment": str(photo.get_moment_display()), "place": photo.place.name, "day": photo.taken_on}
        for photo in notice.photos.select_related("place")
    ]
    return {
        **told(notice),
        "objections": objections,
        "count": len(objections),
        "upheld": sum(1 for row in notice.objections.all() if row.consequence == "upheld"),
        "photos": photos,
        "photo_count": len(photos),
        "concluded": timezone.localdate(notice.concluded_at) if notice.concluded_at else "",
        "date": timezone.localdate(notice.concluded_at) if notice.concluded_at else timezone.localdate(),
    }


def _too_early(request: HttpRequest, row: PublicNotice) -> HttpResponseBase:
    """The report draws a conclusion, so there is none before the notice has one."""
    messages.error(request, _("There is no report yet: the notice is not concluded."))
    return redirect("publicity:desk_notice", row.pk)


@permission(reads_notices)
@require_safe
def board(request: HttpRequest, pk: UUID, size: str) -> HttpResponseBase:
    """The notice for the board, A4 or A3, with the code that leads to its page on the portal."""
    row = found(request, pk)
    sheet, scale = SIZES[size]
    address = request.build_absolute_uri(reverse("publicity:notice", args=[row.pk]))
    told_row = told(row)
    total = f"{told_row['total']:,.2f}" if told_row["has_total"] else ""
    data = {**told_row, "total": total, "paper": sheet, "scale": str(scale), "draft": row.opens is None}
    content = documents.render_pdf("publicity/notice.typ", data, pictures={"qr.svg": qr_of(address)})
    return paper(content, f"{row.title}-{size.upper()}.pdf", PDF)


@permission(reads_notices)
@require_safe
def notice_docx(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The notice as a Word file."""
    row = found(request, pk)
    content = documents.render_docx("publicity/notice.docx", told(row), declared=FIELDS)
    return paper(content, f"{row.title}.docx", DOCX)


@permission(reads_notices)
@require_safe
def report(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """公示情况说明 as PDF, once the notice is concluded."""
    row = found(request, pk)
    if row.stage != NoticeStage.CLOSED:
        return _too_early(request, row)
    content = documents.render_pdf("publicity/report.typ", reported(row))
    return paper(content, f"公示情况说明-{row.title}.pdf", PDF)


@permission(reads_notices)
@require_safe
def report_docx(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """公示情况说明 as a Word file, once the notice is concluded."""
    row = found(request, pk)
    if row.stage != NoticeStage.CLOSED:
        return _too_early(request, row)
    content = documents.render_docx("publicity/report.docx", reported(row), declared=REPORT_FIELDS)
    return paper(content, f"公示情况说明-{row.title}.docx", DOCX)

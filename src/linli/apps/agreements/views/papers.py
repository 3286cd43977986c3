"""Doors of the papers: the agreement as Word file and PDF, the sheet of opinions, the archive file; templates."""

import hashlib
import io
import zipfile
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.agreements import queries, services
from linli.apps.agreements.forms import TemplateForm
from linli.apps.agreements.models import Agreement, OpinionOffice, Signature
from linli.apps.agreements.permissions import WRITERS, keeps_templates, reads_agreements
from linli.apps.agreements.views.agreements import found
from linli.apps.places.models import Level, Place
from linli.kernel import documents, files
from linli.kernel.files import StoredFile
from linli.kernel.money import in_capitals
from linli.kernel.scope import permission
from linli.kernel.ui.acting import DOCX, PDF, act, me, paper

ZIP = "application/zip"


def word_of(row: Agreement) -> bytes:
    """The agreement in the street's template as it was when the text was written, else in the one that ships."""
    template: str | bytes = "agreements/agreement.docx"
    if row.template is not None:
        with files.opened(StoredFile.objects.get(pk=row.template.file_id)) as stored:
            template = stored.read()
    return documents.render_docx(template, queries.told(row), declared=queries.FIELDS)


def pdf_of(row: Agreement) -> bytes:
    """The agreement as PDF, in the layout that ships."""
    said = queries.told(row)
    shown = [{**part, "amount": f"{part['amount']:,.2f}"} for part in said["parts"]]
    amount = {"amount": f"¥{row.amount:,.2f}", "capitals": in_capitals(row.amount)}
    return documents.render_pdf("agreements/agreement.typ", {**said, **amount, "parts": shown})


def sheet_of(row: Agreement) -> bytes:
    """合同审核会签单: what each office said in the last round, with room to sign by hand."""
    said = {one.office: one for one in queries.opinions_of(row)}
    offices = [
        {
            "name": str(OpinionOffice(code).label),
            "view": str(said[code].get_view_display()) if code in said else "",
            "text": said[code].text if code in said else "",
            "day": timezone.localdate(said[code].given_at) if code in said else "",
        }
        for code in queries.offices_of(row.street_id)
    ]
    told = queries.told(row)
    data = {name: told[name] for name in ("number", "title", "mode", "first_name", "second_name", "third_name")}
    amount = {"amount": f"¥{row.amount:,.2f}", "capitals": in_capitals(row.amount)}
    data |= {**amount, "street": row.street.name, "offices": offices, "review": row.review, "hash": row.text_hash[:16]}
    return documents.render_pdf("agreements/countersign.typ", {**data, "date": timezone.localdate()})


@permission(reads_agreements)
@require_safe
def docx(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The agreement as a Word file, to be printed and sealed."""
    row = found(request, pk)
    return paper(word_of(row), f"{row.number}-{row.title}.docx", DOCX)


@permission(reads_agreements)
@require_safe
def pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The agreement as PDF."""
    row = found(request, pk)
    return paper(pdf_of(row), f"{row.number}-{row.title}.pdf", PDF)


@permission(reads_agreements)
@require_safe
def countersign(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """合同审核会签单 as PDF."""
    row = found(request, pk)
    return paper(sheet_of(row), f"合同审核会签单-{row.number}.pdf", PDF)


@permission(reads_agreements)
@require_safe
def bundle(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file for the archive: text, sheet of opinions, sealed scan, and a list of them with their hashes."""
    row = found(request, pk)
    contents = {"01协议书.docx": word_of(row), "02协议书.pdf": pdf_of(row), "03合同审核会签单.pdf": sheet_of(row)}
    signature = Signature.objects.filter(agreement=row).first()
    if signature is not None:
        stored = StoredFile.objects.get(pk=signature.file_id)
        with files.opened(stored) as scan:
            contents[f"04盖章扫描件-{stored.name}"] = scan.read()
    lines = [f"{hashlib.sha256(body).hexdigest()}  {name}" for name, body in contents.items()]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in contents.items():
            box.writestr(name, body)
        box.writestr("00归档目录.txt", f"{row.number} {row.title}\nSHA-256\n" + "\n".join(lines) + "\n")
    return paper(packed.getvalue(), f"归档-{row.number}.zip", ZIP)


@permission(keeps_templates)
def templates(request: HttpRequest) -> HttpResponse:
    """Upload the street's own template; the shipped one is where to begin."""
    actor = me(request)
    streets = Place.objects.filter(pk__in=actor.reach(*WRITERS).places, level=Level.STREET)
    street = get_object_or_404(streets.order_by("code")[:1])
    row = queries.template_of(street.pk)
    now: Any = row if row is not None else _("the one that ships")
    return act(
        request,
        TemplateForm(request.POST or None, request.FILES or None),
        lambda data: services.add_template(street=street, actor=actor, **data) and None,
        back=reverse("agreements:agreements"),
        done=_("The template is taken: new agreements use it."),
        title=_("Template of agreements"),
        lead=_("%(street)s uses now: %(template)s. Begin with the Word file of an agreement that ships.")
        % {"street": street.name, "template": now},
        press=_("Upload"),
        crumb=_("Agreements"),
    )


@permission(keeps_templates)
@require_safe
def blank(request: HttpRequest) -> HttpResponseBase:
    """The template that ships, to be changed in Word."""
    return paper(documents.paper("agreements/agreement.docx").read_bytes(), "项目协议书模板.docx", DOCX)

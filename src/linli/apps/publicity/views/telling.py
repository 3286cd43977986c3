"""Doors of what tells of a notice: the text for the group, the poster with its code."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.publicity import queries
from linli.apps.publicity.permissions import reads_notices
from linli.apps.publicity.views.desk import found
from linli.apps.publicity.views.papers import qr_of
from linli.kernel import documents
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, paper


def _public_address(request: HttpRequest, row: Any) -> str:
    if row.opens is None:
        raise Refusal(_("The notice is not on display yet: nobody could open what the code leads to."), code="not-open")
    return request.build_absolute_uri(reverse("publicity:notice", args=[row.pk]))


@permission(reads_notices)
@require_safe
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The text for the group, ready to copy."""
    row = found(request, pk)
    text = queries.group_text(row, address=_public_address(request, row))
    return render(request, "publicity/group.html", {"notice": row, "text": text})


@permission(reads_notices)
@require_safe
def poster(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A poster that can be read from afar, with the code that leads to the notice and to objecting."""
    row = found(request, pk)
    address = _public_address(request, row)
    body = " ".join(row.body.split())
    data = {
        "title": row.title, "place": row.place.name, "period": queries.period(row), "office": row.office,
        "phones": row.phones, "about": body if len(body) <= 160 else f"{body[:159]}…",
    }  # fmt: skip
    content = documents.render_pdf("publicity/poster.typ", data, pictures={"qr.svg": qr_of(address)})
    return paper(content, f"{row.title}-海报.pdf", PDF)

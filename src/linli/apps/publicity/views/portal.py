"""What everybody reads of public notices, and how anybody objects."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.publicity import queries, services
from linli.apps.publicity.forms import ObjectForm
from linli.apps.publicity.models import NoticeStage, PublicNotice
from linli.kernel import publication
from linli.kernel.errors import Refusal
from linli.kernel.scope import everyone, permission
from linli.kernel.ui.acting import explain
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.rates import knock

COLUMNS = (Column("title", _("Title")), Column("place", _("Place")), Column("closes", _("On display until")))
STAGES = ((NoticeStage.RUNNING, NoticeStage.RUNNING.label), (NoticeStage.CLOSED, NoticeStage.CLOSED.label))


@permission(everyone)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices on display and those concluded, the latest first."""
    rows = queries.public_notices().select_related("place__street")
    page = ListPage(
        request, rows, columns=COLUMNS, filters=(Filter("stage", _("Stage"), STAGES),), first_sort="-drawn_up_at"
    )
    now = timezone.now()
    for row in page.rows:
        row.runs = row.takes_objections(now)
    return render(request, "publicity/notices.html", {"page": page})


def _shown(pk: UUID) -> PublicNotice:
    """A notice that is public and reads as it was signed. Raises 404 for anything else."""
    row: PublicNotice = get_object_or_404(queries.public_notices().select_related("place__street"), pk=pk)
    if not publication.is_public(row):
        raise Http404
    return row


@permission(everyone)
@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice: what it says, until when it is on display, how to object."""
    row = _shown(pk)
    return render(request, "publicity/notice.html", _context(row))


def _context(row: PublicNotice) -> dict[str, Any]:
    return {
        "notice": row,
        "lines": row.lines.all(),
        "total": queries.line_total(row),
        "running": row.takes_objections(timezone.now()),
    }


@permission(everyone)
def object_to(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form to object; nobody has to say who he is."""
    row = _shown(pk)
    form = ObjectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            knock(
                "objection",
                request.META.get("REMOTE_ADDR", ""),
                limit=10,
                minutes=10,
                sentence=_("Many messages came from your network just now. Please send it again in ten minutes."),
            )
            services.object_to(row, actor=None, **form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(
                request, _("Your objection has arrived. The office answers it before it concludes the notice.")
            )
            return redirect("publicity:notice", row.pk)
    context = {"notice": row, "form": form, "running": row.takes_objections(timezone.now())}
    return render(request, "publicity/object.html", context, status=422 if form.errors else 200)

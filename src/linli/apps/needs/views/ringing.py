"""The list of who is to be rung today, and the sheet on which a resident judges without a telephone."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.apps.needs import services
from linli.apps.needs.models import NeedState
from linli.apps.needs.permissions import rates, rings_pages
from linli.apps.needs.queries.ringing import to_ring
from linli.apps.needs.tables.asking import asking_sheet
from linli.apps.needs.views.acting import found
from linli.kernel import slips
from linli.kernel.errors import Conflict
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.ui.acting import PDF, me, paper

WEEKS = timedelta(days=60)


@permission(rings_pages)
@require_safe
def ringing(request: HttpRequest) -> HttpResponse:
    """Who is to be rung today."""
    return render(request, "needs/ringing.html", {"rings": to_ring(me(request), at=timezone.now())})


@permission(signed_in)
@never_cache
@require_POST
def asking(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A sheet with the two questions and a new code; given back on paper it is typed in under “Enter the call-back”."""
    row = found(request, pk, rates)
    if row.state != NeedState.ANSWERED:
        raise Conflict(_("There is no answer to rate yet."), code="no-answer")
    now = timezone.now()
    (code,) = slips.issue(services.FOLLOW, refs=[ref_of(row)], expires=now + WEEKS, at=now)
    answer = row.answers.filter(given_at__isnull=False, kind="final").order_by("-number").first()
    address = request.build_absolute_uri(reverse("needs:follow"))
    with override("zh-hans"):
        content = asking_sheet(row, answer.text if answer else "", code=slips.show(code), address=address)
    return paper(content, f"回访单 {row.number}.pdf", PDF)

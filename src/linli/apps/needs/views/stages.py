"""The stages of a complex need: plan them, finish one, give one another day, print them."""

import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.needs import services
from linli.apps.needs.forms import parts as forms
from linli.apps.needs.models import Stage, StagePlan
from linli.apps.needs.permissions import handles
from linli.apps.needs.tables.stages import stage_sheet
from linli.apps.needs.views.acting import found, page_of
from linli.kernel.documents import print_paper
from linli.kernel.scope import permission, signed_in
from linli.kernel.ui import words
from linli.kernel.ui.acting import PDF, act, me


@permission(signed_in)
def stages(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the need its five stages."""
    row = found(request, pk, handles)
    if request.method != "POST" and StagePlan.objects.filter(need=row).exists():
        messages.info(request, _("The stages are planned already. Each can be finished or moved below."))
        return redirect(page_of(row))
    return act(
        request, forms.StagesForm(request.POST or None),
        lambda data: services.plan_stages(row, dues=data, actor=me(request)) and None, back=page_of(row),
        done=_("Saved."), title=_("Plan the stages"), press=_("Save"), crumb=row.title,
        lead=_("A complex matter goes one stage after another; each has its day."),
    )  # fmt: skip


@permission(signed_in)
def stage(request: HttpRequest, pk: UUID, item: UUID, verb: str) -> HttpResponse:
    """Finish a stage, or give it another day."""
    row = found(request, pk, handles)
    one = get_object_or_404(Stage.objects.select_related("plan__need"), pk=item, plan__need=row)
    if verb not in ("finish", "move"):
        raise Http404
    ends = verb == "finish"
    form: Any = (forms.FinishForm if ends else forms.MoveForm)(request.POST or None)

    def do(data: dict[str, Any]) -> None:
        (services.finish_stage if ends else services.move_stage)(one, actor=me(request), **data)

    return act(
        request, form, do, back=page_of(row), done=_("Saved."), press=_("Save"),
        title=_("Finish the stage") if ends else _("Another day"), crumb=row.title,
        lead=f"{one} · {words.day(one.due)}",
    )  # fmt: skip


@permission(signed_in)
@require_safe
def stage_paper(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The stages as a paper."""
    row = found(request, pk)
    plan = get_object_or_404(StagePlan, need=row)
    with override("zh-hans"):
        paper = stage_sheet(plan, day=timezone.localdate(), address=request.build_absolute_uri(page_of(row)))
    return FileResponse(io.BytesIO(print_paper(paper)), filename=f"{paper.title}-{row.number}.pdf", content_type=PDF)

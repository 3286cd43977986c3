"""Papers that came back: typed by two people, differences shown and settled by the paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.apps.surveys import queries, services
from linli.apps.surveys.forms.answering import AnswerForm
from linli.apps.surveys.forms.drafting import NothingForm
from linli.apps.surveys.models import Survey
from linli.apps.surveys.permissions import sets_up_surveys
from linli.apps.surveys.views.answering import PRESENCE_PAPER
from linli.apps.surveys.views.finding import found, sent
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me, press


@permission(sets_up_surveys)
def papers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which papers wait for their second typing, which differ. Never what stands on them."""
    row = found(request, pk, keep=True)
    back = reverse("surveys:papers", args=[row.pk])
    if request.method == "POST" and NothingForm(request.POST).is_valid():
        key = request.POST.get("key", "")
        return press(
            request, lambda: services.type_again(row, key=key, actor=me(request)), back=back,
            done=_("The typings are thrown away."),
        )  # fmt: skip
    context = {"survey": row, "typed": queries.typed_in(row), "waiting": queries.waiting_of(row)}
    return render(request, "surveys/papers.html", context)


@permission(sets_up_surveys)
def type_one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Type one paper by its code; a second person types it again; where both differ, settle it by the paper."""
    row = found(request, pk, keep=True)
    form = AnswerForm(sent(request), survey=row, code=request.GET.get("code", "")[:20], presence=PRESENCE_PAPER)
    told: list[str] = []
    if form.is_valid():
        code = form.cleaned_data["code"]
        different = queries.difference(row, code)
        settles = different is not None and request.POST.get("settle") == "1"
        try:
            if settles or different is None:
                return _typed(request, row, form, settles=settles)
            form.explain(None, _("Two people typed this paper differently. Read it again, then settle it."))
            told = form.told(different.names)
        except Refusal as refusal:
            form.explain(refusal.field, str(refusal))
    context = {"survey": row, "form": form, "groups": list(form.groups()), "differences": told}
    return render(request, "surveys/type_paper.html", context, status=422 if form.errors else 200)


def _typed(request: HttpRequest, row: Survey, form: AnswerForm, *, settles: bool) -> HttpResponse:
    """Keep what was typed; a difference is told at once."""
    given: dict[str, Any] = {
        "code": form.cleaned_data["code"], "answers": form.answers(),
        "in_presence": bool(form.cleaned_data.get("in_presence")),
        "actor": me(request),
    }  # fmt: skip
    here = reverse("surveys:type_paper", args=[row.pk])
    if settles:
        services.settle_paper(row, **given)
        messages.success(request, _("The paper is settled and counted."))
        return redirect(here)
    if services.type_paper(row, **given):
        messages.success(request, _("Both typings are alike; the paper is counted."))
        return redirect(here)
    different = queries.difference(row, given["code"])
    if different is None:
        messages.success(request, _("Typed once. Somebody else types this paper again."))
        return redirect(here)
    form.explain(None, _("Two people typed this paper differently. Read it again, then settle it."))
    context = {"survey": row, "form": form, "groups": list(form.groups()), "differences": form.told(different.names)}
    return render(request, "surveys/type_paper.html", context, status=422)

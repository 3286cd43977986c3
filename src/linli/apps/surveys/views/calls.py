"""The call list: a worker reads the questions out and types the answers; who said what is kept nowhere."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.apps.surveys import queries, services
from linli.apps.surveys.forms.answering import AnswerForm
from linli.apps.surveys.models import Call, SampledHousehold
from linli.apps.surveys.permissions import keeps_surveys, sets_up_surveys
from linli.apps.surveys.services.keeping import NOT_YOURS
from linli.apps.surveys.views.finding import found, sent
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me, press


@permission(sets_up_surveys)
@require_safe
def calls(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Households to be called, and how each call ended."""
    row = found(request, pk, keep=True)
    rows = [(one, queries.door(one)) for one in queries.calls_of(row)[:2000]]
    return render(request, "surveys/calls.html", {"survey": row, "rows": rows, "counts": queries.counts_of_calls(row)})


@permission(sets_up_surveys)
def call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One call: the telephone, the questions, how it ended."""
    actor = me(request)
    rows = SampledHousehold.objects.filter(survey__in=queries.visible_to(actor).order_by().values("pk"), by="call")
    joins = ("survey__place", "survey__box", "stratum", "household__building__estate", "household__stairwell")
    row: SampledHousehold = get_object_or_404(rows.select_related(*joins), pk=pk)
    if not keeps_surveys(actor, row):
        raise NotAllowed(NOT_YOURS)
    back = reverse("surveys:calls", args=[row.survey_id])
    outcome = request.POST.get("outcome", "")
    if outcome:
        note = partial(services.note_call, row, outcome=outcome, actor=actor)
        return press(request, note, back=back, done=_("Saved."))
    form = AnswerForm(sent(request), survey=row.survey)
    if form.is_valid():
        try:
            services.answer_call(row, answers=form.answers(), actor=actor)
        except Refusal as refusal:
            form.explain(refusal.field, str(refusal))
        else:
            return redirect(back)
    context = {
        "survey": row.survey, "row": row, "door": queries.door(row), "form": form, "groups": list(form.groups()),
        "people": queries.residents_at(row.household_id), "is_open": row.call in (Call.WAITING, Call.NOBODY),
    }  # fmt: skip
    return render(request, "surveys/call.html", context, status=422 if form.errors else 200)

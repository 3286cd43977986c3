"""What hangs on a proposal beside its sections: surveys, discussions, supporters, each entered by a form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.apps.rounds import services
from linli.apps.rounds.models import DiscussionStep, NeedSurvey, Proposal
from linli.apps.rounds.permissions import writes_proposal
from linli.apps.rounds.rubric import Votes
from linli.apps.rounds.services.keeping import require
from linli.apps.rounds.views.acting import explain
from linli.apps.rounds.views.editing import ADDED, FORMS, STEP_FORMS, rows_of, section_page
from linli.apps.rounds.views.proposals import found
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of


@permission(signed_in)
@require_POST
def add(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Add a survey, a count of supporters, or one of the discussions."""
    row, actor = found(request, pk), actor_of(request)
    require(writes_proposal, actor, row)
    if what in DiscussionStep.values:
        form: forms.Form = STEP_FORMS[what](request.POST, prefix=what)
        section, verb = "discussions", _discusses(row, what, actor)
    elif what in ADDED:
        form = ADDED[what](request.POST, request.FILES)
        section = "need" if what == "survey" else "supporters"
        verb = _adds(row, what, actor)
    else:
        raise Http404
    if form.is_valid():
        try:
            verb(form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("rounds:edit", row.pk, section)
    return _again(request, row, section, what, form)


def _again(request: HttpRequest, row: Proposal, section: str, what: str, form: Any) -> HttpResponse:
    """The page once more with the sentences beside the fields; what was typed is kept."""
    main = FORMS[section](instance=row) if section in FORMS else None
    more: dict[str, Any] = {f"{what}_form": form} if what in ADDED else {"wrong": (what, form)}
    return section_page(request, row, section, main, rows_of(section, row, None), status=422, **more)


def _adds(row: Proposal, what: str, actor: Any) -> Callable[[dict[str, Any]], Any]:
    if what == "survey":
        return lambda data: services.add_survey(row, actor=actor, **data)
    return lambda data: services.count_supporters(row, actor=actor, **data)


def _discusses(row: Proposal, step: str, actor: Any) -> Callable[[dict[str, Any]], Any]:
    names = ("due", "present", "in_favour", "against", "abstained")

    def record(data: dict[str, Any]) -> None:
        counts = [data.pop(name) for name in names if name in data]
        services.record_discussion(row, step=step, votes=Votes(*counts) if counts else None, actor=actor, **data)

    return record


@permission(signed_in)
@require_POST
def remove_survey(request: HttpRequest, pk: UUID, survey: UUID) -> HttpResponse:
    """Take a survey off."""
    row, actor = found(request, pk), actor_of(request)
    require(writes_proposal, actor, row)
    one = NeedSurvey.objects.filter(proposal=row, pk=survey).select_related("proposal").first()
    if one is None:
        raise Conflict(_("This line is gone already."))
    services.remove_survey(one, actor=actor)
    return redirect("rounds:edit", row.pk, "need")

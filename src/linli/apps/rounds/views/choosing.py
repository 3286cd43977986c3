"""The page on which residents choose, and what is made public of it: works without scripts, keeps nothing."""

from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.choice import BallotForm, sent_again
from linli.apps.rounds.models import Admission, ChoiceState, ResidentsChoice, Round
from linli.apps.rounds.queries.open_data import public_awards
from linli.apps.rounds.queries.voters import require_first, require_resident, resident_of
from linli.apps.rounds.services import Way
from linli.apps.rounds.services.casting import check_picks
from linli.apps.rounds.views.acting import explain
from linli.kernel import slips
from linli.kernel.errors import Missing, Refusal
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.rates import knock

TOO_OFTEN = _("Too many wrong codes came from your network. Wait ten minutes, or ask at the counter of your community.")
PB = "text/plain; charset=utf-8"


def _round(pk: UUID) -> Round:
    row: Round = get_object_or_404(queries.public_rounds(), pk=pk)
    return row


def _choice(pk: UUID) -> ResidentsChoice:
    choice = queries.choice_of(_round(pk))
    if choice is None:
        raise Http404
    return choice


def _kept_nowhere(view: Any) -> Any:
    """No browser and no proxy keeps these pages."""

    @wraps(view)
    def door(*args: Any, **options: Any) -> HttpResponse:
        response: HttpResponse = view(*args, **options)
        response["Cache-Control"] = "private, no-store"
        return response

    return door


@permission(everyone)
@_kept_nowhere
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose, look it over, cast it: three steps by plain forms; the choice travels in the form and lies nowhere."""
    choice = _choice(pk)
    projects = queries.projects_of(choice)
    if choice.state != ChoiceState.OPEN or "choose" not in queries.open_doors(choice.round, timezone.now()):
        return render(request, "rounds/choice_over.html", _told(choice, projects))
    code = request.GET.get("code", "")[:20] if choice.admission == Admission.SLIP else None
    form = BallotForm(request.POST or None, choice=choice, projects=projects, code=code)
    closed = _closed_to(request, choice)
    step = request.POST.get("step", "")
    if closed is None and step in ("review", "cast") and form.is_valid():
        answer = _stepped(request, choice, form, step)
        if answer is not None:
            return answer
    context = {**_told(choice, projects), "form": form, "closed": closed}
    return render(request, "rounds/choose.html", context, status=422 if step != "edit" and form.errors else 200)


def _told(choice: ResidentsChoice, projects: Any) -> dict[str, Any]:
    is_public = choice.state == ChoiceState.PUBLISHED
    return {"choice": choice, "round": choice.round, "projects": projects, "is_public": is_public}


def _closed_to(request: HttpRequest, choice: ResidentsChoice) -> Refusal | None:
    """Why this account may not choose; None where it may, and where a slip decides."""
    if choice.admission == Admission.SLIP:
        return None
    try:
        user = resident_of(actor_of(request))
        require_resident(choice, user, on=timezone.localdate())
        require_first(choice, user.pk, user.person_id)
    except Refusal as refusal:
        return refusal
    return None


def _stepped(request: HttpRequest, choice: ResidentsChoice, form: BallotForm, step: str) -> HttpResponse | None:
    """The next page; None with the refusal on the form."""
    code = form.cleaned_data.get("code", "")
    device = f"{request.META.get('REMOTE_ADDR', '')}|{request.headers.get('user-agent', '')}"
    try:
        if step == "review":
            return _review(request, choice, form, code)
        services.cast_ballot(choice, picks=form.picks(), way=Way(code, device), actor=actor_of(request))
    except Refusal as refusal:
        if isinstance(refusal, Missing):
            knock("rounds.choice", request.META.get("REMOTE_ADDR", ""), limit=30, minutes=10, sentence=TOO_OFTEN)
        explain(form, refusal)
        return None
    return redirect("rounds:chosen", choice.round_id)


def _review(request: HttpRequest, choice: ResidentsChoice, form: BallotForm, code: str) -> HttpResponse:
    """What is about to be cast; nothing is used up or kept yet."""
    picks = check_picks(choice, form.picks())
    if choice.admission == Admission.SLIP:
        slips.purpose_of(code, [batch.purpose for batch in choice.batches.all()])
    rows = [(one, picks[one.number]) for one in form.projects if one.number in picks]
    context = {"choice": choice, "round": choice.round, "rows": rows, "hidden": list(sent_again(form))}
    return render(request, "rounds/choice_review.html", {**context, "pointed": form.pointed})


@permission(everyone)
@_kept_nowhere
@require_safe
def chosen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The ballot is in the box. Nothing here tells what was chosen, nor whose it was."""
    return render(request, "rounds/chosen.html", {"round": _choice(pk).round})


@permission(everyone)
@require_safe
def choice_pb(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The nameless ballots of a choice that was made public, for anybody to count again."""
    choice = _choice(pk)
    if choice.state != ChoiceState.PUBLISHED:
        raise Http404
    return pb_answer(queries.pb_of(choice), f"choice-{choice.round.year}-{choice.round.number:02d}.pb")


@permission(everyone)
@require_safe
def awards_pb(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The public awards of a round as a Pabulib file."""
    row = _round(pk)
    return pb_answer(queries.pb_of_awards(row, list(public_awards(row))), f"awards-{row.year}-{row.number:02d}.pb")


def pb_answer(text: str, name: str) -> HttpResponse:
    """A ``.pb`` file to keep."""
    answer = HttpResponse(text, content_type=PB)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer

"""From the round to its reviews, and the papers that answer its decisions."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import Panel
from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.rounds import AnswerForm, EnterForm
from linli.apps.rounds.models import Decision, Proposal, Round
from linli.apps.rounds.permissions import prepares_reviews, sets_up_rounds
from linli.apps.rounds.services.entering import AT_ONCE
from linli.apps.rounds.services.filing import ANSWERS
from linli.apps.rounds.views.acting import act, sent
from linli.apps.rounds.views.rounds import found
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.acting import me


@permission(prepares_reviews)
def enter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter proposals of the round before a panel of a review in preparation; without one the page says what to do."""
    row = found(request, pk)
    panels = queries.panels_for(row, me(request))
    chosen = panels.first()
    if chosen is None:
        return render(request, "rounds/no_review.html", {"round": row})
    form = _form(request, row, panels, chosen)
    return act(
        request,
        form,
        lambda data: _enter(request, row, data["panel"], list(data["proposals"])),
        back=reverse("rounds:round", args=[row.pk]),
        done=_("They stand in the review, with their form and the files of their surveys."),
        title=_("Enter proposals for a review"),
        lead=_("A street's review takes what was accepted; a community's own also what was just handed in."),
        press=_("Enter proposals for a review"),
        crumb=row.title,
    )


def _enter(request: HttpRequest, row: Round, panel: Panel, proposals: list[Proposal]) -> str:
    """Enter them; leads to the review they stand in."""
    services.enter_for_review(row, panel=panel, proposals=proposals, actor=actor_of(request))
    return reverse("reviews:session", args=[panel.session_id])


def _form(request: HttpRequest, row: Round, panels: Any, chosen: Panel) -> EnterForm:
    """Everything that is ready for the chosen review is ticked, as far as one press takes it."""
    asked = next((one for one in panels if str(one.pk) == request.POST.get("panel")), chosen)
    ready = queries.ready_for(row, asked.session)
    first = {"panel": chosen.pk, "proposals": [one.pk for one in ready[:AT_ONCE]]}
    return EnterForm(sent(request), panels=panels, proposals=ready, initial=first)


@permission(sets_up_rounds)
def record_answer(request: HttpRequest, pk: UUID, what: str) -> HttpResponse:
    """Record the filing with the district, or the reply."""
    decision: Decision = get_object_or_404(
        queries.decisions_visible_to(actor_of(request)).select_related("round__place"), pk=pk
    )
    answer = ANSWERS.get(what)
    if answer is None:
        raise Http404
    return act(
        request,
        AnswerForm(sent(request), request.FILES or None),
        lambda data: services.record_answer(decision, what=what, actor=me(request), **data),
        back=reverse("rounds:round", args=[decision.round_id]),
        done=_("Recorded."),
        title=answer.verb,
        lead=f"{decision.body} {decision.minutes_number}",
        press=answer.verb,
        crumb=decision.round.title,
    )

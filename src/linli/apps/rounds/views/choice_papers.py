"""Papers of a residents' choice: the blank one as PDF, and typing by two people."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.choice import BallotForm
from linli.apps.rounds.models import BallotKind
from linli.apps.rounds.permissions import hands_out_papers
from linli.apps.rounds.queries.typings import Difference
from linli.apps.rounds.views.acting import act, sent
from linli.apps.rounds.views.choice_desk import choice_found, sees_choice
from linli.kernel.documents import render_pdf
from linli.kernel.money import format_yuan
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, me, paper


@permission(sees_choice)
@require_safe
def blank_ballot(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The paper residents fill in, without name and number."""
    choice = choice_found(request, pk)
    with override("zh-hans"):
        pointed = choice.kind == BallotKind.POINTS
        rows = [
            (str(one.number), one.proposal.title, one.proposal.place.name, format_yuan(one.asked))
            for one in queries.projects_of(choice)
        ]
        data: dict[str, Any] = {
            "title": f"{choice.round.title} 居民评选选票",
            "office": str(choice.round.place),
            "rows": rows,
        }
        data |= {"pointed": pointed, "most": choice.most}
    return paper(render_pdf("rounds/ballot.typ", data), f"{choice.round.title}-居民评选选票.pdf", PDF)


@permission(hands_out_papers)
@require_safe
def typings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which papers are typed once, twice, which differ. Never what stands on them."""
    choice = choice_found(request, pk, hands_out_papers)
    context = {"round": choice.round, "choice": choice, "rows": queries.typings_of(choice)}
    return render(request, "rounds/choice_papers.html", context)


@permission(hands_out_papers)
def type_one(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Type one paper; the second time somebody else; where both differ, settle it by the paper."""
    choice = choice_found(request, pk, hands_out_papers)
    form = BallotForm(sent(request), choice=choice, projects=queries.projects_of(choice), may_be_blank=True)
    different = queries.difference(choice, number)

    def do(_data: dict[str, Any]) -> None:
        verb = services.settle_paper if different else services.type_paper
        verb(choice, number=number, picks=form.picks(), actor=me(request))

    return act(
        request,
        form,
        do,
        back=reverse("rounds:choice_papers", args=[choice.round_id]),
        done=_("Typed."),
        title=_("Paper %(number)d") % {"number": number},
        lead=_settling(different) if different else _("Type what stands on the paper; leave a spoiled one empty."),
        press=_("Save"),
        crumb=_("Ballots from paper"),
    )


def _settling(different: Difference) -> str:
    one, other = (_numbers(picks) for picks in (different.first, different.second))
    return str(_("The two typings differ (%(where)s). Read the paper again.") % {"where": f"{one} / {other}"})


def _numbers(picks: dict[int, int]) -> str:
    return "、".join(f"{number}" if points == 1 else f"{number}×{points}" for number, points in picks.items()) or "—"

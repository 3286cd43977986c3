"""The desk of a residents' choice: terms, share, slips, papers, counting, a choice from elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.choice import FileForm, PaperForm, ShareForm, SlipsForm, TermsForm
from linli.apps.rounds.forms.rounds import NothingForm
from linli.apps.rounds.models import ChoiceState, ElsewhereFile, ResidentsChoice, Round
from linli.apps.rounds.permissions import (
    hands_out_papers,
    keeps_papers,
    keeps_rounds,
    reads_rounds,
    sets_up_rounds,
    supervises_choice,
)
from linli.apps.rounds.services.choice_files import shown
from linli.apps.rounds.services.keeping import require
from linli.apps.rounds.views.acting import DESK, act, explain, sent
from linli.apps.rounds.views.choosing import pb_answer
from linli.apps.rounds.views.rounds import found
from linli.kernel.documents import slip_sheets
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.slips import left
from linli.kernel.ui.acting import PDF, me, paper

sees_choice = reads_rounds | sets_up_rounds


def choice_found(request: HttpRequest, pk: UUID, may: Any = None) -> ResidentsChoice:
    """The choice of the round of the address; 404 where none was prepared."""
    row = found(request, pk)
    choice = queries.choice_of(row)
    if choice is None:
        raise Http404
    if may is not None:
        require(may, actor_of(request), choice)
    return choice


def _back(row: Round) -> str:
    return reverse("rounds:choice_desk", args=[row.pk])


@permission(sees_choice)
@require_safe
def choice_desk(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the choice stands: terms, ballot, slips, papers, what struck; counts once it is closed."""
    row, actor = found(request, pk), actor_of(request)
    choice = queries.choice_of(row)
    context: dict[str, Any] = {"round": row, "choice": choice, "may_keep": keeps_rounds(actor, row)}
    if choice is not None:
        slips = [(batch, *left(batch.purpose)) for batch in choice.batches.select_related("place", "building")]
        context |= {
            "projects": queries.projects_of(choice),
            "slips": slips,
            "issued": sum(count for _batch, count, _used in slips),
            "used": sum(used for _batch, _count, used in slips),
            "anomalies": queries.anomalies_of(choice) if supervises_choice(actor, choice) else None,
            "may_type": keeps_papers(actor, choice) and choice.state == ChoiceState.OPEN,
            "elsewhere": ElsewhereFile.objects.filter(choice=choice).first(),
            "is_running": choice.state == ChoiceState.OPEN and choice.phase.is_open(timezone.now()),
        }
    return render(request, "rounds/choice_desk.html", context)


@permission(sets_up_rounds)
def prepare_choice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Prepare a choice with its terms and dates."""
    row = found(request, pk, sets_up_rounds)
    form = TermsForm(sent(request), phases=row.phases.order_by("order"))
    return act(
        request,
        form,
        lambda data: services.set_up_choice(
            row, terms=form.terms(), opens_at=data["opens_at"], closes_at=data["closes_at"], after=data["after"],
            actor=actor_of(request),
        ),
        back=_back(row),
        done=_("The residents' choice is prepared."),
        title=_("Prepare a residents' choice"),
        lead=_("It gets a phase of its own on the line of the round. It is for reference unless a decision says more."),
        press=_("Prepare"),
        crumb=row.title,
    )  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One verb of a choice: its form, what the page says, what is called."""

    form: type[forms.Form]
    verb: Callable[..., Any]
    title: Any
    lead: Any
    done: Any
    danger: bool = False


CHANGES = {
    "share": Change(
        ShareForm, services.decide_share, _("Enter a decision on its part of the score"),
        _("Only before it opens, and at most 30 per cent. Without such a decision it is for reference."),
        _("The decision is entered."),
    ),
    "open": Change(
        NothingForm, services.open_choice, _("Open the choice"),
        _("The accepted proposals stand on the ballot as they are now; what was settled before stays as it is."),
        _("The residents' choice is open."),
    ),
    "close": Change(
        NothingForm, services.close_choice, _("Close and count"),
        _("No ballot is taken any more; votes become known, and papers and names are shuffled apart for ever."),
        _("The residents' choice is counted."), danger=True,
    ),
    "publish": Change(
        NothingForm, services.publish_choice, _("Make the result public"),
        _("Votes and nameless ballots stand on the public page of the round."), _("The result is public."),
    ),
    "take_over": Change(
        NothingForm, services.take_over, _("Take over the result"),
        _("The ballots of the file are counted as they are; none is taken here any more."),
        _("The residents' choice is counted."), danger=True,
    ),
}  # fmt: skip


@permission(sets_up_rounds)
def change_choice(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Enter its share, open, close, publish it, or take one over."""
    what = CHANGES.get(verb)
    if what is None:
        raise Http404
    choice = choice_found(request, pk, sets_up_rounds)
    return act(
        request,
        what.form(sent(request)),
        lambda data: what.verb(choice, actor=actor_of(request), **data),
        back=_back(choice.round),
        done=what.done,
        title=what.title,
        lead=what.lead,
        press=what.title,
        danger=what.danger,
        crumb=_("Residents' choice"),
    )


@permission(sets_up_rounds)
def print_slips(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Print slips of one community or building; their codes can be read on this paper only."""
    choice = choice_found(request, pk, sets_up_rounds)
    row = choice.round
    form = SlipsForm(sent(request), communities=queries.communities_of(row, timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        try:
            batch, codes = services.issue_choice_slips(choice, **form.cleaned_data, actor=actor_of(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            address = request.build_absolute_uri(reverse("rounds:choose", args=[row.pk]))
            name = f"{row.title}-居民评选码-第{batch.number}批.pdf"
            return paper(_sheets(choice, codes, address), name, PDF)
    context = {
        "form": form, "back": _back(row), "frame": DESK, "title": _("Print slips"), "crumb": _("Residents' choice"),
        "lead": _("Each slip is good for one ballot and belongs to nobody. Do not write down who gets which one."),
        "press": _("Print"),
    }  # fmt: skip
    return render(request, "ui/act.html", context, status=422 if form.errors else 200)


def _sheets(choice: ResidentsChoice, codes: list[str], address: str) -> bytes:
    closes = choice.phase.closes_at
    assert closes is not None  # a choice is prepared with its dates
    return slip_sheets(
        codes,
        title=f"{choice.round.title} 居民评选",
        lines=[
            "请用手机扫二维码投票；也可以把本码带到社区，换一张纸质选票。",
            "一码一票，不记名。请勿转给他人，也不要在码上写姓名。",
        ],
        address=f"{address}?code=",
        expires=closes,
        issuer=choice.round.place.name,
    )


@permission(hands_out_papers)
def give_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a paper out."""
    choice = choice_found(request, pk, hands_out_papers)
    form = PaperForm(sent(request), choice=choice, actor=actor_of(request))
    return act(
        request,
        form,
        lambda data: services.hand_out_paper(choice, **data, actor=actor_of(request)),
        back=_back(choice.round),
        done=_("Give the paper out now. It bears no name and no number."),
        title=_("Give a paper out"),
        lead=_("Whoever gets a paper cannot vote by phone any more, and the other way round."),
        press=_("Give it out"),
        crumb=_("Residents' choice"),
    )


@permission(sets_up_rounds)
def upload_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Upload the file of a choice held elsewhere; it is shown before it counts."""
    choice = choice_found(request, pk, sets_up_rounds)
    return act(
        request,
        FileForm(sent(request), request.FILES or None),
        lambda data: services.keep_file(
            choice, content=data["file"].read(), name=data["file"].name, actor=me(request)
        ) and reverse("rounds:choice_file", args=[choice.round_id]),
        back=_back(choice.round),
        done=_("The file reads well. Look it over, then take it over."),
        title=_("A choice held elsewhere"),
        lead=_("A Pabulib file (.pb). Its projects are matched to the accepted proposals by number or title."),
        press=_("Upload"),
        crumb=_("Residents' choice"),
    )  # fmt: skip


@permission(sets_up_rounds)
@require_safe
def choice_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the file says, project by project, and which proposals they are."""
    choice = choice_found(request, pk, sets_up_rounds)
    held = get_object_or_404(ElsewhereFile.objects.select_related("choice__round__place"), choice=choice)
    read, matches = shown(held)
    votes = dict(zip(read.election.ids, read.election.sums, strict=True))
    context = {
        "round": choice.round, "choice": choice, "file": held, "ballots": read.election.ballots,
        "rows": [(match, votes[match.id]) for match in matches],
        "all_known": all(match.proposal is not None for match in matches),
    }  # fmt: skip
    return render(request, "rounds/choice_file.html", context)


@permission(sees_choice)
@require_safe
def choice_export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The nameless ballots of a counted choice as a file."""
    choice = choice_found(request, pk)
    if not choice.is_counted:
        return redirect(_back(choice.round))
    return pb_answer(queries.pb_of(choice), f"choice-{choice.round.year}-{choice.round.number:02d}.pb")

"""The workbench where a fund is divided: the rule and its knobs, the table, plans side by side."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.apps.ledger.models import Fund
from linli.apps.ledger.queries import visible_to as funds_visible_to
from linli.apps.reviews.models import ReviewSession, SessionState
from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.plans import AmountForm, PlanForm
from linli.apps.rounds.forms.rounds import NothingForm
from linli.apps.rounds.models import AllocationPlan, PlanLine, PlanState, Proposal, ProposalState, Round, WordKind
from linli.apps.rounds.permissions import keeps_rounds, reads_rounds, sets_up_rounds
from linli.apps.rounds.views.acting import act, explain, sent
from linli.apps.rounds.views.comparing import drafted, sheets_of, side_by_side, told
from linli.apps.rounds.views.rounds import found
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of

SIDE_BY_SIDE = 3
reads_plans = reads_rounds | sets_up_rounds


def sessions_of(intake: Round) -> Any:
    """Finished reviews whose entries are proposals of this round."""
    proposals = Proposal.objects.filter(round=intake).order_by().values("pk")
    rows = ReviewSession.objects.filter(entries__subject_kind="rounds.proposal", entries__subject_id__in=proposals)
    return rows.filter(state__in=(SessionState.RUNNING, SessionState.CLOSED)).distinct().order_by("first_day", "id")


@permission(reads_plans)
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The workbench of a round. Sending the form shows a plan without saving it, or saves it beside the others."""
    row, actor = found(request, pk), actor_of(request)
    words = list(queries.words_of(row, WordKind.CLASS))
    funds = funds_visible_to(actor, Fund.objects.filter(street=row.place.street_id, closed_on__isnull=True))
    form = PlanForm(sent(request), funds=funds, sessions=sessions_of(row), classes=words)
    draft = None
    if request.method == "POST" and form.is_valid():
        try:
            if "preview" not in request.POST:
                plan = services.draw_plan(row, actor=actor, **form.plan())
                messages.success(request, _("The plan is saved. Compare it, or decide it."))
                return redirect(f"{reverse('rounds:plans', args=[row.pk])}?plan={plan.pk}")
            draft = services.draft_plan(row, actor=actor, **form.plan())
        except Refusal as refusal:
            explain(form, refusal)
    context = {
        "round": row, "form": form, "may_keep": keeps_rounds(actor, row), "funds": funds,
        "waiting": Proposal.objects.filter(round=row, state=ProposalState.ACCEPTED).count(),
        "doors": queries.open_doors(row, timezone.now()),
        **_shown(row, draft, request.GET.get("plan", ""), {str(word.pk): word.title for word in words}),
    }  # fmt: skip
    return render(request, "rounds/plans.html", context, status=422 if form.errors else 200)


def _shown(row: Round, draft: services.Draft | None, chosen: str, classes: dict[str, str]) -> dict[str, Any]:
    """The draft, or the plan of the address, or the last one; and the others beside it."""
    saved = queries.plans_of(row)
    first = next((one for one in saved if str(one.pk) == chosen), saved[-1] if saved else None)
    others = [one for one in saved if draft is not None or one is not first]
    beside = others[-(SIDE_BY_SIDE - 1) :]
    sheets = sheets_of([*([first] if first and draft is None else []), *beside])
    if draft is not None:
        sheets = [drafted(draft), *sheets]
    shown = sheets[0] if sheets else None
    is_saved = shown is not None and not shown.is_draft and shown.plan.state == PlanState.SAVED
    return {
        "saved": saved, "shown": shown, "side": sheets, "table": side_by_side(sheets), "is_saved": is_saved,
        "lines": told(shown, row.year) if shown else [],
        "knobs": queries.knobs_in_words(shown.plan, classes) if shown else [],
        "purses": queries.drawn_by(shown.lines, queries.purses_of(shown.plan.fund)) if shown and (
            is_saved or shown.is_draft
        ) else [],
    }  # fmt: skip


def plan_found(request: HttpRequest, pk: UUID) -> AllocationPlan:
    """The plan of the address, for whoever may change it."""
    rows = queries.plans_visible_to(actor_of(request)).select_related("round__place", "fund")
    return get_object_or_404(rows, pk=pk)


@permission(sets_up_rounds)
def set_amount(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set what one proposal gets by hand."""
    rows = PlanLine.objects.filter(plan__in=queries.plans_visible_to(actor_of(request)).order_by().values("pk"))
    line = get_object_or_404(rows.select_related("plan__round__place", "plan__fund", "proposal"), pk=pk)
    form = AmountForm(
        sent(request), initial={"amount": line.amount, "resources": line.resources},
        stock=queries.stock_of(line.plan.round), given=list(line.lots.all()),
    )  # fmt: skip
    back = f"{reverse('rounds:plans', args=[line.plan.round_id])}?plan={line.plan_id}"
    return act(
        request,
        form,
        lambda _data: services.set_amount(line, actor=actor_of(request), **form.changes()),
        back=back,
        done=_("The amount is set; what is left follows."),
        title=_("Set the amount of “%(title)s”") % {"title": line.proposal.title},
        lead=_("The reason stands in the plan beside the amount."),
        press=_("Set the amount"),
        crumb=line.plan.title,
    )


@permission(sets_up_rounds)
def drop_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a plan off the table."""
    plan = plan_found(request, pk)
    return act(
        request,
        NothingForm(sent(request)),
        lambda _data: services.drop_plan(plan, actor=actor_of(request)),
        back=reverse("rounds:plans", args=[plan.round_id]),
        done=_("The plan is off the table."),
        title=_("Drop “%(title)s”") % {"title": plan.title},
        lead=_("It is not shown any more; the record keeps that it was drawn up."),
        press=_("Drop the plan"),
        danger=True,
        crumb=plan.round.title,
    )

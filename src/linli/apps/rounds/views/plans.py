"""The workbench where a fund is divided: the rule and its knobs, the table, plans side by side."""

from dataclasses import dataclass
from decimal import Decimal
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
from linli.apps.rounds.views.rounds import found
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of

SIDE_BY_SIDE = 3
reads_plans = reads_rounds | sets_up_rounds


@dataclass(frozen=True)
class Row:
    """One proposal across the plans that stand side by side; ``differs`` where they do not give the same."""

    proposal: Proposal
    cells: tuple[PlanLine | None, ...]

    @property
    def differs(self) -> bool:
        return len({None if cell is None else cell.amount for cell in self.cells}) > 1


@dataclass(frozen=True)
class Sums:
    """The bottom line of a plan: given = pot − left; how many get something."""

    plan: AllocationPlan
    given: Decimal
    count: int
    percent: int


def sums_of(plan: AllocationPlan) -> Sums:
    """What a plan gives in all."""
    given = plan.pot - plan.left
    count = sum(1 for line in plan.lines.all() if line.amount)
    return Sums(plan, given, count, int(given * 100 / plan.pot) if plan.pot else 0)


def table_of(plans: list[AllocationPlan]) -> list[Row]:
    """Every proposal any of the plans names, in the order of the first."""
    by_proposal: dict[UUID, dict[int, PlanLine]] = {}
    names: dict[UUID, Proposal] = {}
    for place, plan in enumerate(plans):
        for line in plan.lines.all():
            by_proposal.setdefault(line.proposal_id, {})[place] = line
            names.setdefault(line.proposal_id, line.proposal)
    return [
        Row(names[key], tuple(cells.get(place) for place in range(len(plans)))) for key, cells in by_proposal.items()
    ]


def sessions_of(intake: Round) -> Any:
    """Finished reviews whose entries are proposals of this round."""
    proposals = Proposal.objects.filter(round=intake).order_by().values("pk")
    rows = ReviewSession.objects.filter(entries__subject_kind="rounds.proposal", entries__subject_id__in=proposals)
    return rows.filter(state__in=(SessionState.RUNNING, SessionState.CLOSED)).distinct().order_by("first_day", "id")


@permission(reads_plans)
@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The workbench of a round. Sending the form draws a plan and saves it beside the others."""
    row, actor = found(request, pk), actor_of(request)
    may_keep = keeps_rounds(actor, row)
    funds = funds_visible_to(actor, Fund.objects.filter(street=row.place.street_id, closed_on__isnull=True))
    form = PlanForm(
        sent(request),
        funds=funds,
        sessions=sessions_of(row),
        classes=list(queries.words_of(row, WordKind.CLASS)),
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan = services.draw_plan(
                row, fund=data["fund"], rule=data["rule"], pot=data["pot"], knobs=form.knobs(),
                sessions=list(data["sessions"]), title=data["title"], actor=actor,
            )  # fmt: skip
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("The plan is saved. Compare it, or decide it."))
            return redirect(f"{reverse('rounds:plans', args=[row.pk])}?plan={plan.pk}")
    saved = queries.plans_of(row)
    shown = next((one for one in saved if str(one.pk) == request.GET.get("plan")), saved[-1] if saved else None)
    beside = [one for one in saved if shown is not None and one.pk != shown.pk][-(SIDE_BY_SIDE - 1) :]
    side = [shown, *beside] if shown is not None else []
    waiting = Proposal.objects.filter(round=row, state=ProposalState.ACCEPTED).count()
    context = {
        "round": row, "form": form, "may_keep": may_keep, "saved": saved, "shown": shown, "waiting": waiting,
        "lines": [(line, queries.sentence_of(line)) for line in shown.lines.all()] if shown else [],
        "sums": sums_of(shown) if shown else None, "side": [sums_of(one) for one in side], "table": table_of(side),
        "doors": queries.open_doors(row, timezone.now()), "is_saved": shown and shown.state == PlanState.SAVED,
    }  # fmt: skip
    return render(request, "rounds/plans.html", context, status=422 if form.errors else 200)


def plan_found(request: HttpRequest, pk: UUID) -> AllocationPlan:
    """The plan of the address, for whoever may change it."""
    rows = queries.plans_visible_to(actor_of(request)).select_related("round__place", "fund")
    return get_object_or_404(rows, pk=pk)


@permission(sets_up_rounds)
def set_amount(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set what one proposal gets by hand."""
    rows = PlanLine.objects.filter(plan__in=queries.plans_visible_to(actor_of(request)).order_by().values("pk"))
    line = get_object_or_404(rows.select_related("plan__round__place", "proposal"), pk=pk)
    form = AmountForm(sent(request), initial={"amount": line.amount, "resources": line.resources})
    back = f"{reverse('rounds:plans', args=[line.plan.round_id])}?plan={line.plan_id}"
    return act(
        request,
        form,
        lambda data: services.set_amount(line, actor=actor_of(request), **data),
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

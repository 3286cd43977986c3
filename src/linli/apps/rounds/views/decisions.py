"""Decisions of a round: making a plan binding, changing it later, and what follows: notice and agreements."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.agreements.models import Agreement
from linli.apps.publicity import services as publicity
from linli.apps.publicity.models import PublicNotice
from linli.apps.publicity.queries import settings_of
from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.plans import AnnounceForm, ChangeForm, DecisionForm
from linli.apps.rounds.models import Award, Decision, DecisionLine, LineKind, Proposal, ProposalState, Round
from linli.apps.rounds.permissions import keeps_rounds, sets_up_rounds
from linli.apps.rounds.views.acting import act, sent
from linli.apps.rounds.views.comparing import Sheet
from linli.apps.rounds.views.plans import plan_found, reads_plans
from linli.apps.rounds.views.rounds import found
from linli.kernel.files import StoredFile, files_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of


@permission(reads_plans)
@require_safe
def decisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was decided on a round, and the support that stands today."""
    row, actor = found(request, pk), actor_of(request)
    made = queries.decisions_of(row)
    notices = PublicNotice.objects.filter(subject_kind="rounds.decision", subject_id__in=[one.pk for one in made])
    by_decision: dict[UUID, list[PublicNotice]] = {}
    for notice in notices.order_by("drawn_up_at"):
        by_decision.setdefault(notice.subject_id, []).append(notice)
    awards = list(queries.standing_awards(row))
    agreed = {one.subject_id: one for one in agreements_of([award.proposal_id for award in awards])}
    context = {
        "round": row,
        "decisions": [(one, by_decision.get(one.pk, []), _scans(one)) for one in made],
        "awards": [(one, agreed.get(one.proposal_id), _to_agree(one)) for one in awards],
        "total": sum(one.amount for one in awards),
        "contested": next((one.contested for one in awards if one.contested), ""),
        "may_keep": keeps_rounds(actor, row),
    }
    return render(request, "rounds/decisions.html", context)


def agreements_of(proposals: list[UUID]) -> QuerySet[Agreement]:
    """The agreements about these proposals, the latest last. One query."""
    rows = Agreement.objects.filter(subject_kind="rounds.proposal", subject_id__in=proposals)
    return rows.order_by("drawn_up_at")


def _to_agree(award: Award) -> str:
    """The page on which the agreement about an award is drawn up, with what it rests on."""
    asked = {
        "street": award.proposal.place.street_id,
        "subject": ref_of(award.proposal),
        "grounds": ref_of(award.line.decision),
        "commitment": award.commitment_id,
        "title": award.proposal.title,
    }
    return f"{reverse('agreements:new')}?{urlencode(asked)}"


def _scans(decision: Decision) -> list[StoredFile]:
    """The scanned minutes. One query, none where no scan was given."""
    return list(files_of(ref_of(decision))) if decision.has_scan else []


@permission(sets_up_rounds)
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make a plan binding."""
    plan = plan_found(request, pk)
    lines = list(plan.lines.select_related("proposal"))
    refused = [(line.proposal, queries.sentence_of(line)) for line in lines if not line.amount]
    form = DecisionForm(sent(request), request.FILES or None, refused=refused)
    sums = Sheet(plan, lines)
    lead = _("%(count)s of %(all)s get %(sum)s in all; %(left)s stay in the fund. All of it happens at once.") % {
        "count": sums.count, "all": len(lines), "sum": f"¥{sums.given:,.2f}", "left": f"¥{plan.left:,.2f}",
    }  # fmt: skip
    return act(
        request,
        form,
        lambda _data: services.decide(
            plan.round, plan=plan, sitting=form.sitting(), reasons=form.reasons(), actor=actor_of(request)
        ),
        back=reverse("rounds:decisions", args=[plan.round_id]),
        done=_("The plan is binding. Now it is made public."),
        title=_("Decide “%(title)s”") % {"title": plan.title},
        lead=lead,
        press=_("Enter the decision"),
        crumb=plan.round.title,
        draft=f"decide-{plan.pk}",
    )


def _table(row: Round) -> list[tuple[Proposal, Any]]:
    """What a later decision may name: what is supported, what waits, what the decision left out."""
    awards = {one.proposal_id: one for one in queries.standing_awards(row)}
    left_out = DecisionLine.objects.filter(decision__round=row, kind=LineKind.REFUSE).order_by().values("proposal")
    rows = Proposal.objects.filter(round=row)
    rows = rows.filter(state__in=(ProposalState.ACCEPTED, ProposalState.AWARDED)) | rows.filter(pk__in=left_out)
    return [(one, awards.get(one.pk)) for one in rows.distinct().order_by("serial")]


@permission(sets_up_rounds)
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a later decision."""
    row = found(request, pk, sets_up_rounds)
    form = ChangeForm(sent(request), request.FILES or None, table=_table(row))
    return act(
        request,
        form,
        lambda _data: services.amend(row, sitting=form.sitting(), changes=form.changes(), actor=actor_of(request)),
        back=reverse("rounds:decisions", args=[row.pk]),
        done=_("The decision is entered; the money follows it."),
        title=_("Enter a later decision"),
        lead=_("What was decided stays on record; this decision changes it line by line."),
        press=_("Enter the decision"),
        crumb=row.title,
        draft=f"amend-{row.pk}",
    )


@permission(sets_up_rounds)
def announce(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw the public notice of a decision up and hand it to its check."""
    decision: Decision = get_object_or_404(
        queries.decisions_visible_to(actor_of(request)).select_related("round__place"), pk=pk
    )
    row, actor = decision.round, actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    settled = settings_of(row.place.street_id)
    initial = {name: settled[name] for name in ("office", "phones", "address", "email")}
    form = AnnounceForm(sent(request), initial={**initial, "title": f"关于{row.title}拟立项项目的公示"})
    return act(
        request,
        form,
        lambda data: publicity.publish(
            subject=ref_of(decision), grounds=ref_of(decision), kind="result",
            text=publicity.NoticeText(**data), place=row.place, lines=notice_lines(decision),
            actor=actor,
        ),
        back=reverse("rounds:decisions", args=[row.pk]),
        done=_("The notice is drawn up and waits for its check."),
        title=_("Make the decision public"),
        lead=_("The notice lists what is supported. A second person checks it, a third signs it off; then it hangs."),
        press=_("Draw up the notice"),
        crumb=row.title,
    )  # fmt: skip


def notice_lines(decision: Decision) -> list[publicity.Line]:
    """The list of the notice: unit, project, who carries it out, amount; residents stay unnamed."""
    lines = (
        decision.lines.filter(amount__gt=0)
        .select_related("proposal__place")
        .prefetch_related("proposal__shares__organization", "proposal__shares__place")
    )
    found_lines = []
    for line in lines:
        shares = line.proposal.shares.all()
        bearers = [str(one.organization or one.place) for one in shares if one.organization_id or one.place_id]
        bearer = "、".join(bearers) or "居民自组织"
        found_lines.append(publicity.Line(line.proposal.title, line.proposal.place.name, bearer, line.amount))
    return found_lines

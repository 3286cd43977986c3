"""One proposal: as the judges see it, its history, its verbs; and the ones I make myself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.reviews.queries.timetable_papers import Slot, slots_of_subjects
from linli.apps.rounds import queries
from linli.apps.rounds.lifecycle import PROPOSALS
from linli.apps.rounds.models import EDITABLE, Award, Proposal, ProposalState
from linli.apps.rounds.permissions import answers_proposal, coaches_it, gives_this_view, speaks_for_it, writes_proposal
from linli.apps.rounds.rubric import gaps, sections
from linli.apps.rounds.services.revisions import content_as_data
from linli.apps.rounds.views.acting import frame_of
from linli.apps.rounds.views.telling import story
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.files import StoredFile
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.acting import me
from linli.kernel.ui.lists import Column, ListPage

SHOWN = 50
LAMPS = {
    ProposalState.DRAFT: "off",
    ProposalState.SUBMITTED: "amber",
    ProposalState.RETURNED: "red",
    ProposalState.ACCEPTED: "green",
    ProposalState.REFUSED: "red",
    ProposalState.WITHDRAWN: "off",
    ProposalState.AWARDED: "green",
}
MINE = (
    Column("title", _("Title"), sort="title"),
    Column("round", _("Round")),
    Column("state", _("State")),
)
JOINED = ("round__place", "round__programme", "place", "category", "direction", "theme", "fund_holder", "holder_place")


@permission(signed_in)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The proposals I make, for whose proposers I speak, or which my agency helps to write."""
    rows = queries.tended_by(actor_of(request)).select_related("round", "place")
    page = ListPage(request, rows, columns=MINE, filters=(), first_sort="title")
    for row in page.rows:
        row.lamp = LAMPS[ProposalState(row.state)]
        row.is_open = row.state in EDITABLE
    actor = me(request)
    ideas, proposals = queries.coached_by(actor)
    context = {
        "page": page,
        "frame": frame_of(request),
        "told": queries.told_by(actor)[:SHOWN],
        "ideas_to_coach": ideas[:SHOWN],
        "to_coach": proposals[:SHOWN],
    }
    return render(request, "rounds/mine.html", context)


def found(request: HttpRequest, pk: UUID) -> Proposal:
    """The proposal of the address, if the reader sees it."""
    row: Proposal = get_object_or_404(queries.visible_to(actor_of(request)).select_related(*JOINED), pk=pk)
    return row


@permission(signed_in)
@require_safe
def proposal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One proposal as the judges see it, with its checks, its history and what I may do."""
    row, actor = found(request, pk), actor_of(request)
    content = queries.content_of(row)
    reads = not row.is_closed_to_readers
    checks = queries.checks_of(row) if reads else []
    context = {
        "proposal": row,
        "frame": frame_of(request),
        "lamp": LAMPS[ProposalState(row.state)],
        "lines": shown(content_as_data(row, content)),
        "files": _files(content.surveys),
        "may_write": row.state in EDITABLE and writes_proposal(actor, row),
        "demands": [str(one) for one in row.demands.select_related("resource")],
        "may_demand": queries.may_demand(actor, row),
        "may_confirm": row.confirm_edit and speaks_for_it(actor, row),
        "may_coach": row.state in EDITABLE and coaches_it(actor, row),
        "verbs": [verb for verb in PROPOSALS.offered(actor, row) if verb.title],
        "checks": checks,
        "award": _award_of(row),
        "may_check": row.state == ProposalState.SUBMITTED and answers_proposal(actor, row),
        "views_i_give": _views_i_give(actor, row, checks),
        "visits": queries.visits_of(row),
        "times": times_of(row),
        "revisions": queries.revisions_of(row),
        "parts": page_parts("rounds.proposal.advice", actor=actor, record=row),
        "story": story(timeline(ref_of(row))),
        **_questions(row, actor, reads=reads),
    }
    return render(request, "rounds/proposal.html", context)


def _award_of(row: Proposal) -> Award | None:
    """The support that stands, with the decision it rests on. One query, none before an award."""
    if row.state != ProposalState.AWARDED:
        return None
    return Award.objects.filter(proposal=row, ended_by__isnull=True).select_related("line__decision").first()


def _views_i_give(actor: Any, row: Proposal, checks: Any) -> set[UUID]:
    """The views of open checks this reader may enter."""
    given: set[UUID] = set()
    for check in checks:
        check.proposal = row
        for one in check.views.all() if check.closed_at is None else ():
            one.check_of = check
            if gives_this_view(actor, one):
                given.add(one.pk)
    return given


def times_of(row: Proposal) -> list[Slot]:
    """When it is presented in a review that is not over: shown to whoever sees the proposal."""
    if row.state != ProposalState.ACCEPTED:
        return []
    return slots_of_subjects([ref_of(row)]).get(row.pk, [])


def shown(data: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Heading and lines of each part of a proposal that says something."""
    lists = [(word, value if isinstance(value, list) else [value]) for word, value in data.items()]
    return [(word, [str(one) for one in value]) for word, value in lists if value not in ([], [""], [None])]


def _files(surveys: Any) -> dict[Any, StoredFile]:
    keys = [one.pk for one in surveys]
    rows = StoredFile.objects.filter(owner_kind="rounds.need_survey", owner_id__in=keys)
    return {row.owner_id: row for row in rows}


def _questions(row: Proposal, actor: Any, *, reads: bool) -> dict[str, Any]:
    """What whoever checks may want to look at: similar earlier ones, other proposals under one legal person."""
    if not (reads and answers_proposal(actor, row)):
        return {"similar": queries.similar_to(row, actor=actor), "alike": []}
    return {"similar": queries.similar_to(row, actor=actor), "alike": queries.same_legal_person(row, actor=actor)}


@permission(signed_in)
@require_safe
def revisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two states of one proposal beside each other: ``?before=1&after=2``; by default the last one and now."""
    row = found(request, pk)
    kept = queries.revisions_of(row)
    by_number = {str(one.number): one for one in kept}
    before = by_number.get(request.GET.get("before", ""), kept[-1] if kept else None)
    after = by_number.get(request.GET.get("after", ""))
    now = content_as_data(row, queries.content_of(row))
    changes = queries.differences(before.content, after.content if after else now) if before else []
    context = {
        "proposal": row,
        "kept": kept,
        "before": before,
        "after": after,
        "changes": changes,
        "frame": frame_of(request),
    }
    return render(request, "rounds/revisions.html", context)


def standing_of(row: Proposal) -> dict[str, Any]:
    """The sections of the editor with their ticks, and how many are complete."""
    rules = queries.rules_of(row.round)
    shown = sections(gaps(row, queries.content_of(row), rules), rules)
    done = sum(section.done for section in shown)
    return {"sections": shown, "done": done, "percent": round(100 * done / len(shown)), "rules": rules}


def to_editor(row: Proposal, section: str = "basics") -> HttpResponse:
    """Go to a section of the editor."""
    return redirect("rounds:edit", row.pk, section)

"""Whistles on the desk: the list and the month, one whistle with its departments, every verb with its form."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms import whistles as forms
from linli.apps.needs.lifecycle.whistle import WHISTLES
from linli.apps.needs.models.whistle import Whistle, WhistleCall, WhistleMark, WhistleState
from linli.apps.needs.permissions import (
    answers_call_pages,
    answers_calls,
    approves_whistle_pages,
    drafts_whistle_pages,
    keeps_whistle_pages,
    reads_needs,
)
from linli.apps.needs.queries import reporting
from linli.apps.needs.queries import whistles as reads
from linli.apps.needs.tables.whistles import call_sheet, month_list, result_sheet
from linli.apps.needs.views.issues import places_of
from linli.kernel.audit import timeline
from linli.kernel.documents import print_paper
from linli.kernel.errors import NotAllowed
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import PDF, act, me, story

Do = Callable[[Any, dict[str, Any], Actor], Any]


@permission(reads_needs)
@require_safe
def whistles(request: HttpRequest) -> HttpResponse:
    """Open whistles, or one state; below it the month's list."""
    actor, shown = me(request), request.GET.get("state", "")
    shown = shown if shown in WhistleState.values else ""
    context = {
        "rows": reads.listed(actor, state=shown),
        "shown": shown,
        "states": WhistleState.choices,
        "may_draft": drafts_whistle_pages(actor),
        "month": timezone.localdate(),
    }
    return render(request, "needs/whistles.html", context)


def _month(text: str) -> reporting.Span:
    try:
        day = date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise Http404 from error
    return reporting.span_of(reporting.MONTH, day)


@permission(reads_needs)
@require_safe
def month(request: HttpRequest, month: str) -> HttpResponseBase:
    """The month's list as a paper: each whistle, and each department's calls."""
    span = _month(month)
    found, lines = reads.month_of(reads.whistles_for(me(request)), span.begins, span.ends)
    with override("zh-hans"):
        paper = month_list(found, lines, begins=span.begins, day=timezone.localdate())
    return FileResponse(io.BytesIO(print_paper(paper)), filename=f"{paper.title}.pdf", content_type=PDF)


@permission(drafts_whistle_pages)
def new_whistle(request: HttpRequest) -> HttpResponse:
    """Write a whistle; ``?need=`` fills it from a need, without the resident."""
    actor = me(request)
    need = None
    if request.GET.get("need"):
        need = queries.visible_to(actor).filter(pk=_uuid(request.GET["need"])).first()
        if need is None:
            raise Http404
    first = {"title": need.title, "place": need.place_id, "point": need.spot} if need else {}
    form = forms.WhistleForm(request.POST or None, places=places_of(actor), initial=first)

    def draft(data: dict[str, Any]) -> str:
        lead, assists = data.pop("lead"), data.pop("assists")
        called = [services.Called(one, leads=True) for one in lead] + [services.Called(one) for one in assists]
        row = services.draft_whistle(departments=called, need=need, actor=actor, **data)
        return reverse("needs:whistle", args=[row.pk])

    return act(
        request, form, draft, back=reverse("needs:whistles"), done=_("The leader has it now."),
        title=_("Blow the whistle"), press=_("Give it to the leader"), crumb=_("Whistles"),
        lead=_("The leader approves; then the departments are told and their clock runs."),
    )  # fmt: skip


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _found(request: HttpRequest, pk: UUID) -> Whistle:
    row: Whistle = get_object_or_404(reads.with_calls(reads.whistles_for(me(request))), pk=pk)
    return row


@permission(reads_needs)
@require_safe
def whistle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One whistle: what it is about, who is called and where they are, steps with photos, both sides' words."""
    row, actor = _found(request, pk), me(request)
    keeps = keeps_whistle_pages(actor, row)
    verbs = [one for one in WHISTLES.offered(actor, row) if one.name in DOINGS]
    context = {
        "whistle": row,
        "verbs": verbs,
        "main_verb": "close" if row.state == WhistleState.SETTLED else verbs[0].name if verbs else "",
        "calls": [(call, _offered(call, actor, keeps=keeps)) for call in row.calls.all()],
        "steps": row.steps.all(),
        "keeps": keeps,
        "now": timezone.now(),
        "story": story(timeline(ref_of(row))),
        "may_step": keeps and row.state == WhistleState.BLOWN,
    }
    return render(request, "needs/whistle.html", context)


def _offered(call: WhistleCall, actor: Actor, *, keeps: bool) -> list[tuple[str, Any]]:
    """The verbs on one call, with their titles: a department's own, or those of the street for paper."""
    own, state = answers_calls(actor, call), call.whistle.state
    found: list[tuple[str, Any]] = []
    if state == WhistleState.BLOWN and (own or keeps):
        verb = "check_in" if call.checked_in_at is None else "answer"
        if verb == "check_in" or call.answered_at is None:
            found.append((verb, CALL_TITLES[verb] if own else PAPER_TITLES[verb]))
    if state == WhistleState.SETTLED:
        rated = {mark.side for mark in call.marks.all()}
        side = WhistleMark.Side.DEPARTMENT if own else WhistleMark.Side.STREET
        if (own or keeps) and side not in rated:
            found.append(("rate", CALL_TITLES["rate"]))
    return found


CALL_TITLES = {"check_in": _("Check in"), "answer": _("Answer"), "rate": _("Rate the other side")}
PAPER_TITLES = {"check_in": _("Enter a check-in from paper"), "answer": _("Enter an answer from paper")}


def _close(row: Whistle, _data: dict[str, Any], actor: Actor) -> None:
    services.close_whistle(row, actor=actor)


DOINGS: dict[str, tuple[Any, Do]] = {
    "approve": (forms.ApproveForm, lambda row, data, actor: services.approve_whistle(row, actor=actor, **data)),
    "refuse": (forms.ReasonForm, lambda row, data, actor: services.refuse_whistle(row, actor=actor, **data)),
    "settle": (forms.ResultForm, lambda row, data, actor: services.settle_whistle(row, actor=actor, **data)),
    "call_again": (forms.ReasonForm, lambda row, data, actor: services.call_again(row, actor=actor, **data)),
    "close": (forms.CloseForm, _close),
}


@permission(keeps_whistle_pages | approves_whistle_pages)
def do_whistle(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb of a whistle."""
    row, actor = _found(request, pk), me(request)
    if verb not in DOINGS:
        raise Http404
    form_of, do = DOINGS[verb]
    transition = WHISTLES.transitions[verb]
    return act(
        request, form_of(request.POST or None), lambda data: do(row, data, actor), back=_page(row), done=_("Saved."),
        title=transition.title, press=transition.title, crumb=row.title, danger=transition.weighty,
    )  # fmt: skip


def _page(row: Whistle) -> str:
    return reverse("needs:whistle", args=[row.pk])


@permission(keeps_whistle_pages)
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A visit, a meeting or work at the point."""
    row, actor = _found(request, pk), me(request)
    return act(
        request, forms.StepForm(request.POST or None),
        lambda data: services.note_step(row, actor=actor, **data) and None, back=_page(row), done=_("Saved."),
        title=_("Note what happened"), press=_("Save"), crumb=row.title,
    )  # fmt: skip


CALL_FORMS = {"check_in": forms.CheckInForm, "answer": forms.AnswerForm, "rate": forms.MarkForm}


@permission(keeps_whistle_pages | answers_call_pages)
def do_call(request: HttpRequest, pk: UUID, item: UUID, verb: str) -> HttpResponse:
    """One verb on a department's call: its own, or by the street from paper."""
    row, actor = _found(request, pk), me(request)
    call = get_object_or_404(row.calls.select_related("organization", "whistle__street"), pk=item)
    if verb not in CALL_FORMS:
        raise Http404
    own = answers_calls(actor, call)
    if not own and not keeps_whistle_pages(actor, row):
        raise NotAllowed(_("You may not do this here. Ask whoever is responsible for this place."))

    def do(data: dict[str, Any]) -> None:
        if verb == "check_in":
            services.check_in(call, actor=actor, by_paper=not own, **data)
        elif verb == "answer":
            services.answer_call(call, actor=actor, by_paper=not own, **data)
        else:
            side = WhistleMark.Side.DEPARTMENT if own else WhistleMark.Side.STREET
            services.rate_call(call, side=side, actor=actor, **data)

    title = CALL_TITLES[verb] if own or verb == "rate" else PAPER_TITLES[verb]
    return act(
        request, CALL_FORMS[verb](request.POST or None), do, back=_page(row), done=_("Saved."), title=title,
        press=_("Save"), crumb=row.title, lead=call.organization.name,
    )  # fmt: skip


@permission(reads_needs)
@require_safe
def paper(request: HttpRequest, pk: UUID, what: str) -> HttpResponseBase:
    """吹哨单 (one page a department, for those who are served by paper) or 办理结果单."""
    row = _found(request, pk)
    if what not in ("call", "result"):
        raise Http404
    with override("zh-hans"):
        day = timezone.localdate()
        address = request.build_absolute_uri(_page(row))
        found = (
            call_sheet(row, day=day, address=address) if what == "call" else result_sheet(row, day=day, address=address)
        )
    return FileResponse(io.BytesIO(print_paper(found)), filename=f"{found.title}-{row.number}.pdf", content_type=PDF)

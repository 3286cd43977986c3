"""Doors of recusals, sheets typed from paper, corrections and results."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.reviews import queries, services
from linli.apps.reviews.forms import DecideForm, SheetForm
from linli.apps.reviews.models import Duty, Entry, Mode, Recusal, Seat, SheetCorrection
from linli.apps.reviews.permissions import reads_reviews, tends_reviews
from linli.apps.reviews.queries.consistency import consistency_of
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.tables import HEADINGS, written
from linli.apps.reviews.views.panels import found_panel
from linli.apps.reviews.views.sessions import found, sent
from linli.kernel import rubric as rubrics
from linli.kernel.contributions import page_parts
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import act, me, press, workbook


@permission(reads_reviews)
@require_safe
def recusals(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who does not judge what: what was found or declared, and how it was decided."""
    row = found(request, pk)
    context = {
        "session": row,
        "rows": queries.recusals_of(row).filter(queries.BEFORE_ITS_JUDGES),
        "may_keep": tends_reviews(me(request), row),
    }
    return render(request, "reviews/recusals.html", context)


@permission(tends_reviews)
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm or dismiss one recusal with a reason."""
    actor = me(request)
    rows = queries.parts_visible_to(actor, Recusal.objects.all(), "entry__session")
    rows = rows.select_related("seat__panel__session", "seat__session", "entry__session__place", "entry__panel")
    row: Recusal = get_object_or_404(rows, pk=pk)
    require(tends_reviews, actor, row)

    def do(data: dict[str, Any]) -> None:
        verb = services.confirm_recusal if data["decision"] == "confirm" else services.dismiss_recusal
        verb(row, reason=data["reason"], actor=actor)

    return act(
        request,
        DecideForm(sent(request)),
        do,
        back=reverse("reviews:recusals", args=[row.entry.session_id]),
        done=_("Decided."),
        title=f"{row.seat.name} · {row.entry.title}",
        lead=row.fact,
        press=_("Decide"),
        crumb=_("Recusals"),
    )


@permission(tends_reviews)
@require_safe
def typing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sheets of a panel that came on paper: which are typed once, twice, which differ. Never a mark."""
    panel = found_panel(request, pk, tends_reviews)
    return render(request, "reviews/typing.html", {"panel": panel, "rows": queries.typing_grid(panel)})


@permission(tends_reviews)
def type_sheet(request: HttpRequest, pk: UUID, seat: UUID) -> HttpResponse:
    """Type one paper sheet; the second time somebody else; where both differ, settle it by the paper."""
    actor = me(request)
    rows = queries.parts_visible_to(actor, Entry.objects.select_related("session__rubric", "session__place", "panel"))
    entry: Entry = get_object_or_404(rows, pk=pk)
    judge: Seat = get_object_or_404(Seat.objects.select_related("session"), pk=seat, panel=entry.panel_id)
    require(tends_reviews, actor, entry)
    return typed(request, entry, judge, actor=actor, back=reverse("reviews:typing", args=[entry.panel_id]))


def typed(request: HttpRequest, entry: Entry, judge: Seat, *, actor: Actor, back: str, **shown: Any) -> HttpResponse:
    """The form of one paper sheet, at the desk or (``shown``: its frame) in the room."""
    if entry.session.mode == Mode.VOTE:
        raise Http404
    criteria = rubrics.scale_of(entry.session.rubric).criteria if entry.session.rubric else ()
    form = SheetForm(sent(request), criteria=criteria)
    different = queries.differences(entry, judge)

    def do(_data: dict[str, Any]) -> None:
        verb = services.settle_sheet if different else services.type_sheet
        verb(entry, seat=judge, given=form.said(), actor=actor)

    return act(
        request,
        form,
        do,
        back=back,
        done=_("Typed."),
        title=f"{entry.title} · {judge.name}",
        lead=_settling(different, criteria) if different else _("Type what stands on the paper, and nothing else."),
        press=_("Save"),
        crumb=_("Sheets from paper"),
        **shown,
    )


def _settling(different: list[queries.Difference], criteria: Any) -> str:
    titles = {criterion.code: criterion.title for criterion in criteria}
    told = "；".join(f"{titles.get(one.field, one.field)}：{one.first} / {one.second}" for one in different)
    return str(_("The two typings differ (%(where)s). Read the paper again.") % {"where": told})


@permission(reads_reviews)
@require_safe
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was revealed, the corrections with both figures, and what later apps add."""
    row, actor = found(request, pk), me(request)
    results = queries.results_of(row)
    context = {
        "session": row,
        "results": results,
        "trimmed": any(one.dropped for one in results),
        "lined": any(one.passed is not None for one in results),
        "corrections": queries.corrections_of(row),
        "supervises": queries.seat_actor(actor, row, Duty.SUPERVISOR),
        "parts": page_parts("reviews.results", actor=actor, record=row),
    }
    return render(request, "reviews/results.html", context)


@permission(reads_reviews)
@require_safe
def consistency(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How the judges agree, for whoever organizes the session or supervises it."""
    row, actor = found(request, pk), me(request)
    if not tends_reviews(actor, row) and queries.seat_actor(actor, row, Duty.SUPERVISOR) is None:
        raise NotAllowed(_("Only who organizes the session, and its supervisor, read this."))
    return render(request, "reviews/consistency.html", {"session": row, "report": consistency_of(row)})


@permission(reads_reviews)
@require_safe
def export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What was revealed, as a workbook."""
    row = found(request, pk)
    return workbook(f"{row.title}评审结果", HEADINGS, written(row))


@permission(reads_reviews)
@require_POST
def correct(request: HttpRequest, pk: UUID, decision: str) -> HttpResponse:
    """The supervisor approves or refuses a correction."""
    rows = queries.parts_visible_to(me(request), SheetCorrection.objects.all(), "sheet__entry__session")
    rows = rows.select_related("sheet__entry__session__rubric", "sheet__entry__panel", "sheet__entry__session__place")
    row: SheetCorrection = get_object_or_404(rows, pk=pk)
    session = row.sheet.entry.session
    verbs = {"approve": services.approve_correction, "refuse": services.refuse_correction}
    if decision not in verbs:
        raise Http404
    supervisor = queries.seat_actor(me(request), session, Duty.SUPERVISOR, panel=row.sheet.entry.panel)
    if supervisor is None:
        raise NotAllowed(_("Only the supervisor decides on corrections."))
    back = reverse("reviews:results", args=[session.pk])
    return press(request, lambda: verbs[decision](row, actor=supervisor), back=back, done=_("Decided."))

"""Doors of one panel: its judges, its entries, and what the host does when a review is held at the desk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.reviews import queries, services
from linli.apps.reviews.forms import (
    AssignForm,
    DeclareForm,
    JudgeForm,
    NoForm,
    PerhapsReasonForm,
    ReasonForm,
    ScanForm,
    SeedForm,
)
from linli.apps.reviews.models import Duty, Entry, EntryState, Mode, Panel, Seat, SessionState, TieRule
from linli.apps.reviews.permissions import reads_reviews, tends_reviews
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.views.sessions import page_of, sent
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me


def found_panel(request: HttpRequest, pk: UUID, may: Any = None) -> Panel:
    """The panel of the address, if the reader sees its session."""
    actor = me(request)
    rows = queries.parts_visible_to(actor, Panel.objects.select_related("session__place", "session__rubric", "current"))
    row: Panel = get_object_or_404(rows, pk=pk)
    if may is not None:
        require(may, actor, row)
    return row


def panel_page(pk: UUID) -> str:
    """The panel's page on the desk."""
    return reverse("reviews:panel", args=[pk])


@permission(reads_reviews)
@require_safe
def panel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One panel: judges with their promises, entries with how many sheets are in, what may be done now."""
    row, actor = found_panel(request, pk), me(request)
    entries = list(row.entries.select_related("session").order_by("position", "number"))
    seats = [seat for seat in queries.seats_of(row.session) if seat.panel_id == row.pk and seat.duty == Duty.JUDGE]
    may_keep = tends_reviews(actor, row)
    seat = queries.seat_actor(actor, row.session, Duty.COUNTER, Duty.SUPERVISOR, panel=row)
    context = {
        "panel": row,
        "session": row.session,
        "judges": seats,
        "standings": queries.board(row.session, entries),
        "slots": row.slots.select_related("entry"),
        "verbs": _verbs(row) if may_keep else [],
        "confirms": seat is not None
        and any(one.state == EntryState.COLLECTED and not getattr(one, f"{seat.seat.duty}_id") for one in entries),
        "chooses": row.session.ties == TieRule.CHAIR and any(entry.tied for entry in entries),
        "may_keep": may_keep,
        "may_seat": may_keep and row.session.state in (SessionState.PREPARING, SessionState.RUNNING),
    }
    return render(request, "reviews/panel.html", context)


@dataclass(frozen=True)
class Act:
    """One verb of a panel: its form, what it does, what the page says."""

    form: type[forms.Form]
    do: Callable[..., Any]
    title: Any
    lead: Any
    done: Any


def _collect(panel: Panel, **given: Any) -> int:
    vote = panel.session.mode == Mode.VOTE
    return services.collect_ballots(panel, **given) if vote else services.collect_panel(panel, **given)


def _collected(panel: Panel) -> list[Entry]:
    return list(panel.entries.filter(state=EntryState.COLLECTED).select_related("session", "panel"))


def _confirm(panel: Panel, *, actor: Any) -> None:
    seat = queries.seat_actor(actor, panel.session, Duty.COUNTER, Duty.SUPERVISOR, panel=panel)
    if seat is None:
        raise NotAllowed(_("Only counter and supervisor confirm."))
    services.confirm(_collected(panel), actor=seat)


def _reveal(panel: Panel, *, actor: Any) -> None:
    services.reveal(_collected(panel), actor=actor)


ACTS = {
    "lots": Act(
        SeedForm,
        services.draw_lots,
        _("Draw lots"),
        _("The order follows from the seed by a published sum; anybody can draw it again. Drawn once."),
        _("The lots are drawn."),
    ),
    "open": Act(
        NoForm,
        services.open_panel,
        _("Open all sheets"),
        _("For a review on paper: judges may write about every entry of the panel at once."),
        _("The sheets are open."),
    ),
    "scan": Act(
        ScanForm,
        services.attach_scan,
        _("Attach the scan"),
        _("Sheets from paper are collected only with the scan of what was signed."),
        _("The scan is attached."),
    ),
    "collect": Act(
        PerhapsReasonForm,
        _collect,
        _("Collect the sheets"),
        _("From now on marks change only by a correction, with a reason and the supervisor."),
        _("The sheets are collected."),
    ),
    "again": Act(
        NoForm,
        services.second_ballot,
        _("Open the second ballot"),
        _("The judges vote again on the entries that are equal at the line."),
        _("The second ballot is open."),
    ),
    "confirm": Act(
        NoForm,
        _confirm,
        _("Confirm the count"),
        _("You stand behind the figures of all collected entries of this panel."),
        _("Confirmed."),
    ),
    "reveal": Act(
        NoForm,
        _reveal,
        _("Reveal"),
        _("Everybody who reads reviews sees the scores of what counter and supervisor confirmed."),
        _("The results are revealed."),
    ),
}


def _verbs(panel: Panel) -> list[tuple[str, Any]]:
    """What the organizer may do now, in the order of the work."""
    if panel.session.state != SessionState.RUNNING:
        return []
    states = set(panel.entries.values_list("state", flat=True))
    offered = {
        "lots": panel.drawn_at is None and states <= {EntryState.WAITING, EntryState.WITHDRAWN},
        "open": EntryState.WAITING in states,
        "scan": EntryState.SCORING in states,
        "collect": EntryState.SCORING in states,
        "again": panel.session.mode == Mode.VOTE and panel.ballot == 1 and EntryState.COLLECTED in states,
        "reveal": EntryState.COLLECTED in states,
    }
    return [(name, ACTS[name].title) for name, may in offered.items() if may]


@permission(reads_reviews)
def change(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Lots, opening, scan, collection, second ballot, confirmation, reveal: one form, one verb."""
    what = ACTS.get(verb)
    if what is None:
        raise Http404
    row = found_panel(request, pk, None if verb == "confirm" else tends_reviews)
    form = what.form(sent(request), request.FILES or None)
    return act(
        request,
        form,
        lambda data: what.do(row, actor=me(request), **data),
        back=panel_page(pk),
        done=what.done,
        title=what.title,
        lead=what.lead,
        press=what.title,
        crumb=row.name,
    )


@permission(tends_reviews)
def new_judge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Seat a judge."""
    row = found_panel(request, pk, tends_reviews)
    return act(
        request,
        JudgeForm(sent(request), session=row.session),
        lambda data: services.seat_judge(row, actor=me(request), **data),
        back=panel_page(pk),
        done=_("The judge is seated."),
        title=_("Seat a judge"),
        lead=_("Choose from the pool: only then the house can find reasons not to judge."),
        press=_("Save"),
        crumb=row.name,
    )


def _seat(request: HttpRequest, pk: UUID) -> Seat:
    rows = queries.parts_visible_to(me(request), Seat.objects.select_related("session__place", "panel"))
    row: Seat = get_object_or_404(rows, pk=pk)
    require(tends_reviews, me(request), row)
    return row


def _declare(seat: Seat, *, actor: Any, **data: Any) -> Any:
    return services.declare_recusal(seat, actor=actor, **data)


def _promise(seat: Seat, *, actor: Any) -> Any:
    return services.sign_promise(seat, actor=actor, on_paper=True)


SEAT_ACTS: dict[str, tuple[Callable[..., Any], Any, Any, Any]] = {
    "promise": (_promise, _("Record the signed promise"), _("The judge signed the promise on paper."), _("Recorded.")),
    "chair": (services.make_chair, _("Give the chair"), _("The chair chooses among equals."), _("Saved.")),
    "leave": (
        services.leave_seat,
        _("End the seat"),
        _("Before scoring the seat is taken away; later it stays on record, and the rule must still hold."),
        _("The seat is ended."),
    ),
    "recuse": (
        _declare,
        _("Enter a declared recusal"),
        _("What the judge declared on paper; you decide on it afterwards."),
        _("The recusal waits for your decision."),
    ),
}


@permission(tends_reviews)
def change_seat(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """The promise on paper, the chair, the end of a seat, a recusal declared on paper."""
    if verb not in SEAT_ACTS:
        raise Http404
    seat, (do, title, lead, done) = _seat(request, pk), SEAT_ACTS[verb]
    form: forms.Form
    if verb == "recuse":
        form = DeclareForm(sent(request), entries=queries.entries_for(seat))
    else:
        form = (ReasonForm if verb == "leave" else NoForm)(sent(request))
    return act(
        request,
        form,
        lambda data: do(seat, actor=me(request), **data),
        back=panel_page(seat.panel_id) if seat.panel_id else page_of(seat.session_id),
        done=done,
        title=f"{title}：{seat.name}",
        lead=lead,
        press=title,
        danger=verb == "leave",
        crumb=str(seat.panel or seat.session),
    )


@permission(tends_reviews)
def change_entry(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Put an entry before a panel, or take it out of the review."""
    if verb not in ("assign", "withdraw"):
        raise Http404
    actor = me(request)
    rows = queries.parts_visible_to(actor, Entry.objects.select_related("session__place", "panel"))
    entry: Entry = get_object_or_404(rows, pk=pk)
    require(tends_reviews, actor, entry)
    assign = verb == "assign"
    form = AssignForm(sent(request), panels=entry.session.panels.all()) if assign else ReasonForm(sent(request))
    do: Callable[..., Any] = services.assign if assign else services.withdraw_entry
    title = _("Put before a panel") if assign else _("Withdraw the entry")
    return act(
        request,
        form,
        lambda data: do(entry, actor=actor, **data),
        back=page_of(entry.session_id),
        done=_("Saved."),
        title=title,
        lead=entry.title,
        press=title,
        danger=not assign,
        crumb=entry.session.title,
    )

"""Doors of the timetable: the board, planning, moving by hand, calling back, paper and calendar."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.apps.reviews import queries, services
from linli.apps.reviews.forms.timetable import MoveForm, TimetableForm, first_conditions
from linli.apps.reviews.models import Entry, Panel, ReviewSession, SessionState, Timetable
from linli.apps.reviews.permissions import reads_reviews, tends_reviews
from linli.apps.reviews.queries.timetable import Reading, read_timetable
from linli.apps.reviews.queries.timetable_board import board_of, told_clash
from linli.apps.reviews.queries.timetable_papers import ICS, calendar_of, slots_of, stamp_of, timetable_paper
from linli.apps.reviews.services.keeping import require
from linli.apps.reviews.services.timetable_moves import moved, warnings_after
from linli.apps.reviews.views.panels import found_panel
from linli.apps.reviews.views.sessions import found, sent
from linli.kernel import documents
from linli.kernel.errors import Refusal
from linli.kernel.jobs import Job
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, explain, me, paper, press


def board_page(pk: UUID) -> str:
    """The page of a session's timetable."""
    return reverse("reviews:timetable", args=[pk])


def _job(reading: Reading) -> Job | None:
    """The proof that is still looked for, where there is one."""
    row = reading.timetable
    if row is None or row.job_id is None:
        return None
    return Job.objects.filter(pk=row.job_id).first()


@permission(reads_reviews)
@require_safe
def timetable(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The board: panels as columns, units as blocks, what is wrong in sentences; how good it is, and what proves it."""
    row, actor = found(request, pk), me(request)
    reading = read_timetable(row)
    board = board_of(reading)
    may_keep, job = tends_reviews(actor, row), _job(reading)
    context = {
        "session": row,
        "timetable": reading.timetable,
        "board": board,
        "clash": told_clash(reading) if row.state == SessionState.PREPARING else [],
        "job": job,
        "poll": reverse("ui:job_progress", args=[job.pk]) if job and job.owner_id == actor.actor_id else "",
        "may_keep": may_keep,
        "may_move": may_keep and row.state == SessionState.PREPARING and bool(reading.slots),
        "is_open": row.state == SessionState.PREPARING,
        "drawn": any(panel.drawn_at for panel in reading.panels),
    }
    return render(request, "reviews/timetable.html", context)


@permission(tends_reviews)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """State days, hours, breaks, minutes and wishes; one press plans. What clashes is named, what was typed stays."""
    row = found(request, pk, tends_reviews)
    reading = read_timetable(row)
    known = reading.timetable.wanted if reading.timetable else first_conditions(row)
    form = TimetableForm(sent(request), reading=reading, asked=known)
    clash: list[str] = told_clash(reading) if request.method != "POST" else []
    if request.method == "POST" and form.is_valid():
        try:
            made = services.plan_timetable(row, asked=form.asked(), actor=me(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            if not made.clash:
                messages.success(request, _planned(made))
                return redirect(board_page(pk))
            clash = told_clash(read_timetable(row))
    refused = bool(form.errors) or (request.method == "POST" and bool(clash))
    context = {"session": row, "form": form, "clash": clash, "reading": reading, "lines": _judged(reading)}
    context["recusing"] = _is_about_recusals(row) if clash else False
    return render(request, "reviews/timetable_plan.html", context, status=422 if refused else 200)


def _is_about_recusals(session: ReviewSession) -> bool:
    """Whether a recusal is among what clashes."""
    row = Timetable.objects.filter(session=session).first()
    return row is not None and any(one["kind"] == "not_with" for one in row.clash)


def _planned(made: Any) -> Any:
    if made.conditions != made.typed:
        return _("What was typed is kept. The house still looks for a timetable; look again in a moment.")
    return _("The timetable is planned.")


def _judged(reading: Reading) -> list[tuple[Panel, str]]:
    """Each panel with the names of its judges."""
    return [(one, "、".join(seat.name for seat in reading.judges.get(one.pk, ()))) for one in reading.panels]


@permission(tends_reviews)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose day, panel and place of an entry; what would be wrong then is shown, and moved all the same when sure."""
    actor = me(request)
    rows = queries.parts_visible_to(actor, Entry.objects.select_related("session__place", "panel"))
    entry: Entry = get_object_or_404(rows, pk=pk)
    require(tends_reviews, actor, entry)
    reading = read_timetable(entry.session)
    if reading.timetable is None or not reading.timetable.is_planned:
        return redirect("reviews:plan_timetable", entry.session_id)
    days = reading.timetable.asked.days
    form = MoveForm(sent(request), panels=reading.panels, days=days, initial=_here(reading, entry))
    warned: list[Any] = []
    if request.method == "POST" and form.is_valid():
        target, version = form.target(), form.cleaned_data["version"]
        to = {**target, "panel": target["panel"].pk}
        known = entry.pk in reading.entries
        warned = warnings_after(reading, moved(reading, entry.pk, **to)) if known else []
        if not warned or form.cleaned_data["sure"]:
            try:
                services.move_entry(entry, actor=actor, version=version, **target)
            except Refusal as refusal:
                explain(form, refusal)
            else:
                messages.success(request, _("“%(entry)s” is moved.") % {"entry": entry.title})
                return redirect(board_page(entry.session_id))
    context = {"entry": entry, "form": form, "warned": warned, "unit": reading.units.get(entry.pk)}
    status = 422 if form.errors or warned else 200
    return render(request, "reviews/timetable_move.html", context, status=status)


def _here(reading: Reading, entry: Entry) -> dict[str, Any]:
    """Where the entry stands now."""
    assert reading.timetable is not None  # asked by the view
    for (panel, day), entries in reading.arrangement.items():
        if entry.pk in entries:
            place = {"where": f"{day.isoformat()} {panel}", "position": entries.index(entry.pk) + 1}
            return {**place, "version": reading.timetable.version, "whole": True}
    return {"version": reading.timetable.version, "whole": True}


@permission(tends_reviews)
@require_POST
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Call the last change back."""
    row = found(request, pk, tends_reviews)
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else None
    return press(
        request,
        lambda: services.undo_move(row, actor=me(request), version=seen),
        back=board_page(pk),
        done=_("The last change is called back."),
    )


def _printed(session: ReviewSession, panel: Panel | None) -> HttpResponseBase:
    made = timetable_paper(session, panel)
    return paper(documents.print_paper(made), f"{made.name}.pdf", PDF)


def _calendar(session: ReviewSession, panel: Panel | None) -> HttpResponseBase:
    name = session.title if panel is None else f"{session.title} {panel.name}"
    content = calendar_of(slots_of(session, panel=panel), name=name, stamp=stamp_of(session))
    return paper(content, f"{name}.ics", ICS)


@permission(reads_reviews)
@require_safe
def printed(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The whole timetable, A4 across."""
    return _printed(found(request, pk), None)


@permission(reads_reviews)
@require_safe
def calendar(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The whole timetable for a calendar."""
    return _calendar(found(request, pk), None)


@permission(reads_reviews)
@require_safe
def printed_panel(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The timetable of one panel, A4 across."""
    row = found_panel(request, pk)
    return _printed(row.session, row)


@permission(reads_reviews)
@require_safe
def calendar_panel(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The timetable of one panel for a calendar."""
    row = found_panel(request, pk)
    return _calendar(row.session, row)

"""Doors of one sheet: its marks with raters and evidence, what is said about it, its verbs."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.incubation import forms, queries, services
from linli.apps.incubation.models import MonthSheet, MonthSource
from linli.apps.incubation.permissions import keeps_pages, rates_pages, reads_months, speaks_pages
from linli.apps.incubation.rubric import SHEET
from linli.apps.incubation.views.acting import Doing, act, found, frame_of
from linli.apps.people.queries import names_of
from linli.kernel.audit import timeline
from linli.kernel.refs import Ref, Resolved, ref_of, resolve
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.acting import me, story

CRITERIA = {one.code: one for one in SHEET}


def _rate(sheet: MonthSheet, data: dict[str, Any], actor: Actor) -> None:
    marks = {
        one.code: (data[f"mark_{one.code}"], data[f"reason_{one.code}"])
        for one in SHEET
        if data[f"mark_{one.code}"] is not None
    }
    services.rate(sheet, marks=marks, actor=actor)


def _by(verb: Any) -> Any:
    """A verb that takes what the form names."""
    return lambda sheet, data, actor: verb(sheet, actor=actor, **data)


DOINGS: dict[str, Doing] = {
    "rate": Doing(
        forms.RateForm, rates_pages, _rate, _("Give marks"), _("Your marks are in."),
        _("The mean of all raters counts. A mark that differs from the records says why."),
    ),
    "pull": Doing(
        forms.PressForm, keeps_pages, _by(services.pull_evidence), _("Read the records again"),
        _("The records are read again."), _("What the raters gave stays."),
    ),
    "show": Doing(
        forms.PressForm, keeps_pages, _by(services.show_sheet), _("Show to the organization"),
        _("The organization was told."), _("It may state something within the days of the setting."),
    ),
    "take_back": Doing(
        forms.ReasonForm, keeps_pages, _by(services.take_back), _("Rate again"), _("The draft was taken back."),
    ),
    "state": Doing(
        forms.TextForm, speaks_pages, _by(services.make_statement), _("State something to the draft"),
        _("The statement is on the sheet."), _("Once it is stated the points may be published."),
    ),
    "publish": Doing(
        forms.PressForm, keeps_pages, _by(services.publish_sheet), _("Publish the points"),
        _("The points are published."), _("The organization may object within the days of the setting."),
    ),
    "object": Doing(
        forms.TextForm, speaks_pages, _by(services.object_to), _("Object to the points"), _("The objection is in."),
    ),
    "correct": Doing(
        forms.CorrectForm, keeps_pages, _by(services.correct_mark), _("Correct a mark"), _("The mark is corrected."),
        _("The old mark is kept with the reason. Warnings and exits follow the new points."),
    ),
    "settle": Doing(
        forms.PressForm, keeps_pages, _by(services.settle_sheet), _("Settle the month"), _("The month is settled."),
        _("Warnings, and after three months in a row the proposal of an exit, follow from it."),
    ),
}  # fmt: skip
IN_STATE = {
    "drafted": ("rate", "pull", "show"),
    "shown": ("state", "publish", "take_back", "correct"),
    "published": ("object", "settle", "correct"),
    "final": ("correct",),
}
"""Which verbs a sheet offers in which state, the next step first among the keeper's."""


def _page(row: MonthSheet) -> str:
    return reverse("incubation:sheet", args=[row.pk])


def _seen(request: HttpRequest) -> Any:
    return queries.visible_to(me(request)).select_related("organization__place", "street")


def _address(pages: dict[Ref, Resolved], one: MonthSource) -> str:
    """Where the reader may follow a source; "" where he may not."""
    return (pages[one.ref].address or "") if one.ref in pages else ""


@permission(reads_months)
@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet: criterion by criterion what the records say, who gave what, what counts."""
    row, actor = found(request, _seen(request), pk), me(request)
    marks = queries.marks_of(row)
    staff = bool(actor.roles() & STAFF)
    pages = resolve({one.ref for mark in marks for one in mark.sources.all() if one.ref}, actor=actor)
    names = names_of({one.rater for mark in marks for one in mark.raters.all()}) if staff else {}
    context = {
        "sheet": row,
        "lines": [
            (
                CRITERIA[mark.code],
                mark,
                [(names.get(one.rater, ""), one) for one in mark.raters.all()],
                [(one, _address(pages, one)) for one in mark.sources.all()],
            )
            for mark in marks
        ],
        "staff": staff,
        "objections": row.objections.all(),
        "corrections": [(CRITERIA[mark.code], one) for mark in marks for one in mark.corrections.all()],
        "verbs": [(name, DOINGS[name].title) for name in IN_STATE[row.state] if DOINGS[name].may(actor, row)],
        "may_keep": keeps_pages(actor, row),
        "story": story(timeline(ref_of(row))) if staff else (),
        "frame": frame_of(request),
    }
    return render(request, "incubation/sheet.html", context)


@permission(signed_in)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on a sheet, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    row = found(request, _seen(request), pk, doing.may)
    more = {"sheet": row} if verb == "rate" else {}
    form = doing.form(request.POST if request.method == "POST" else None, **more)
    return act(request, doing, form, row, back=_page(row), crumb=str(row))


ANSWER = Doing(
    forms.AnswerForm, keeps_pages, _by(services.answer_objection), _("Answer the objection"),
    _("The objection is answered."), _("Upheld, correct the mark afterwards: the old one is kept."),
)  # fmt: skip


@permission(signed_in)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer an objection."""
    rows = queries.objections_visible_to(me(request)).select_related("sheet__organization")
    row = found(request, rows, pk, keeps_pages)
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    return act(request, ANSWER, form, row, back=_page(row.sheet), crumb=str(row.sheet))

"""Doors of an organization's story: month by month where its points lead, warnings, the case of an exit."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.incubation import forms, queries, services
from linli.apps.incubation.models import CASE_OVER, ExitCase, ExitState, MonthWarning
from linli.apps.incubation.permissions import (
    decides_pages,
    keeps_pages,
    leaves_pages,
    notifies_pages,
    rates_pages,
    reads_months,
    speaks_pages,
)
from linli.apps.incubation.views.acting import Doing, act, found, frame_of, members_for
from linli.apps.organizations.models import Organization
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.acting import me, story


def _by(verb: Any) -> Any:
    """A verb that takes what the form names."""
    return lambda row, data, actor: verb(row, actor=actor, **data)


DOINGS: dict[str, Doing] = {
    "draft": Doing(
        forms.DraftForm, keeps_pages, _by(services.draft_sheet), _("Open a sheet"), _("The sheet is opened."),
        _("It is filled from the records."),
    ),
    "evidence": Doing(
        forms.EvidenceForm, rates_pages, _by(services.give_evidence), _("Enter evidence"), _("The evidence is in."),
        _("A draft of the month is filled anew."),
    ),
    "leave": Doing(
        forms.LeaveForm, keeps_pages, _by(services.approve_leave), _("Approve leave"), _("Leave is approved."),
        _("The month does not count. A draft of it is dropped."),
    ),
}  # fmt: skip
CASE: dict[str, Doing] = {
    "tell": Doing(
        forms.PressForm, notifies_pages, _by(services.tell_exit), _("Tell the organization"),
        _("The organization was told."), _("It is heard within the days of the setting, before anybody decides."),
    ),
    "hear": Doing(
        forms.TextForm, speaks_pages, _by(services.hear_case), _("Be heard about the exit"), _("It is on record."),
    ),
    "decide": Doing(
        forms.ReasonForm, decides_pages, _by(services.decide_exit), _("Decide the exit"), _("The exit is decided."),
        _("The organization is told and may appeal. Contracts under way go on."), danger=True,
    ),
    "drop": Doing(
        forms.ReasonForm, decides_pages, _by(services.drop_exit), _("Let it stay"), _("It stays in the center."),
    ),
    "appeal": Doing(
        forms.TextForm, speaks_pages, _by(services.appeal), _("Appeal against the exit"), _("The appeal is in."),
    ),
    "answer": Doing(
        forms.AnswerForm, decides_pages, _by(services.answer_appeal), _("Answer the appeal"),
        _("The appeal is answered."), _("Upheld, it stays; else the exit is confirmed."),
    ),
    "left": Doing(
        forms.LeavingForm, leaves_pages, _by(services.record_leaving), _("Record that it left"),
        _("It has left the center."), _("Its place in the center ends. Contracts under way go on."), danger=True,
    ),
}  # fmt: skip
IN_STATE = {
    "proposed": ("tell", "drop"),
    "told": ("hear", "decide", "drop"),
    "decided": ("appeal", "left", "drop"),
    "appealed": ("answer",),
    "confirmed": ("left", "drop"),
    "left": (),
    "dropped": (),
}
HEAR = Doing(
    forms.TextForm, speaks_pages, _by(services.hear_warning), _("Be heard about the warning"), _("It is on record.")
)


def _page(organization: UUID) -> str:
    return reverse("incubation:story", args=[organization])


def _verbs(case: ExitCase, actor: Actor) -> list[tuple[str, Any]]:
    return [(name, CASE[name].title) for name in IN_STATE[case.state] if CASE[name].may(actor, case)]


@permission(reads_months)
@require_safe
def told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Every settled month of an organization, what it led to, and the case if there is one."""
    actor = me(request)
    row: Organization = found(request, members_for(actor).select_related("place"), pk)
    course = queries.course(row)
    sheets = {one.month: one for one in queries.visible_to(actor).filter(organization=row)}
    staff = bool(actor.roles() & STAFF)
    cases = list(queries.cases_visible_to(actor).filter(organization=row))
    context = {
        "organization": row,
        "joined": queries.joined_on(row),
        "steps": [(step, sheets.get(step.month)) for step in reversed(course.steps)],
        "outcome": course.outcome,
        "has_left": any(case.state == ExitState.LEFT for case in cases),
        "pending": [one for one in sheets.values() if one.state != "final"],
        "warnings": queries.warnings_of(row),
        "may_speak": speaks_pages(actor, row),
        "cases": [(case, _verbs(case, actor), story(timeline(ref_of(case))) if staff else ()) for case in cases],
        "over": CASE_OVER,
        "verbs": [(name, one.title) for name, one in DOINGS.items() if one.may(actor, row)],
        "frame": frame_of(request),
    }
    return render(request, "incubation/story.html", context)


@permission(signed_in)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on an organization's months, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    row = found(request, members_for(me(request)).select_related("place"), pk, doing.may)
    form = doing.form(request.POST if request.method == "POST" else None)
    return act(request, doing, form, row, back=_page(row.pk), crumb=str(row))


@permission(signed_in)
def hear(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the organization says to a warning."""
    rows = MonthWarning.objects.filter(sheet__in=queries.visible_to(me(request)).order_by().values("pk"))
    row = found(request, rows.select_related("sheet__organization"), pk, speaks_pages)
    form = forms.TextForm(request.POST if request.method == "POST" else None)
    return act(request, HEAR, form, row, back=_page(row.sheet.organization_id), crumb=str(row.sheet))


@permission(signed_in)
def do_case(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on a case, and do it."""
    doing = CASE.get(verb)
    if doing is None:
        raise Http404
    row = found(request, queries.cases_visible_to(me(request)).select_related("organization"), pk, doing.may)
    form = doing.form(request.POST if request.method == "POST" else None)
    return act(request, doing, form, row, back=_page(row.organization_id), crumb=str(row.organization))

"""Doors of a contractor's work: its shifts, incidents, acceptances, settlements, and what is done to them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.activities.queries import activities_about, evidence_of
from linli.apps.activities.queries import visible_to as activities_visible_to
from linli.apps.agreements.models import AgreementState
from linli.apps.ordering import queries, services
from linli.apps.ordering.contributions.delivery import page_of
from linli.apps.ordering.forms import delivery as forms
from linli.apps.ordering.models import TWO, AcceptanceResult, Contractor, Defect, IncidentKind, SheetState
from linli.apps.ordering.permissions import (
    answers_selling,
    delivers_pages,
    draws_agreements,
    keeps_pages,
    reads_delivery,
    settles_pages,
    tells_incidents,
)
from linli.apps.ordering.services.shifts import LIVE
from linli.apps.ordering.views.frames import Doing, found, frame_of
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui import acting
from linli.kernel.ui.acting import me, press, story


def _seen(request: HttpRequest) -> Any:
    rows = queries.contractors_visible_to(me(request))
    return rows.select_related("organization", "sheet__place", "sheet__street", "commitment__fund", "agreement")


@permission(reads_delivery)
@require_safe
def contractor(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one contractor promised, did, and is owed."""
    row, actor = found(request, _seen(request), pk), me(request)
    sheet = row.sheet
    context = {
        "contractor": row,
        "sheet": sheet,
        "done": queries.progress_of([row])[row.pk],
        "plans": list(row.plans.all()),
        "next": list(row.shifts.filter(state="planned").order_by("starts")[:5]),
        "incidents": list(queries.incidents_visible_to(actor).filter(contractor=row).select_related("sheet")),
        "acceptances": list(
            row.acceptances.select_related("settlement__expenditure__commitment").prefetch_related("defects")
        ),
        "verbs": [(name, one.title) for name, one in DOINGS.items() if one.may(actor, row) and _is_open(name, row)],
        **_visits(row, actor),
        "may_keep": keeps_pages(actor, row),
        "may_answer": answers_selling(actor, row),
        "may_settle": settles_pages(actor, row),
        "story": story(timeline(ref_of(row))),
        "frame": frame_of(request),
    }
    return render(request, "ordering/contractor.html", context)


def _is_open(name: str, row: Contractor) -> bool:
    """Whether the sheet's state bears a verb; an agreement is drawn up once."""
    agreed = row.agreement is not None and row.agreement.state != AgreementState.ENDED
    return row.sheet.state in IN_STATE[name] and not (name == "agree" and agreed)


def _visits(row: Contractor, actor: Actor) -> dict[str, Any]:
    """Activities about the contract, and how many came or were visited: numbers, never who."""
    about = list(activities_about(ref_of(row))[:50])
    held = evidence_of(ref_of(row)) if about else None
    mine = activities_visible_to(actor).filter(pk__in=[one.pk for one in about]) if about else ()
    return {
        "activities": about,
        "open_activities": {one.pk for one in mine},
        "dates": len(held.dates) if held else 0,
        "visited": held.total.person_times if held else 0,
        "may_plan": row.sheet.state in LIVE and delivers_pages(actor, row),
        "ref": ref_of(row),
    }


def _report(row: Contractor, form: Any, actor: Any) -> Any:
    data = {**form.cleaned_data, "kind": IncidentKind(form.cleaned_data["kind"])}
    return services.report_incident(row.sheet, contractor=row, actor=actor, **data)


DOINGS: dict[str, Doing] = {
    "plan": Doing(
        forms.PlanForm, delivers_pages,
        lambda row, form, actor: services.plan_shifts(row, text=form.text(), actor=actor),
        _("Plan shifts"), _("The shifts are planned."), _("They come round every week between the two days."),
        first=lambda row: {
            "first_on": row.sheet.starts, "last_on": row.sheet.ends, "venue": row.sheet.venue,
            "people_needed": TWO if row.sheet.at_home else 1,
        },
    ),
    "incident": Doing(
        forms.IncidentForm, tells_incidents, _report, _("Tell an incident"), _("It is on record and was told."),
        _("Within 24 hours. Later it is marked as late and taken all the same."),
    ),
    "accept": Doing(
        forms.AcceptForm, keeps_pages,
        lambda row, form, actor: services.accept_delivery(row, actor=actor, **form.values()),
        _("Accept what was delivered"), _("The acceptance is on record."),
        _("What recipients said in these days is counted with it."),
    ),
    "agree": Doing(
        forms.PressForm, draws_agreements, lambda row, _form, actor: services.draw_agreement(row, actor=actor),
        _("Draw up the agreement"), _("The agreement is drawn up. Read it, and send it to its review."),
        _("From the sheet: what is done, by what it is accepted, the amount, paid against vouchers."),
    ),
    "close": Doing(
        forms.PressForm, keeps_pages, lambda row, _form, actor: services.close_delivery(row.sheet, actor=actor),
        _("All is delivered"), _("The work sheet is accepted as a whole."),
        _("Of every contractor of the sheet. No shifts follow."),
    ),
}  # fmt: skip
IN_STATE: dict[str, tuple[str, ...]] = {
    "plan": LIVE, "agree": LIVE, "incident": (*LIVE, SheetState.ACCEPTED), "accept": (SheetState.UNDER_WAY,),
    "close": (SheetState.UNDER_WAY,),
}  # fmt: skip


def _act(request: HttpRequest, doing: Doing, row: Any, back: str, crumb: str) -> HttpResponse:
    form = doing.form(request.POST if request.method == "POST" else None, initial=doing.first(row))
    return acting.act(
        request, form, lambda _data: doing.do(row, form, me(request)) and None, back=back, done=doing.done,
        title=doing.title, lead=doing.lead, press=doing.title, crumb=crumb, frame=frame_of(request),
    )  # fmt: skip


@permission(reads_delivery)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on a contractor, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    row = found(request, _seen(request), pk, doing.may)
    return _act(request, doing, row, page_of(row), row.organization.name)


ANSWER = Doing(
    forms.AnswerForm, None, lambda row, form, actor: services.answer_incident(row, actor=actor, **form.cleaned_data),
    _("Answer the incident"), _("The answer is on record."), _("What was found, and what was done."),
)  # fmt: skip
REDELIVER = Doing(
    forms.OnForm, None, lambda row, form, actor: services.redeliver(row, actor=actor, **form.cleaned_data),
    _("Put right"), _("It is put right."), _("With the last one everything is accepted, and can be settled."),
)  # fmt: skip
SETTLE = Doing(
    forms.AmountForm, None, lambda row, form, actor: services.draw_settlement(row, actor=actor, **form.cleaned_data),
    _("Draw up a settlement"), _("The settlement is drawn up. Put invoice and papers to its expenditure."),
    _("Never above the commitment. An expenditure of the ledger is drafted with it; it is paid there."),
)  # fmt: skip


@permission(keeps_pages)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer an incident; selling is answered by the street."""
    rows = queries.incidents_visible_to(me(request)).select_related("sheet__place", "contractor__organization")
    row = found(request, rows, pk)
    return _act(request, ANSWER, row, page_of(row), str(row.sheet))


@permission(keeps_pages)
def redeliver(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A defect is put right."""
    seen = queries.acceptances_visible_to(me(request)).order_by().values("pk")
    rows = Defect.objects.filter(acceptance__in=seen).select_related("acceptance__sheet__place")
    row = found(request, rows, pk, keeps_pages)
    return _act(request, REDELIVER, row, page_of(row.acceptance), row.what)


@permission(settles_pages)
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw up the settlement of an acceptance."""
    rows = queries.acceptances_visible_to(me(request)).filter(result=AcceptanceResult.ACCEPTED)
    beside = ("contractor__sheet__place", "contractor__organization", "contractor__commitment", "contractor__account")
    row = found(request, rows.select_related(*beside), pk, settles_pages)
    doing = replace(SETTLE, lead=f"{SETTLE.lead} {queries.room_told(row.contractor)}")
    return _act(request, doing, row, page_of(row), row.contractor.organization.name)


@permission(settles_pages)
@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a settlement back that is not handed in."""
    rows = queries.settlements_visible_to(me(request)).select_related("contractor__sheet", "expenditure")
    row = found(request, rows, pk, settles_pages)
    back, done = page_of(row), _("The settlement is taken back.")
    return press(request, lambda: services.drop_settlement(row, actor=me(request)), back=back, done=done)

"""Doors of shifts: the list, one shift with who came, the code at the venue, the calendar."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.ordering import queries, services
from linli.apps.ordering.forms import delivery as forms
from linli.apps.ordering.models import Shift, ShiftPlan, ShiftState
from linli.apps.ordering.permissions import delivers_pages, keeps_pages, reads_delivery
from linli.apps.ordering.views.frames import Doing, found, frame_of
from linli.apps.ordering.views.portal import MANY
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import everyone, permission
from linli.kernel.ui import acting, words
from linli.kernel.ui.acting import me, press, story
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.rates import knock

COLUMNS = (
    Column("starts", _("When"), sort="starts"),
    Column("venue", _("where it is done")),
    Column("contractor", _("Contractor")),
    Column("sheet", _("Work sheet")),
    Column("people", _("how many go"), numeric=True),
    Column("state", _("State")),
)
CALENDAR = "text/calendar; charset=utf-8"


def _seen(request: HttpRequest) -> Any:
    return queries.shifts_visible_to(me(request)).select_related(
        "contractor__organization", "contractor__sheet__place", "plan"
    )


@permission(reads_delivery)
@require_safe
def shifts(request: HttpRequest) -> HttpResponse:
    """Shifts of my contractors, or of the communities where I work; the coming ones first."""
    rows = _seen(request)
    filters = (
        Filter(
            "time", _("When"), (("today", _("Shifts of today")), ("coming", _("Shifts ahead"))), narrow=_in_time,
        ),
        Filter("state", _("State"), ShiftState.choices),
    )  # fmt: skip
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-starts")
    return render(request, "ordering/shifts.html", {"page": page, "frame": frame_of(request)})


def _in_time(rows: Any, value: str) -> Any:
    now = timezone.localtime()
    first = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if value == "today":
        return rows.filter(starts__gte=first, starts__lt=first + timedelta(days=1))
    return rows.filter(ends__gte=now)


@permission(reads_delivery)
@require_safe
def shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One shift: who came as a number, which orders are served in it."""
    row, actor = found(request, _seen(request), pk), me(request)
    delivers = delivers_pages(actor, row)
    context = {
        "shift": row,
        "contractor": row.contractor,
        "sheet": row.contractor.sheet,
        "checks": list(row.checks.select_related("shift")),
        "receipts": list(row.receipts.select_related("order__item")),
        "to_serve": list(queries.to_serve(row)[:200]) if delivers and row.starts <= timezone.now() else [],
        "verbs": [(name, one.title) for name, one in DOINGS.items() if one.may(actor, row) and _open(name, row)],
        "may_deliver": delivers,
        "code": request.build_absolute_uri(reverse("ordering:shift_code", args=[row.plan.code])),
        "story": story(timeline(ref_of(row))),
        "frame": frame_of(request),
    }
    return render(request, "ordering/shift.html", context)


def _open(name: str, row: Shift) -> bool:
    return row.state in IN_STATE[name]


DOINGS: dict[str, Doing] = {
    "check": Doing(
        forms.CheckForm, delivers_pages,
        lambda row, form, actor: services.check_in(row, actor=actor, **_came(form.cleaned_data)),
        _("Write down who came"), _("It is on record."), _("Only how many came is kept, never who."),
    ),
    "count": Doing(
        forms.WhyForm, keeps_pages,
        lambda row, form, actor: services.count_shift(row, actor=actor, **form.cleaned_data),
        _("Count it all the same"), _("The shift counts as held."),
        _("For a shift that took place though its checks do not bear it."),
    ),
    "cancel": Doing(
        forms.WhyForm, delivers_pages,
        lambda row, form, actor: services.cancel_shift(row, actor=actor, **form.cleaned_data),
        _("Call the shift off"), _("The shift is called off."),
    ),
}  # fmt: skip
IN_STATE: dict[str, tuple[str, ...]] = {
    "check": (ShiftState.PLANNED, ShiftState.HELD, ShiftState.MISSED),
    "count": (ShiftState.PLANNED, ShiftState.MISSED),
    "cancel": (ShiftState.PLANNED,),
}


def _came(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "came_at": data["came_at"] or None}


@permission(delivers_pages)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on a shift, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    row = found(request, _seen(request), pk, doing.may)
    form = doing.form(request.POST or None)
    return acting.act(
        request, form, lambda _data: doing.do(row, form, me(request)) and None,
        back=reverse("ordering:shift", args=[row.pk]), done=doing.done, title=doing.title, lead=doing.lead,
        press=doing.title, crumb=words.days_in_words(str(row)), frame=frame_of(request),
    )  # fmt: skip


@permission(delivers_pages)
@require_POST
def serve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The orders that were ticked are served in this shift."""
    row = found(request, _seen(request), pk, delivers_pages)
    ticked = set(request.POST.getlist("order"))
    orders = [one for one in queries.to_serve(row) if str(one.pk) in ticked]
    back, done = reverse("ordering:shift", args=[row.pk]), _("They are on record as served.")
    return press(request, lambda: services.serve_orders(row, orders=orders, actor=me(request)), back=back, done=done)


def _plan(code: str) -> ShiftPlan:
    rows = ShiftPlan.objects.select_related("contractor__sheet__place", "contractor__organization")
    row: ShiftPlan = get_object_or_404(rows, code=code)
    return row


@permission(everyone)
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The code at the venue: so many of us came. No account, no name."""
    plan = _plan(code)

    def do(data: dict[str, Any]) -> None:
        knock("shift", request.META.get("REMOTE_ADDR", ""), limit=60, minutes=10, sentence=MANY)
        services.check_in_by_code(plan, people=data["people"])

    return acting.act(
        request, forms.CodeForm(request.POST or None), do, back=reverse("ordering:shift_code", args=[code]),
        done=_("It is on record. Thank you."), title=_("We are here"),
        lead=f"{plan.contractor.organization} · {plan}", press=_("We are here"), frame="ui/portal.html",
    )  # fmt: skip


@permission(everyone)
@require_safe
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """The shifts of a plan as a calendar to subscribe to; no person stands in it."""
    plan = _plan(code)
    answer = HttpResponse(queries.calendar_of(plan), content_type=CALENDAR)
    answer["Content-Disposition"] = 'attachment; filename="shifts.ics"'
    return answer

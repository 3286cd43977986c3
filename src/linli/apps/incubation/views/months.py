"""Doors of the board of a month: every organization in the center with its marks; its sheets are opened here."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.incubation import queries, services
from linli.apps.incubation.permissions import keeps_pages, reads_months
from linli.apps.incubation.rubric import SHEET, month_of, next_month
from linli.apps.incubation.views.acting import frame_of, members_for, month_asked
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import me

STRIP = 3
DAY = timedelta(days=1)


def _before(month: date) -> date:
    return month_of(month - DAY)


def last_month() -> date:
    """The first day of the month that ended last."""
    return _before(month_of(timezone.localdate()))


def strip_to(month: date) -> list[date]:
    """Three months, the last one ``month``."""
    strip = [month]
    while len(strip) < STRIP:
        strip.insert(0, _before(strip[0]))
    return strip


@permission(reads_months)
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """The board of one month: a row for each organization, criteria as columns, a strip of three months."""
    actor, month = me(request), month_asked(request, last_month())
    strip = strip_to(month)
    rows = queries.board(list(queries.members_on(members_for(actor), month)), strip, actor)
    context = {
        "rows": rows,
        "month": month,
        "strip": strip,
        "before": _before(month),
        "after": next_month(month) if next_month(month) <= timezone.localdate() else None,
        "criteria": SHEET,
        "frame": frame_of(request),
        "may_keep": keeps_pages(actor, None),
        "unopened": sum(row.sheet is None for row in rows),
    }
    return render(request, "incubation/months.html", context)


@permission(keeps_pages)
@require_POST
def open_month(request: HttpRequest) -> HttpResponse:
    """Draft the sheets of a month that are missing; what cannot be drafted is told and left out."""
    actor, month, made = me(request), month_asked(request, last_month()), 0
    refused = []
    for row in queries.board(list(queries.members_on(members_for(actor), month)), [month], actor):
        if row.sheet is not None:
            continue
        try:
            services.draft_sheet(row.organization, month=month, actor=actor)
        except Refusal as refusal:
            refused.append(f"{row.organization}：{refusal}")
        else:
            made += 1
    messages.success(request, _("Sheets opened: %(n)d.") % {"n": made})
    for sentence in refused:
        messages.warning(request, sentence)
    return redirect(f"{reverse('incubation:months')}?month={month:%Y-%m}")


@permission(reads_months)
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The board of a year: a row for each organization that was in the center in it, twelve months, mean and stars."""
    actor = me(request)
    rows = queries.year_board(list(queries.members_in(members_for(actor), year)), year, actor)
    context = {
        "rows": rows,
        "year": year,
        "months": [date(year, number, 1) for number in range(1, 13)],
        "may_go_on": year < timezone.localdate().year,
        "frame": frame_of(request),
    }
    return render(request, "incubation/year.html", context)

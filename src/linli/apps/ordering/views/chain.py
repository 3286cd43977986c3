"""Doors of the chain: from any number to all the rest; what is not paid yet; who is served; the ledger in Excel."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.ordering import queries
from linli.apps.ordering.forms import delivery as forms
from linli.apps.ordering.models import Contractor, WorkSheet
from linli.apps.ordering.permissions import SERVED_NOW, SPEAKERS, reads_delivery, reads_names, reads_orders
from linli.apps.ordering.tables.papers import settlement_paper
from linli.apps.ordering.views.frames import frame_of
from linli.kernel import documents
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, explain, me, paper, workbook
from linli.kernel.ui.lists import Column, ListPage

COLUMNS = (
    Column("number", _("Number in the chain"), sort="asked_at"),
    Column("item", _("Service")),
    Column("quantity", _("quantity"), numeric=True),
    Column("state", _("State")),
    Column("settled", _("Settled by the street"), numeric=True),
    Column("paid", _("Paid by the treasury"), numeric=True),
)


@permission(reads_orders)
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Ask for a number."""
    form = forms.NumberForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("ordering:chain", form.cleaned_data["number"].strip())
    return render(request, "ordering/chain_look.html", {"form": form, "year": timezone.localdate().year})


@permission(reads_orders)
@require_safe
def chain(request: HttpRequest, number: str) -> HttpResponse:
    """The whole way of the sheet a number leads to; its orders by page, each with its part of the yuan."""
    sheets = list(queries.sheets_by(number, me(request))[:20])
    if not sheets:
        raise Http404
    if len(sheets) > 1:
        return render(request, "ordering/chain_choose.html", {"number": number, "sheets": sheets})
    return _shown(request, sheets[0], number)


@permission(reads_orders)
@require_safe
def chain_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same by the sheet itself, where its number is given in several streets."""
    rows = queries.sheets_seen(me(request)).select_related("place", "street")
    sheet = get_object_or_404(rows, pk=pk)
    return _shown(request, sheet, sheet.number)


def _shown(request: HttpRequest, sheet: WorkSheet, number: str) -> HttpResponse:
    found = queries.chain(sheet)
    parts = found.weights.parts(found.settled), found.weights.parts(found.paid)
    rows = queries.recipients_of(sheet)
    page = ListPage(request, rows, columns=COLUMNS, first_sort="asked_at")
    context = {
        "chain": found,
        "sheet": sheet,
        "number": number,
        "page": page,
        "rows": [(row, parts[0].get(row.pk), parts[1].get(row.pk)) for row in page.rows],
        "needs": [number for _pk, number in found.weights.needs[:50]],
    }
    return render(request, "ordering/chain.html", context)


@permission(reads_orders)
@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """The ledger of all chains of a year, in Excel."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and len(asked) == 4 else timezone.localdate().year  # a year
    return workbook(f"{year}年点单全链台账", queries.HEADINGS, queries.ledger_rows(me(request), year))


@permission(reads_orders)
@require_safe
def unpaid(request: HttpRequest) -> HttpResponse:
    """What is accepted and not paid yet, by age."""
    bands = queries.unpaid(me(request), timezone.localdate())
    return render(request, "ordering/unpaid.html", {"bands": bands, "any": any(band.rows for band in bands)})


@permission(reads_delivery)
@require_safe
def paper_35(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Paper 35: the settlement of an acceptance, to sign."""
    rows = queries.settlements_visible_to(me(request)).select_related(
        "acceptance", "contractor__organization", "contractor__sheet__place", "contractor__commitment__fund",
        "expenditure__commitment",
    )  # fmt: skip
    row = get_object_or_404(rows, pk=pk)
    described = settlement_paper(row, timezone.localdate())
    return paper(documents.print_paper(described), f"{described.title}-{row.contractor.organization.name}.pdf", PDF)


def _served(request: HttpRequest, pk: UUID) -> WorkSheet:
    """The sheet, for whoever takes its orders, or serves it now; refused for everybody else."""
    actor = me(request)
    sheet = get_object_or_404(WorkSheet.objects.select_related("place"), pk=pk)
    if queries.sheets_seen(actor).filter(pk=pk).exists() and reads_names(actor, sheet):
        return sheet
    mine = Contractor.objects.filter(sheet=sheet, organization__in=actor.reach(*SPEAKERS).organizations)
    if sheet.state not in SERVED_NOW or not mine.exists():
        raise NotAllowed(_("The list is open to those alone who take these orders, or serve them now."))
    return sheet


@permission(reads_delivery)
def recipients(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whom a sheet serves: masked, and opened with a reason; each name read stands on record."""
    sheet, actor = _served(request, pk), me(request)
    form = forms.NamesForm(request.POST or None)
    rows = list(queries.recipients_of(sheet)[:200])
    lines: list[tuple[Any, ...]] = [(row, row.name, row.phone, row.door) for row in rows]
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            lines = [
                (
                    row,
                    *(one.reveal(reason=reason, actor=actor) if one else "" for one in (row.name, row.phone, row.door)),
                )
                for row in rows
            ]
        except Refusal as refusal:
            explain(form, refusal)
    opened = bool(form.is_bound and not form.errors)
    context = {
        "sheet": sheet, "lines": lines, "form": form, "opened": opened, "frame": frame_of(request),
        "lead": _("Open to those alone who take these orders, or serve them now."),
    }  # fmt: skip
    return render(request, "ordering/recipients.html", context, status=422 if form.errors else 200)

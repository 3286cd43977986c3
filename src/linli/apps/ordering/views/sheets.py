"""Doors of work sheets: the list by stage, one sheet, drawing one up, bundling a month, the paper, the public list."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.ledger.models import Fund
from linli.apps.ordering import jobs, queries, services
from linli.apps.ordering.forms.sheets import BundleForm, SheetForm
from linli.apps.ordering.kinds import papers, service_kinds
from linli.apps.ordering.models import ClaimState, Method, Order, OrderState, SheetState, WorkSheet
from linli.apps.ordering.permissions import (
    KEEPERS,
    awards_pages,
    claims_pages,
    draws_pages,
    publishes_pages,
    reads_orders,
    reads_sheets,
)
from linli.apps.ordering.tables.sheet_papers import service_list
from linli.apps.places.queries import open_communities
from linli.kernel.audit import timeline
from linli.kernel.documents import print_paper
from linli.kernel.refs import ref_of
from linli.kernel.scope import everyone, permission
from linli.kernel.ui.acting import PDF, act, me, story
from linli.kernel.ui.acting import paper as hand_out
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("number", _("Number")),
    Column("title", _("Work sheet")),
    Column("place", _("Community")),
    Column("quantity", _("quantity"), numeric=True),
    Column("ceiling", _("price ceiling"), numeric=True),
    Column("state", _("State")),
)
WRITING = (SheetState.DRAFT, SheetState.DISCUSSED)


@permission(reads_sheets)
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets I see, and how many stand in each of the four stages."""
    actor = me(request)
    rows = queries.sheets_visible_to(actor)
    orders = queries.orders_visible_to(actor, Order.objects.filter(state__in=(OrderState.WAITING, OrderState.GIVEN)))
    counted = queries.stages_of(rows)
    board = (
        (_("Ordered by residents"), orders.count()), (_("Drawn up by communities"), counted["draw"]),
        (_("Taken on by organizations"), counted["claim"]), (_("Paid by the street"), counted["buy"]),
    )  # fmt: skip
    filters = (Filter("state", _("State"), SheetState.choices), Filter("method", _("how it is given"), Method.choices))
    page = ListPage(request, rows.select_related("place"), columns=COLUMNS, filters=filters, first_sort="-drawn_at")
    context = {"page": page, "board": board, "may_draw": draws_pages(actor)}
    return render(request, "ordering/sheets.html", context)


def found(request: HttpRequest, pk: UUID) -> WorkSheet:
    """The sheet of the address, if the reader sees it."""
    rows = queries.sheets_visible_to(me(request)).select_related("place__street", "fund", "salon", "session")
    row: WorkSheet = get_object_or_404(rows, pk=pk)
    return row


def page_of(row: WorkSheet) -> str:
    """The page of a sheet."""
    return reverse("ordering:sheet", args=[row.pk])


@permission(reads_sheets)
@require_safe
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One sheet: what it is, its offers with what must be seen before a choice, who took it on, what I may do."""
    row, actor = found(request, pk), me(request)
    staff = reads_orders(actor, row)
    kind = service_kinds().get(row.kind)
    waiting = row.state == SheetState.PUBLISHED
    mine = queries.claims_visible_to(actor, row.claims.exclude(state=ClaimState.WITHDRAWN))
    context = {
        "sheet": row, "kind": kind, "staff": staff,
        "papers": [papers()[code] for code in kind.needed] if kind else [],
        "seen": queries.before_award(row, timezone.localdate()) if staff and waiting else [],
        "claims": [] if staff and waiting else list(mine.select_related("organization")),
        "contractors": list(row.contractors.select_related("organization", "commitment")),
        "orders": row.lines.count(), "needs": row.needs.count() if staff else 0,
        "may_discuss": draws_pages(actor, row) and row.state == SheetState.DRAFT,
        "may_publish": publishes_pages(actor, row) and row.state in WRITING,
        "may_cancel": publishes_pages(actor, row) and row.state in (*WRITING, SheetState.PUBLISHED),
        "may_claim": claims_pages(actor) and waiting and row.method != Method.OUTSIDE and row.taken < row.places,
        "may_award": awards_pages(actor, row) and waiting,
        "story": story(timeline(ref_of(row))) if staff else [],
    }  # fmt: skip
    return render(request, "ordering/sheet.html", context)


def _here(request: HttpRequest) -> Any:
    return open_communities(timezone.localdate()).filter(pk__in=me(request).reach(*KEEPERS).places)


@permission(draws_pages)
def new(request: HttpRequest) -> HttpResponse:
    """Draw a sheet up."""
    here = _here(request)
    funds = Fund.objects.filter(street__in=here.order_by().values("street"), closed_on__isnull=True)
    form = SheetForm(request.POST or None, here=here, funds=funds)

    def do(data: dict[str, Any]) -> str:
        return page_of(services.draw_up(place=data["place"], text=form.text(), actor=me(request)))

    return act(
        request, form, do, back=reverse("ordering:sheets"),
        done=_("The sheet is drawn up. Talk it over, then publish."),
        title=_("Draw a work sheet up"), press=_("Save"), crumb=_("Work sheets"),
    )  # fmt: skip


@permission(draws_pages)
def bundle(request: HttpRequest) -> HttpResponse:
    """The orders of a month become sheets, as a job."""
    form = BundleForm(request.POST or None, here=_here(request))
    return act(
        request, form, lambda data: jobs.bundle.enqueue(str(data["place"].pk), data["month"].isoformat()) and None,
        back=reverse("ordering:sheets"), done=_("The orders are being bundled. Look here again in a minute."),
        title=_("Bundle the orders of a month"), press=_("Bundle"), crumb=_("Work sheets"),
        lead=_("One sheet for each service, with every order that has a place. Orders on a sheet stay there."),
    )  # fmt: skip


@permission(reads_orders)
@require_safe
def paper(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The service list with its claims as PDF (paper 35)."""
    row = found(request, pk)
    with override("zh-hans"):
        described = service_list([row], unit=str(row.street), day=timezone.localdate())
    return hand_out(print_paper(described), f"服务清单-{row.number}.pdf", PDF)


@permission(everyone)
@require_safe
def public_sheets(request: HttpRequest) -> HttpResponse:
    """Published sheets, for everybody."""
    columns = (COLUMNS[1], COLUMNS[2], COLUMNS[3], COLUMNS[4], COLUMNS[5])
    page = ListPage(request, queries.public_sheets(), columns=columns, first_sort="-drawn_at")
    return render(request, "ordering/public_sheets.html", {"page": page})


@permission(everyone)
@require_safe
def public_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One published sheet: what, where, when, how many, who took it on. No resident."""
    row: WorkSheet = get_object_or_404(queries.public_sheets(), pk=pk)
    kind = service_kinds().get(row.kind)
    context = {
        "sheet": row, "kind": kind, "papers": [papers()[code] for code in kind.needed] if kind else [],
        "contractors": list(row.contractors.select_related("organization")),
        "open": row.state == SheetState.PUBLISHED,
    }  # fmt: skip
    return render(request, "ordering/public_sheet.html", context)

"""Doors of work sheets: the list by stage, one sheet, drawing one up, bundling a month, the paper, the public list."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.ledger.models import Fund
from linli.apps.needs.models import Need
from linli.apps.ordering import jobs, queries, services
from linli.apps.ordering.forms.sheets import BundleForm, SheetForm
from linli.apps.ordering.kinds import papers, service_kinds
from linli.apps.ordering.models import ClaimState, Method, Order, OrderState, SheetState, WorkSheet
from linli.apps.ordering.permissions import (
    KEEPERS,
    awards_pages,
    calls_panels,
    claims_pages,
    draws_pages,
    publishes_pages,
    reads_orders,
    reads_sheets,
)
from linli.apps.ordering.tables.sheet_papers import service_list
from linli.apps.ordering.views.desk import NOT_YOURS
from linli.apps.places.queries import open_communities
from linli.kernel.audit import timeline
from linli.kernel.documents import print_paper
from linli.kernel.errors import NotAllowed
from linli.kernel.refs import ref_of
from linli.kernel.scope import everyone, permission
from linli.kernel.ui.acting import PDF, act, me, press, story
from linli.kernel.ui.acting import paper as hand_out
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("number", _("Number in the chain")),
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
    context = {"page": page, "board": board if reads_orders(actor) else (), "may_draw": draws_pages(actor)}
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
    drafts = draws_pages(actor, row)
    placed = queries.found_by_panel(row) if staff else {}
    seen = queries.before_award(row, timezone.localdate()) if staff and waiting else []
    context = {
        "sheet": row, "kind": kind, "staff": staff,
        "papers": [papers()[code] for code in kind.needed] if kind else [],
        "seen": [(one, placed.get(one.claim.pk) if one.claim else None) for one in seen],
        "judged": bool(placed),
        "claims": [] if staff and waiting else list(mine.select_related("organization")),
        "contractors": list(row.contractors.select_related("organization", "commitment")),
        "mine": list(queries.contractors_visible_to(actor, row.contractors.select_related("organization"))),
        "orders": row.lines.count(), "needs": row.needs.count() if staff else 0,
        "solved": queries.solved_by([row])[row.pk] if staff else None,
        "may_write": drafts and row.state in WRITING,
        "may_discuss": drafts and row.state == SheetState.DRAFT,
        "may_call": drafts and calls_panels(actor, row) and waiting and row.method == Method.OPEN
        and row.session_id is None and bool(seen),
        "may_publish": publishes_pages(actor, row) and row.state in WRITING,
        "may_cancel": publishes_pages(actor, row) and row.state in (*WRITING, SheetState.PUBLISHED),
        "may_claim": claims_pages(actor) and waiting and row.method != Method.OUTSIDE and row.taken < row.places,
        "may_award": awards_pages(actor, row) and waiting,
        "story": story(timeline(ref_of(row))) if staff else [],
    }  # fmt: skip
    return render(request, "ordering/sheet.html", context)


def _here(request: HttpRequest) -> Any:
    return open_communities(timezone.localdate()).filter(pk__in=me(request).reach(*KEEPERS).places)


def _funds(streets: Any) -> Any:
    return Fund.objects.filter(street__in=streets, closed_on__isnull=True)


@permission(draws_pages)
def new(request: HttpRequest) -> HttpResponse:
    """Draw a sheet up."""
    here = _here(request)
    form = SheetForm(request.POST or None, here=here, funds=_funds(here.order_by().values("street")))

    def do(data: dict[str, Any]) -> str:
        return page_of(services.draw_up(place=data["place"], text=form.text(), actor=me(request)))

    return act(
        request, form, do, back=reverse("ordering:sheets"),
        done=_("The sheet is drawn up. Put orders and needs on it, talk it over, then publish."),
        title=_("Draw a work sheet up"), press=_("Save"), crumb=_("Work sheets"),
    )  # fmt: skip


def may_write(request: HttpRequest, pk: UUID) -> WorkSheet:
    """The sheet of the address, for whoever draws up there; refused to everybody else."""
    row = found(request, pk)
    if not draws_pages(me(request), row):
        raise NotAllowed(NOT_YOURS)
    return row


@permission(draws_pages)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a sheet anew before it is published."""
    row = may_write(request, pk)
    form = SheetForm(request.POST or None, here=_here(request), funds=_funds([row.street_id]), sheet=row)

    def do(data: dict[str, Any]) -> None:
        version = data["version"]
        services.change_sheet(row, text=form.text(), version=-1 if version is None else version, actor=me(request))

    return act(
        request, form, do, back=page_of(row), done=_("The sheet is written anew."), title=_("Write the sheet anew"),
        press=_("Save"), crumb=row.title, lead=f"{row.number} · {row.place}",
    )  # fmt: skip


@permission(draws_pages)
def fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put orders and needs on a draft, and take them off: those that are ticked, or all that are shown."""
    row, actor = may_write(request, pk), me(request)
    if request.method == "POST":
        return _filled(request, row)
    orders, needs = queries.puttable_orders(row), queries.puttable_needs(row, actor)
    context = {
        "sheet": row, "open": row.state in WRITING, "most": queries.PUTTABLE,
        "orders": list(orders[: queries.PUTTABLE]), "needs": list(needs[: queries.PUTTABLE]),
        "lines": list(row.lines.select_related("order__item")[: queries.PUTTABLE]),
        "stands": list(row.needs.select_related("need")[: queries.PUTTABLE]),
        "counts": (row.lines.count(), row.needs.count()),
    }  # fmt: skip
    return render(request, "ordering/fill.html", context)


def _filled(request: HttpRequest, row: WorkSheet) -> HttpResponse:
    """Do what was pressed on the page above."""
    actor, off = me(request), request.POST.get("verb") == "take_off"
    orders: Any = queries.puttable_orders(row)
    needs: Any = queries.puttable_needs(row, actor)
    if off:
        orders = Order.objects.filter(on_sheet__sheet=row).select_related("item")
        needs = Need.objects.filter(on_sheet__sheet=row)
    chosen: dict[str, Any] = {"orders": _ticked(request, orders, "order"), "needs": _ticked(request, needs, "need")}
    back = reverse("ordering:fill_sheet", args=[row.pk])
    if not any(chosen.values()):
        messages.error(request, _("Tick at least one first."))
        return redirect(back)
    do = services.take_off_sheet if off else services.add_to_sheet
    done = _("They are off the sheet.") if off else _("They stand on the sheet.")
    return press(request, lambda: do(row, actor=actor, **chosen), back=back, done=done)


def _ticked(request: HttpRequest, rows: Any, name: str) -> list[Any]:
    """The rows that were ticked, or all that were shown."""
    shown = rows[: queries.PUTTABLE]
    ticked = set(request.POST.getlist(name))
    return [row for row in shown if "every" in request.POST or str(row.pk) in ticked]


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

"""Doors of funds: the list, one fund with its bars, opening, changing, quotas, closing."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.apps.ledger import queries, services
from linli.apps.ledger.forms import ChangeForm, FundForm, QuotaForm, ReasonForm
from linli.apps.ledger.models import Fund
from linli.apps.ledger.permissions import READERS, keeps_pages, reads_ledger
from linli.apps.ledger.services.keeping import require
from linli.apps.ledger.tables import HEADINGS, PAYMENTS, written
from linli.apps.places.models import Level, Place
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import act, me, press, story, workbook
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("year", _("Year"), sort="year"),
    Column("amount", _("Amount"), numeric=True),
    Column("committed", _("Promised"), numeric=True),
    Column("paid", _("Paid by the treasury"), numeric=True),
    Column("left", _("Not promised"), numeric=True),
)
SHOWN = 10
"""Commitments on a fund's page; the rest stand in the list."""


def _filters(actor: Actor) -> tuple[Filter, ...]:
    streets = Place.objects.filter(pk__in=actor.reach(*READERS).places, level=Level.STREET).order_by("code")
    years = queries.visible_to(actor).order_by("-year").values_list("year", flat=True).distinct()[:10]
    return (
        Filter("year", _("Year"), [(year, str(year)) for year in years]),
        Filter("street", _("Street"), [(street.pk, street.name) for street in streets[:40]]),
    )


@permission(reads_ledger)
@require_safe
def funds(request: HttpRequest) -> HttpResponse:
    """The funds of the streets where I read the ledger, each with what is promised, paid and left."""
    actor = me(request)
    rows = queries.with_figures(queries.visible_to(actor)).select_related("street")
    page = ListPage(request, rows, columns=COLUMNS, filters=_filters(actor), first_sort="-year")
    for row in page.rows:
        row.figures = queries.figures_of(row)
    context = {"page": page, "may_keep": keeps_pages(actor, None), "sheet": PAYMENTS.name}
    return render(request, "ledger/funds.html", context)


@permission(reads_ledger)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The whole ledger as a workbook: a row an instalment."""
    rows = queries.commitments_visible_to(me(request))
    return workbook("资金台账", HEADINGS, written(rows))


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Fund:
    """The fund of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    row: Fund = get_object_or_404(queries.visible_to(actor).select_related("street"), pk=pk)
    if may is not None:
        require(may, actor, row)
    return row


@permission(reads_ledger)
@require_safe
def fund(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One fund: how much, set aside for whom, promised, paid, left; every number opens its rows."""
    row, actor = found(request, pk), me(request)
    figures = queries.standing_of(row)
    commitments = queries.with_paid(row.commitments.order_by("-serial"))[: SHOWN + 1]
    context = {
        "fund": row,
        "figures": figures,
        "bars": _bars(figures),
        "quotas": queries.quotas_of(row),
        "commitments": list(commitments)[:SHOWN],
        "more": len(commitments) > SHOWN,
        "changes": row.changes.all(),
        "parts": page_parts("ledger.fund", actor=actor, record=row),
        "may_keep": keeps_pages(actor, row),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "ledger/fund.html", context)


def _bars(figures: queries.FundFigures) -> list[dict[str, Any]]:
    """What share of the fund is set aside, promised and paid, in whole per cents, rounded down."""
    parts = (
        (_("Set aside by quotas"), figures.quotas),
        (_("Promised"), figures.committed),
        (_("Paid by the treasury"), figures.paid),
    )
    return [
        {"label": label, "value": value, "percent": int(value * 100 / figures.amount) if figures.amount else 0}
        for label, value in parts
    ]


def _page(row: Fund) -> str:
    return reverse("ledger:fund", args=[row.pk])


@permission(keeps_pages)
def new(request: HttpRequest) -> HttpResponse:
    """Open a fund."""
    actor = me(request)

    def do(data: dict[str, Any]) -> str:
        return _page(services.open_fund(actor=actor, **data))

    return act(
        request,
        FundForm(request.POST or None, streets=queries.keepable_streets(actor)),
        do,
        back=reverse("ledger:funds"),
        done=_("The fund is open."),
        title=_("Open a fund"),
        lead=_("A pot of earmarked money of one year. What is promised out of it never passes it."),
        press=_("Open the fund"),
        crumb=_("Ledger"),
    )


@permission(keeps_pages)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add to a fund or take back."""
    row = found(request, pk, keeps_pages)
    return act(
        request,
        ChangeForm(request.POST or None),
        lambda data: services.raise_fund(row, actor=me(request), **data) and None,
        back=_page(row),
        done=_("The amount of the fund is changed."),
        title=_("Change the amount"),
        lead=_("Every change stays on record with its paper. Only what is free can be taken back."),
        press=_("Change the amount"),
        crumb=str(row),
    )


@permission(keeps_pages)
def quota(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set a part of a fund aside for somebody."""
    row = found(request, pk, keeps_pages)
    places = Place.objects.filter(street=row.street_id, level__in=(Level.COMMUNITY, Level.VILLAGE), valid_to=None)
    first = {"place": request.GET.get("place"), "amount": request.GET.get("amount")}
    return act(
        request,
        QuotaForm(request.POST or None, places=places.order_by("code"), initial=first),
        lambda data: services.set_quota(row, actor=me(request), **data) and None,
        back=_page(row),
        done=_("The quota is set."),
        title=_("Set a quota"),
        lead=_("What is set aside for one is promised to nobody else. It replaces the earlier quota of the holder."),
        press=_("Set the quota"),
        crumb=str(row),
    )


@permission(keeps_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def quotas(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The quotas the street's formula gives: looked at first, then set all at once."""
    row = found(request, pk, keeps_pages)
    if request.method == "POST":
        return press(
            request,
            lambda: services.set_quotas_by_formula(row, actor=me(request)),
            back=_page(row),
            done=_("The quotas are set."),
        )
    return render(request, "ledger/quotas.html", {"fund": row, "formula": queries.formula_quotas(row)})


@permission(keeps_pages)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close a fund at the end of its year."""
    row = found(request, pk, keeps_pages)
    left: Decimal = queries.standing_of(row).left
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.close_fund(row, actor=me(request), **data),
        back=_page(row),
        done=_("The fund is closed."),
        title=_("Close the fund"),
        lead=_("Nothing more is promised out of it; %(left)s is left over. What is promised may still be paid.")
        % {"left": f"¥{left:,.2f}"},
        press=_("Close the fund"),
        danger=True,
        crumb=str(row),
    )

"""Doors of spending: the list, what a commitment spends, one expenditure, entering it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.ledger import queries, services
from linli.apps.ledger.forms.spending import ChangeExpenditureForm, ExpenditureForm
from linli.apps.ledger.lifecycle import EXPENDITURES
from linli.apps.ledger.models import Commitment, CommitmentState, Expenditure, ExpenditureState
from linli.apps.ledger.permissions import checks_spending, enters_pages, enters_spending, keeps_pages, sees_spending
from linli.apps.ledger.queries.findings.invoices import differences_of
from linli.apps.ledger.services.expenditure import EDITABLE, spender_for
from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed
from linli.kernel.files import photos
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import act, me, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("number", _("Number of the expenditure")),
    Column("purpose", _("What was bought, and what for")),
    Column("payee", _("Payee")),
    Column("drafted_at", _("Entered at"), sort="drafted_at"),
    Column("amount", _("Amount"), numeric=True),
    Column("state", _("State"), sort="state"),
)
KINDS = [(one.code, one.title) for one in queries.expense_kinds().values()]
TYPED = (
    "kind", "amount", "purpose", "payee", "spent_on", "line", "account", "paid_to", "heads", "explanation",
)  # fmt: skip
STEPS = ("submit", "check", "approve", "pay")


@permission(sees_spending)
@require_safe
def spending(request: HttpRequest) -> HttpResponse:
    """The expenditures I see: those I carry out, those of the street where I read the ledger."""
    actor = me(request)
    rows = queries.expenditures_visible_to(actor).select_related("commitment")
    filters = (Filter("state", _("State"), ExpenditureState.choices), Filter("kind", _("Kind of expense"), KINDS))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-drafted_at")
    mine = queries.spendable_by(actor).filter(state=CommitmentState.OPEN, spenders__isnull=False).distinct()
    context = {"page": page, "commitments": list(mine.order_by("-committed_on")[:8])}
    return render(request, "ledger/spending.html", context)


def found_commitment(request: HttpRequest, pk: UUID) -> Commitment:
    """The commitment of the address, for whoever sees its spending."""
    rows = queries.spendable_by(me(request)).select_related("fund__street").distinct()
    row: Commitment = get_object_or_404(rows, pk=pk)
    return row


def may_enter(actor: Actor, commitment: Commitment) -> bool:
    """May ``actor`` enter spending of it."""
    try:
        spender_for(commitment, actor)
    except NotAllowed:
        return False
    return commitment.state == CommitmentState.OPEN


@permission(sees_spending)
@require_safe
def of_commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one commitment spends: line by line, and every expenditure."""
    row, actor = found_commitment(request, pk), me(request)
    context = {
        "commitment": row,
        "spending": queries.spending_of(row),
        "expenditures": queries.expenditures_of(row)[:200],
        "spenders": row.spenders.select_related("organization", "place"),
        "closes": row.closes.all(),
        "may_enter": may_enter(actor, row),
        "may_set": checks_spending(actor, row) and row.state == CommitmentState.OPEN,
        "may_read": queries.commitments_visible_to(actor).filter(pk=row.pk).exists(),
    }
    return render(request, "ledger/commitment_spending.html", context)


@permission(enters_pages)
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter an expenditure."""
    row, actor = found_commitment(request, pk), me(request)
    spender_for(row, actor)
    return act(
        request,
        ExpenditureForm(request.POST or None, commitment=row),
        lambda data: page_of(services.draft_expenditure(row, actor=actor, **data)),
        back=reverse("ledger:commitment_spending", args=[row.pk]),
        done=_("Entered. Now add the invoice and the papers, then hand it in."),
        title=_("Enter an expenditure"),
        lead=row.title,
        press=_("Go on to the invoice"),
        crumb=row.number,
        draft=f"expenditure-{row.pk}",
    )


def page_of(row: Expenditure) -> str:
    """Its address."""
    return reverse("ledger:expenditure", args=[row.pk])


def found(request: HttpRequest, pk: UUID) -> Expenditure:
    """The expenditure of the address, for whoever sees it."""
    rows = queries.expenditures_visible_to(me(request))
    row: Expenditure = get_object_or_404(rows.select_related("commitment__fund__street", "spender", "line"), pk=pk)
    return row


@permission(sees_spending)
@require_safe
def expenditure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One expenditure: papers as a checklist, invoices with what was read, what is noticed, the next step."""
    row, actor = found(request, pk), me(request)
    is_editable = row.state in EDITABLE and enters_spending(actor, row)
    shares = list(row.shares.select_related("voucher").prefetch_related("voucher__reds"))
    fees = list(row.fees.all())
    context = {
        "expenditure": row,
        "asked": _asked(row, shares, fees),
        "invoices": [{"share": one, "differs": differences_of(one.voucher)} for one in shares],
        "tiles": photos.grid(ref_of(row), actor=actor),
        "fees": fees,
        "may_see_fees": keeps_pages(actor, row),
        "fee_total": sum(fee.due for fee in fees),
        "findings": queries.findings_of(row, on=timezone.localdate()) if row.state not in ("approved", "paid") else [],
        "may_edit": is_editable,
        "may_take_back": enters_spending(actor, row) or keeps_pages(actor, row),
        "verbs": [one.name for one in EXPENDITURES.offered(actor, row)],
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "ledger/expenditure.html", context)


def _asked(row: Expenditure, shares: list[Any], fees: list[Any]) -> list[dict[str, Any]]:
    """Every paper its kind asks for, with the files that are there; papers that were added besides."""
    there: dict[str, list[Any]] = {}
    for one in row.papers.all():
        there.setdefault(one.paper, []).append(one)
    kind = queries.expense_kinds().get(row.kind)
    asked = kind.required(row.amount) if kind else []
    more = [queries.papers()[code] for code in there if code not in {one.code for one in asked}]
    return [
        {
            "paper": paper,
            "files": there.get(paper.code, []),
            "done": bool(there.get(paper.code))
            or (paper.code == "invoice" and shares)
            or (paper.code == "labour" and fees),
        }
        for paper in [*asked, *more]
    ]


@permission(enters_pages)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what was typed."""
    row = found(request, pk)
    form = ChangeExpenditureForm(request.POST or None, commitment=row.commitment, instance=row)
    return act(
        request,
        form,
        lambda _data: services.change_expenditure(row, actor=me(request), seen=form.seen, **form.columns()),
        back=page_of(row),
        done=_("The expenditure is changed."),
        title=_("Change the expenditure"),
        press=_("Save"),
        crumb=row.number,
    )

"""Doors of commitments and payments: the lists, one commitment, its plan, its payments, its release."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.ledger import queries, services
from linli.apps.ledger.forms import AdjustForm, MetForm, PaymentForm, PlanForm, ReasonForm
from linli.apps.ledger.models import Commitment, CommitmentState, Instalment, Payment
from linli.apps.ledger.permissions import commits, keeps_pages, reads_ledger
from linli.apps.ledger.services.keeping import require
from linli.apps.ledger.tables import PAYMENTS
from linli.kernel.audit import timeline
from linli.kernel.contributions import held, page_parts
from linli.kernel.money import format_yuan
from linli.kernel.refs import ref_of, resolve
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import act, me, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("number", _("Number of the commitment"), sort="number"),
    Column("title", _("What it is for")),
    Column("bearer", _("Carried out by")),
    Column("committed_on", _("Promised on"), sort="committed_on"),
    Column("amount", _("Amount"), numeric=True),
    Column("paid", _("Paid by the treasury"), numeric=True),
    Column("state", _("State"), sort="state"),
)
PAYMENT_COLUMNS = (
    Column("receipt", _("Number of the treasury's receipt")),
    Column("for", _("What it is for")),
    Column("paid_on", _("Paid on"), sort="paid_on"),
    Column("amount", _("Amount"), numeric=True),
)


def _funds(actor: Actor, lookup: str = "fund") -> Filter:
    rows = queries.visible_to(actor).order_by("-year", "name")[:40]
    return Filter("fund", _("Fund"), [(row.pk, str(row)) for row in rows], lookup)


@permission(reads_ledger)
@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    """What is promised out of the funds I see."""
    actor = me(request)
    rows = queries.with_paid(queries.commitments_visible_to(actor))
    filters = (_funds(actor), Filter("state", _("State"), CommitmentState.choices))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-committed_on")
    return render(request, "ledger/commitments.html", {"page": page})


@permission(reads_ledger)
@require_safe
def payments(request: HttpRequest) -> HttpResponse:
    """What the treasury paid, as its receipts say; those struck out stay with their reason."""
    actor = me(request)
    rows = queries.payments_visible_to(actor).select_related("instalment__commitment")
    filters = (_funds(actor, "instalment__commitment__fund"),)
    page = ListPage(request, rows, columns=PAYMENT_COLUMNS, filters=filters, first_sort="-paid_on")
    context = {"page": page, "may_keep": keeps_pages(actor, None), "sheet": PAYMENTS.name}
    return render(request, "ledger/payments.html", context)


def _found(request: HttpRequest, pk: UUID, may: Any = None) -> Commitment:
    actor = me(request)
    rows = queries.with_paid(queries.commitments_visible_to(actor)).select_related("fund__street", "quota__place")
    row: Commitment = get_object_or_404(rows, pk=pk)
    if may is not None:
        require(may, actor, row)
    return row


@permission(reads_ledger)
@require_safe
def commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One commitment: what for, on what grounds, its budget, its instalments with what was paid of each."""
    row, actor = _found(request, pk), me(request)
    parts = queries.instalments_of(row)
    receipts = Payment.objects.filter(instalment__commitment=row)
    for part in parts:
        part.receipts = [one for one in receipts if one.instalment_id == part.pk]
    named = resolve([row.subject, row.grounds], actor=actor)
    is_open = row.state == CommitmentState.OPEN
    context = {
        "commitment": row,
        "instalments": parts,
        "lines": row.lines.all(),
        "subject": named.get(row.subject),
        "grounds": named.get(row.grounds),
        "held": held(row.subject, row.grounds) if is_open else [],
        "parts": page_parts("ledger.commitment", actor=actor, record=row),
        "may_plan": is_open and commits(actor, row) and not receipts,
        "may_release": is_open and commits(actor, row),
        "may_pay": keeps_pages(actor, row),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "ledger/commitment.html", context)


def _page(row: Commitment) -> str:
    return reverse("ledger:commitment", args=[row.pk])


@permission(reads_ledger)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Share a commitment out over instalments."""
    row = _found(request, pk, commits)
    now = "\n".join(f"{part.share.normalize():f} {part.condition}" for part in queries.instalments_of(row))
    return act(
        request,
        PlanForm(request.POST or None, initial={"parts": now}),
        lambda data: services.plan_instalments(row, actor=me(request), **data) and None,
        back=_page(row),
        done=_("The instalments are planned."),
        title=_("Plan the instalments"),
        lead=_("No rule gives the shares: choose them. The amounts sum to the commitment to the fen."),
        press=_("Plan the instalments"),
        crumb=row.number,
    )


@permission(reads_ledger)
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give back what is left of a commitment."""
    row = _found(request, pk, commits)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.release(row, actor=me(request), **data) and None,
        back=_page(row),
        done=_("What was not paid is back in the fund."),
        title=_("Release the commitment"),
        lead=_("What was not paid goes back into the fund. This is not undone."),
        press=_("Release"),
        danger=True,
        crumb=row.number,
    )


def _instalment(request: HttpRequest, pk: UUID, may: Any) -> Instalment:
    actor = me(request)
    seen = queries.commitments_visible_to(actor).order_by().values("pk")
    rows = Instalment.objects.select_related("commitment__fund__street").filter(commitment__in=seen)
    row: Instalment = get_object_or_404(rows, pk=pk)
    require(may, actor, row)
    return row


@permission(reads_ledger)
def met(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm that the condition of an instalment is met."""
    row = _instalment(request, pk, commits)
    return act(
        request,
        MetForm(request.POST or None),
        lambda data: services.mark_met(row, actor=me(request), **data),
        back=_page(row.commitment),
        done=_("The condition is met; the payment can be applied for."),
        title=_("The condition is met"),
        lead=row.condition,
        press=_("Confirm"),
        crumb=row.commitment.number,
    )


@permission(keeps_pages)
def pay(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter what the treasury paid of an instalment."""
    row = _instalment(request, pk, keeps_pages)
    return act(
        request,
        PaymentForm(request.POST or None),
        lambda data: services.record_payment(row, actor=me(request), **data) and None,
        back=_page(row.commitment),
        done=_("The payment is entered."),
        title=_("Enter a payment"),
        lead=_("The treasury pays, not Linli: enter what its receipt says."),
        press=_("Enter the payment"),
        crumb=row.commitment.number,
    )


@permission(keeps_pages)
def refund(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter money of a payment that came back."""
    row = _payment(request, pk)
    left = row.amount + queries.refunded(row)
    return act(
        request,
        PaymentForm(request.POST or None, initial={"amount": left}),
        lambda data: services.record_refund(row, actor=me(request), **data) and None,
        back=_page(row.instalment.commitment),
        done=_("The money that came back is entered."),
        title=_("Enter money that came back"),
        lead=_("The receipt says what came back to the treasury; of this payment at most %(left)s.")
        % {"left": format_yuan(left)},
        press=_("Enter it"),
        crumb=row.instalment.commitment.number,
    )


def _payment(request: HttpRequest, pk: UUID) -> Payment:
    actor = me(request)
    rows = queries.payments_visible_to(actor).select_related("instalment__commitment__fund")
    row: Payment = get_object_or_404(rows, pk=pk)
    require(keeps_pages, actor, row)
    return row


@permission(reads_ledger)
def adjust(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is promised, on a paper."""
    row = _found(request, pk, commits)
    form = AdjustForm(request.POST or None, initial={"amount": row.amount}, lines=list(row.lines.all()))
    return act(
        request,
        form,
        lambda data: services.adjust(
            row, amount=data["amount"], grounds=row.grounds, reason=data["reason"], lines=data.get("lines") or (),
            actor=me(request),
        ),
        back=_page(row),
        done=_("The amount is changed; the instalments follow it by their shares."),
        title=_("Change the amount"),
        lead=_("What a decision gave is changed by another decision; here only what a paper says of this commitment."),
        press=_("Change the amount"),
        crumb=row.number,
    )  # fmt: skip


@permission(keeps_pages)
def strike(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Strike out a payment that was entered wrongly."""
    row = _payment(request, pk)
    return act(
        request,
        ReasonForm(request.POST or None),
        lambda data: services.strike_out(row, actor=me(request), **data),
        back=_page(row.instalment.commitment),
        done=_("The payment is struck out; its receipt may be entered again."),
        title=_("Strike out a payment"),
        lead=_("It no longer counts, but stays on the page with the reason."),
        press=_("Strike out"),
        danger=True,
        crumb=row.instalment.commitment.number,
    )

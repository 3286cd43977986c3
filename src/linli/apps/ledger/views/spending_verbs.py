"""Doors of the steps of an expenditure: hand in, check, approve, send back, pay; terms and the end of a year."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger import services
from linli.apps.ledger.forms import ReasonForm
from linli.apps.ledger.forms.spending import ExplainForm, NoteForm, PaidForm, TermsForm, YearForm
from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.permissions import checks_spending, sees_spending
from linli.apps.ledger.services.expenditure import change_expenditure
from linli.apps.ledger.services.keeping import require
from linli.apps.ledger.views.spending import TYPED, found, found_commitment, page_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import act, me


def _submit(row: Expenditure, *, actor: Actor, explanation: str) -> None:
    if explanation.strip() != row.explanation:
        typed = {name: getattr(row, name) for name in TYPED if name != "explanation"}
        change_expenditure(row, actor=actor, explanation=explanation, **typed)
    services.submit(row, actor=actor)


@dataclass(frozen=True)
class Step:
    """One verb as a page: its form, what it does, its words."""

    form: type[forms.Form]
    do: Callable[..., Any]
    title: Any
    done: Any
    lead: Any = ""
    danger: bool = False


STEPS = {
    "submit": Step(
        ExplainForm, _submit, _("Hand in"), _("Handed in. You read here what becomes of it."),
        _("The street checks it, then somebody else approves it. Until it is sent back it is not changed."),
    ),
    "check": Step(
        NoteForm, services.check, _("Checked: in order"), _("Checked; it waits for approval."),
        _("Papers and sums are in order. Whether an invoice is real, only the tax platform says."),
    ),
    "approve": Step(
        forms.Form, services.approve, _("Approve"), _("Approved; it waits for the payment."),
        _("The money is to be paid. Whoever entered or checked it does not approve it."),
    ),
    "back": Step(
        ReasonForm, services.send_back, _("Send back"), _("Sent back."), _("Say what must be put right."), danger=True
    ),
    "paid": Step(
        PaidForm, services.record_paid, _("Enter the payment"), _("The payment is entered."),
        _("The treasury or the bank pays, not Linli: enter what the receipt says."),
    ),
    "unpaid": Step(
        ReasonForm, services.strike_out_paid, _("Strike out the payment"), _("It is to be paid again."),
        _("The receipt was entered wrongly. It stays in the record with the reason."), danger=True,
    ),
    "drop": Step(
        forms.Form, services.drop_expenditure, _("Take the expenditure back"), _("The expenditure is taken back."),
        _("It is deleted with its papers; its invoices may be entered again."), danger=True,
    ),
}  # fmt: skip


@permission(sees_spending)
def step(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One step of an expenditure; who may take it, and when, its lifecycle says."""
    if verb not in STEPS:
        raise Http404
    row, one = found(request, pk), STEPS[verb]
    initial = {"explanation": row.explanation}
    form = one.form(request.POST if request.method == "POST" else None, initial=initial)
    gone = reverse("ledger:commitment_spending", args=[row.commitment_id])

    def do(data: dict[str, Any]) -> str | None:
        one.do(row, actor=me(request), **data)
        return gone if verb == "drop" else None

    return act(
        request,
        form,
        do,
        back=page_of(row),
        done=one.done,
        title=one.title,
        lead=one.lead,
        press=one.title,
        danger=one.danger,
        crumb=row.number,
    )


@permission(sees_spending)
def terms(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How a commitment is spent, and who enters its spending."""
    row = found_commitment(request, pk)
    require(checks_spending, me(request), row)
    initial = {"mode": row.mode, "begins_on": row.begins_on, "ends_on": row.ends_on}

    def do(data: dict[str, Any]) -> None:
        organizations = data.pop("organization")
        services.set_terms(row, spenders=organizations, actor=me(request), **data)

    return act(
        request,
        TermsForm(request.POST or None, initial=initial),
        do,
        back=reverse("ledger:commitment_spending", args=[row.pk]),
        done=_("The terms are set."),
        title=_("How it is spent"),
        lead=_("A signed agreement sets this by itself. Here it is entered where there is none."),
        press=_("Save"),
        crumb=row.number,
    )


@permission(sees_spending)
def close_year(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide about what is left at the end of a year."""
    row = found_commitment(request, pk)
    require(checks_spending, me(request), row)
    return act(
        request,
        YearForm(request.POST or None, initial={"year": row.fund.year or timezone.localdate().year}),
        lambda data: services.close_year(row, actor=me(request), **data) and None,
        back=reverse("ledger:commitment_spending", args=[row.pk]),
        done=_("The balance of the year is decided."),
        title=_("Balance of the year"),
        lead=_("Carried over, it may be spent next year; given back, it goes into the fund and cannot be spent here."),
        press=_("Enter the decision"),
        crumb=row.number,
    )

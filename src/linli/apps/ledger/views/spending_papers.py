"""Doors of what goes with an expenditure: invoices, papers, the list of fees."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from linli.apps.ledger import queries, services
from linli.apps.ledger.forms.spending import FeeForm, InvoiceFileForm, InvoiceForm, PaperFileForm, RedForm, SplitForm
from linli.apps.ledger.models import Expenditure, ExpenditurePaper, LabourFee, VoucherShare
from linli.apps.ledger.permissions import enters_pages, sees_spending
from linli.apps.ledger.queries.einvoice import Reading
from linli.apps.ledger.services.expenditure import require_editable
from linli.apps.ledger.services.invoices import read_off
from linli.apps.ledger.views.spending import found, page_of
from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile
from linli.kernel.money import format_yuan
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, explain, me, press


@permission(enters_pages)
def invoice_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Photograph an invoice, or choose its file; what it says is filled in on the next page."""
    row = found(request, pk)

    def do(data: dict[str, Any]) -> str:
        stored = services.take_in_invoice(row, upload=data["file"], actor=me(request))
        return f"{reverse('ledger:invoice', args=[row.pk])}?{urlencode({'file': str(stored.pk)})}"

    return act(
        request,
        InvoiceFileForm(request.POST or None, request.FILES or None),
        do,
        back=page_of(row),
        done=_("The file is there. Look at what was read off it."),
        title=_("Add an invoice"),
        lead=_("Nothing at hand? An invoice can be typed without a file too; the file then follows as a paper."),
        press=_("Read it"),
        crumb=row.number,
    )


def _stored(request: HttpRequest, row: Expenditure) -> StoredFile | None:
    """The file that was taken in a moment ago, if it belongs to this expenditure."""
    try:
        key = UUID(request.GET.get("file", ""))
    except ValueError:
        return None
    return files.files_of(ref_of(row)).filter(pk=key).first()


def _first(reading: Reading, row: Expenditure) -> dict[str, Any]:
    """What the form begins with: what was read, else what was typed of the expenditure."""
    return {
        "number": reading.number, "code": reading.code, "amount": reading.amount or reading.net or row.amount,
        "issued_on": reading.issued_on or row.spent_on, "buyer": reading.buyer, "seller": reading.seller or row.payee,
        "items": reading.items,
    }  # fmt: skip


@permission(enters_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def invoice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look at what was read off, put it right, enter it; an invoice that stands already is told at once."""
    row, actor = found(request, pk), me(request)
    require_editable(row, actor)
    stored = _stored(request, row)
    reading = read_off(stored) if stored else Reading()
    form = InvoiceForm(request.POST or None, initial=_first(reading, row))
    if request.method == "POST" and form.is_valid():
        try:
            services.attach_voucher(row, stored=stored, actor=actor, **form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return press(request, lambda: None, back=page_of(row), done=_("The invoice is entered."))
    context = {
        "expenditure": row,
        "form": form,
        "stored": stored,
        "is_picture": bool(stored and stored.content_type.startswith("image/")),
        "reading": reading,
        "alike": _alike(reading, stored, actor) if request.method != "POST" else [],
    }
    return render(request, "ledger/invoice.html", context, status=422 if form.errors else 200)


def _alike(reading: Reading, stored: StoredFile | None, actor: Any) -> list[str]:
    """Where this invoice stands already, before anything is typed."""
    try:
        keys = [queries.key_of(reading.number, code=reading.code)] if reading.number else []
    except Refusal:
        keys = []
    return [one.sentence for one in queries.vouchers_alike(keys, [stored.sha256] if stored else [], actor=actor)]


def _share(request: HttpRequest, pk: UUID) -> VoucherShare:
    seen = queries.expenditures_visible_to(me(request)).order_by().values("pk")
    rows = VoucherShare.objects.filter(expenditure__in=seen).select_related("voucher", "expenditure__commitment__fund")
    row: VoucherShare = get_object_or_404(rows, pk=pk)
    return row


@permission(enters_pages)
@require_POST
def detach(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an invoice off."""
    row = _share(request, pk)
    return press(
        request,
        lambda: services.detach_voucher(row, actor=me(request)),
        back=page_of(row.expenditure),
        done=_("The invoice is taken off."),
    )


@permission(enters_pages)
def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Share an invoice out over several expenditures."""
    row, actor = _share(request, pk), me(request)
    now = row.voucher.shares.select_related("expenditure__commitment")
    first = "\n".join(f"{one.expenditure.number} {one.amount}" for one in now)
    known = queries.expenditures_visible_to(actor).select_related("commitment__fund", "spender")[:2000]
    told = {"invoice": str(row.voucher), "worth": format_yuan(queries.worth_of(row.voucher))}
    return act(
        request,
        SplitForm(request.POST or None, known=known, initial={"shares": first, "elsewhere": row.voucher.elsewhere}),
        lambda data: services.split_voucher(row.voucher, actor=actor, **data),
        back=page_of(row.expenditure),
        done=_("The invoice is shared out."),
        title=_("Share the invoice out"),
        lead=_("The invoice %(invoice)s is worth %(worth)s. The shares sum to it to the fen.") % told,
        press=_("Share out"),
        crumb=row.expenditure.number,
    )


@permission(sees_spending)
def take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter a red-letter invoice."""
    row = _share(request, pk)
    return act(
        request,
        RedForm(request.POST or None, initial={"amount": queries.worth_of(row.voucher)}),
        lambda data: (
            services.take_back_voucher(row.voucher, expenditure=row.expenditure, actor=me(request), **data) and None
        ),
        back=page_of(row.expenditure),
        done=_("The red-letter invoice is entered."),
        title=_("Enter a red-letter invoice"),
        lead=_("It takes the invoice %(invoice)s back, wholly or in part.") % {"invoice": str(row.voucher)},
        press=_("Enter it"),
        crumb=row.expenditure.number,
    )


@permission(enters_pages)
def paper(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Add one of the papers."""
    row, title = found(request, pk), queries.papers()[code].title if code in queries.papers() else code
    return act(
        request,
        PaperFileForm(request.POST or None, request.FILES or None),
        lambda data: services.attach_paper(row, paper=code, actor=me(request), **data) and None,
        back=page_of(row),
        done=_("The paper is there."),
        title=title,
        lead=row.purpose,
        press=_("Upload"),
        crumb=row.number,
    )


@permission(enters_pages)
@require_POST
def remove_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a paper off."""
    seen = queries.expenditures_visible_to(me(request)).order_by().values("pk")
    rows = ExpenditurePaper.objects.filter(expenditure__in=seen).select_related("expenditure__commitment__fund")
    row: ExpenditurePaper = get_object_or_404(rows, pk=pk)
    return press(
        request,
        lambda: services.remove_paper(row, actor=me(request)),
        back=page_of(row.expenditure),
        done=_("The paper is taken off."),
    )


@permission(enters_pages)
def fee(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Add a line to the list of fees."""
    row = found(request, pk)
    return act(
        request,
        FeeForm(request.POST or None),
        lambda data: services.add_fee(row, actor=me(request), **data) and None,
        back=page_of(row),
        done=_("The line is added."),
        title=_("Add a fee"),
        lead=_("Names, documents and accounts are sealed; only the finance officer opens the list."),
        press=_("Add"),
        crumb=row.number,
    )


@permission(enters_pages)
@require_POST
def remove_fee(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a line off the list of fees."""
    seen = queries.expenditures_visible_to(me(request)).order_by().values("pk")
    rows = LabourFee.objects.filter(expenditure__in=seen).select_related("expenditure__commitment__fund")
    row: LabourFee = get_object_or_404(rows, pk=pk)
    return press(
        request,
        lambda: services.remove_fee(row, actor=me(request)),
        back=page_of(row.expenditure),
        done=_("The line is taken off."),
    )

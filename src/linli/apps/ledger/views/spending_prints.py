"""Doors of the papers of spending: approval form, application, final account, registers, the list of fees."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.apps.ledger import queries, services
from linli.apps.ledger.forms import ReasonForm
from linli.apps.ledger.models import Instalment
from linli.apps.ledger.permissions import keeps_pages, reads_ledger, sees_spending
from linli.apps.ledger.tables import papers
from linli.apps.ledger.views.spending import found, found_commitment, page_of
from linli.kernel.documents import Paper, print_paper
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, act, explain, me, paper, workbook


def _printed(described: Paper, name: str) -> HttpResponseBase:
    return paper(print_paper(described), f"{name}.pdf", PDF)


def _either(form: str, pdf: Callable[[], HttpResponseBase], xlsx: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """One of the two forms a paper has. Raises Http404 for any other."""
    if form not in ("pdf", "xlsx"):
        raise Http404
    return pdf() if form == "pdf" else xlsx()


@permission(sees_spending)
@require_safe
def approval_form(request: HttpRequest, pk: UUID, form: str) -> HttpResponseBase:
    """17 经费支出（报账）审批单."""
    row = found(request, pk)
    name = f"经费支出审批单-{row.number}"
    return _either(
        form,
        lambda: _printed(papers.approval_form(row), name),
        lambda: workbook(name, ("项目", "内容"), papers.approval_rows(row)),
    )


@permission(reads_ledger)
@require_safe
def application(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """18 拨付申请表."""
    seen = queries.commitments_visible_to(me(request)).order_by().values("pk")
    rows = Instalment.objects.select_related("commitment__fund__street").filter(commitment__in=seen)
    part: Instalment = get_object_or_404(rows, pk=pk)
    return _printed(papers.application(part), f"拨付申请表-{part.commitment.number}-{part.number}")


@permission(sees_spending)
@require_safe
def account(request: HttpRequest, pk: UUID, form: str) -> HttpResponseBase:
    """25 经费决算表."""
    row = found_commitment(request, pk)
    name = f"经费决算表-{row.number}"

    def table() -> HttpResponseBase:
        lines, total = papers.account_rows(row)
        return workbook(name, papers.ACCOUNT, [*lines, total])

    return _either(form, lambda: _printed(papers.account(row), name), table)


@permission(sees_spending)
@require_safe
def commitment_register(request: HttpRequest, pk: UUID, form: str) -> HttpResponseBase:
    """The register of what one commitment spends."""
    row = found_commitment(request, pk)
    name = f"经费支出登记表-{row.number}"
    return _either(
        form,
        lambda: _printed(papers.register(row), name),
        lambda: workbook(name, papers.REGISTER, papers.register_rows(row.expenditures.all())),
    )


@permission(sees_spending)
@require_safe
def register(request: HttpRequest, form: str) -> HttpResponseBase:
    """Everything I see that was spent, as a workbook."""
    return _table(
        form, "经费支出登记表", papers.REGISTER, papers.register_rows, queries.expenditures_visible_to(me(request))
    )


@permission(sees_spending)
@require_safe
def vouchers(request: HttpRequest, form: str) -> HttpResponseBase:
    """Every invoice I see, as a workbook: a row a share."""
    return _table(form, "票据登记表", papers.INVOICES, papers.invoice_rows, queries.vouchers_visible_to(me(request)))


def _table(form: str, name: str, headings: tuple[str, ...], rows: Callable[[Any], Any], seen: Any) -> HttpResponseBase:
    if form != "xlsx":
        raise Http404
    return workbook(name, headings, rows(seen))


@permission(keeps_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def fees(request: HttpRequest, pk: UUID) -> HttpResponse | HttpResponseBase:
    """12 劳务费发放表 in full, for a reason that stays on record."""
    row = found(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_fees(row, reason=form.cleaned_data["reason"], actor=me(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return _printed(papers.fee_list(row, opened), f"劳务费发放表-{row.number}")
    return act(
        request,
        form,
        lambda _data: None,
        back=page_of(row),
        done="",
        title=_("Open the list for payment"),
        lead=_("Names, documents and accounts are shown in full. Who opened it, and why, stays on record."),
        press=_("Open the list for payment"),
        crumb=row.number,
    )

"""Tickets on the desk: the list, one ticket with what the platform wants copied, what is asked of the hotline."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms.tickets import AgainForm, CopyForm, DecisionForm, RequestForm
from linli.apps.needs.models import NeedState, System, Ticket, TicketRequest
from linli.apps.needs.permissions import handles_pages, import_pages, reads_needs
from linli.apps.needs.tables.cells import shown_moment
from linli.apps.needs.tables.ledger import HEADINGS, YES_NO, ledger_rows
from linli.apps.needs.tables.requests import request_paper
from linli.kernel import documents
from linli.kernel.files import files_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import DOCX, PDF, act, me, paper, workbook
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("number", _("Ticket number")),
    Column("matter", _("Matter")),
    Column("place", _("Place")),
    Column("state", _("State")),
    Column("due", _("Due")),
    Column("call_back", _("Call-back of 12345")),
)
CASE_COLUMNS = (
    Column("number", _("Case number")), *COLUMNS[1:5], Column("stage", _("State in the grid system")),
)  # fmt: skip
TAKEN_AT_ONCE = 5_000
"""Rows of one download; a street's year is shorter."""


def _waiting(rows: Any, value: str) -> Any:
    return rows.filter(waits=True) if value == "1" else rows.filter(need__answered_at__isnull=False, replied_at=None)


FILTERS = (
    Filter("state", _("State"), NeedState.choices, lookup="need__state"),
    Filter(
        "waits",
        _("Waits for"),
        (("1", _("A word on opening again")), ("2", _("Its answer on the platform"))),
        narrow=_waiting,
    ),
)
CASE_FILTERS = (
    FILTERS[0],
    Filter("waits", _("Waits for"), (("2", _("Its answer in the grid system")),), narrow=_waiting),
)


def _found(request: HttpRequest, pk: UUID) -> Ticket:
    ticket: Ticket = get_object_or_404(queries.tickets_visible_to(me(request)), pk=pk)
    return ticket


@permission(reads_needs)
@require_safe
def tickets(request: HttpRequest) -> HttpResponse:
    """The tickets of 12345 within reach, newest first."""
    actor = me(request)
    rows = queries.tickets_visible_to(actor, System.HOTLINE)
    page = ListPage(request, rows, columns=COLUMNS, filters=FILTERS)
    context = {"page": page, "imports": import_pages(actor, None), "now": timezone.now()}
    return render(request, "needs/tickets.html", context)


@permission(reads_needs)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of the grid system within reach, newest first."""
    actor = me(request)
    rows = queries.tickets_visible_to(actor, System.GRID)
    page = ListPage(request, rows, columns=CASE_COLUMNS, filters=CASE_FILTERS)
    context = {"page": page, "imports": import_pages(actor, None), "now": timezone.now()}
    return render(request, "needs/cases.html", context)


@permission(reads_needs)
@require_safe
def ticket(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One ticket: what the export says, the answer field by field, what was asked of the hotline."""
    row = _found(request, pk)
    answer = queries.last_answers([row.need_id]).get(row.need_id)
    requests = [(one, list(files_of(ref_of(one)))) for one in row.requests.order_by("asked_at")]
    context = {
        "ticket": row,
        "need": row.need,
        "answer": answer,
        "requests": requests,
        "copies": CopyForm(fields=_fields(row, answer), auto_id="copy-%s"),
    }
    return render(request, "needs/ticket.html", context)


def _fields(row: Ticket, answer: Any) -> list[tuple[str, Any, str]]:
    """What the platform's form asks for, in its order: key, title, text to copy."""
    if answer is None:
        return []
    given = timezone.localtime(answer.given_at)
    texts = (
        ("number", _("Case number") if row.is_case else _("Ticket number"), row.number),
        ("answer", _("Answer"), answer.official or answer.text),
        ("outcome", _("What came of it"), str(answer.get_outcome_display())),
        ("given", _("Answered on"), f"{given:%Y-%m-%d %H:%M}"),
    )
    return [text for text in texts if text[2]]


def _answered(request: HttpRequest, system: str) -> Iterator[tuple[Ticket, list[str]]]:
    """Tickets whose system does not have our answer yet, with number, answer and moment."""
    rows = list(queries.answers_to_take(me(request), system)[:TAKEN_AT_ONCE])
    given = queries.last_answers([row.need_id for row in rows])
    for row in rows:
        one = given.get(row.need_id)
        if one is not None and one.given_at is not None:
            yield row, [row.number, one.official or one.text, shown_moment(one.given_at)]


@permission(import_pages)
@require_safe
def answers(request: HttpRequest) -> HttpResponseBase:
    """Answers the platform does not have yet, by ticket number."""
    lines = [cells for _row, cells in _answered(request, System.HOTLINE)]
    return workbook("12345答复内容", ("工单编号", "答复内容", "答复时间"), lines)


@permission(import_pages)
@require_safe
def case_answers(request: HttpRequest) -> HttpResponseBase:
    """What was done about cases the grid system has not closed yet, by case number."""
    lines = [[*cells, YES_NO[row.need.state == NeedState.CLOSED]] for row, cells in _answered(request, System.GRID)]
    return workbook("网格案件处置结果", ("案件编号", "处置结果", "处置时间", "结案"), lines)


@permission(import_pages)
@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """The ledger of tickets (paper 31) with the columns of the dispatch export."""
    found = queries.tickets_visible_to(me(request), System.HOTLINE).order_by("dispatched_at", "pk")
    rows = list(found[:TAKEN_AT_ONCE])
    given = queries.last_answers([row.need_id for row in rows])
    texts = {need: one.official or one.text for need, one in given.items()}
    return workbook("12345工单办理台账", HEADINGS, ledger_rows(rows, texts))


@permission(handles_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask that the ticket is returned or excluded."""
    row = _found(request, pk)

    def do(data: dict[str, Any]) -> None:
        evidence = [data.pop("evidence")] if data.get("evidence") else []
        data.pop("evidence", None)
        services.request_of_hotline(row, evidence=evidence, actor=me(request), **data)

    form = RequestForm(request.POST or None, request.FILES or None)
    return act(
        request, form, do, back=reverse("needs:ticket", args=[row.pk]), done=_("Noted. The form is ready to print."),
        title=_("Ask for return or exclusion"), press=_("Note the request"), crumb=row.number,
        lead=_("The hotline decides. Until then the ticket is handled like any other and its limit runs on."),
    )  # fmt: skip


def _request(request: HttpRequest, pk: UUID) -> TicketRequest:
    row: TicketRequest = get_object_or_404(queries.requests_visible_to(me(request)), pk=pk)
    return row


@permission(handles_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note what the hotline decided."""
    row = _request(request, pk)
    return act(
        request, DecisionForm(request.POST or None),
        lambda data: services.note_decision(
            row, granted=data["granted"] == "1", decision=data["decision"], actor=me(request)
        ),
        back=reverse("needs:ticket", args=[row.ticket_id]), done=_("Noted."), title=_("Decision of the hotline"),
        press=_("Note the decision"), crumb=row.ticket.number,
    )  # fmt: skip


@permission(handles_pages)
@require_safe
def request_pdf(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The request as a form (paper 32), to print."""
    sheet = request_paper(_request(request, pk))
    return paper(documents.print_paper(sheet), f"{sheet.name}.pdf", PDF)


@permission(handles_pages)
@require_safe
def request_docx(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The same form, to edit."""
    sheet = request_paper(_request(request, pk))
    return paper(documents.write_paper(sheet), f"{sheet.name}.docx", DOCX)


@permission(import_pages)
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A closed need whose call-back was not content: opened again, or left closed with a reason."""
    row = _found(request, pk)
    return act(
        request, AgainForm(request.POST or None),
        lambda data: services.settle_call_back(
            row, again=data["again"] == "1", reason=data["reason"], actor=me(request)
        ),
        back=reverse("needs:ticket", args=[row.pk]), done=_("Noted."), title=_("12345 called back: not content"),
        lead=_("The need was closed before the call-back. It is opened again only by a person."), press=_("Keep"),
        crumb=row.number,
    )  # fmt: skip

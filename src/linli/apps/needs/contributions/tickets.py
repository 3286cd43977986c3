"""What tickets add elsewhere: the names of what is done to them, their kinds, the menu, call-backs that wait."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.needs import queries
from linli.apps.needs.models import ColumnMapping, Ticket, TicketFile, TicketRequest
from linli.apps.needs.permissions import IMPORTERS, import_pages
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, Ref, ref_of, register
from linli.kernel.scope import Actor

NUMBER, FILE, REASON, KIND = (
    gettext_lazy("ticket number"), gettext_lazy("file"), gettext_lazy("reason"), gettext_lazy("kind"),
)  # fmt: skip
COUNTS = {
    "new": gettext_lazy("new"), "changed": gettext_lazy("changed"), "same": gettext_lazy("unchanged"),
    "bad": gettext_lazy("left out"),
}  # fmt: skip
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("ticket.take_in", gettext_lazy("took in a ticket of 12345"), {"number": NUMBER}),
    ("ticket.take_case", gettext_lazy("took in a case of the grid system"), {"number": NUMBER}),
    (
        "ticket.update", gettext_lazy("updated the ticket from an export"),
        {"number": NUMBER, "changed": gettext_lazy("changed")},
    ),
    (
        "ticket.call_back", gettext_lazy("took in a call-back of 12345"),
        {"number": NUMBER, "solved": gettext_lazy("solved"), "satisfied": gettext_lazy("satisfied")},
    ),
    (
        "ticket.settle", gettext_lazy("settled a call-back that was not content"),
        {"number": NUMBER, "reason": REASON},
    ),
    ("ticket.request", gettext_lazy("asked the hotline"), {"number": NUMBER, "kind": KIND, "reason": REASON}),
    (
        "ticket.decide", gettext_lazy("noted what the hotline decided"),
        {"number": NUMBER, "kind": KIND, "decision": gettext_lazy("decision")},
    ),
    ("ticket_file.upload", gettext_lazy("uploaded an export"), {"file": FILE}),
    ("ticket_file.tell", gettext_lazy("said what columns hold"), {"file": FILE, "name": gettext_lazy("name")}),
    ("ticket_file.take_over", gettext_lazy("took over an export"), {"file": FILE, **COUNTS}),
)  # fmt: skip


class OfTicket(Kind):
    """Rows with their need."""

    def rows(self) -> Any:
        return super().rows().select_related("need")


class RequestRows(Kind):
    """Requests with their ticket and its need."""

    def rows(self) -> Any:
        return super().rows().select_related("ticket__need")


def _ticket_page(row: Ticket) -> str:
    return reverse("needs:ticket", args=[row.pk])


def _request_street(row: TicketRequest) -> UUID:
    return row.ticket.street_id


def _tickets(rows: Any, actor: Any) -> Any:
    return rows.filter(need__in=queries.visible_to(actor).order_by().values("pk"))


def _files(rows: Any, actor: Any) -> Any:
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*IMPORTERS).places)


def _hidden_tickets(actor: Any) -> Any:
    hidden = queries.hidden_from(actor)
    return Ticket.objects.filter(need__in=hidden).order_by().values_list("pk", flat=True)


def _hidden_requests(actor: Any) -> Any:
    hidden = queries.hidden_from(actor)
    return TicketRequest.objects.filter(ticket__need__in=hidden).order_by().values_list("pk", flat=True)


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Closed needs whose call-back was not content: somebody says whether they are opened again. One query."""
    for row in queries.tickets_visible_to(actor).filter(waits=True, street__in=actor.reach(*IMPORTERS).places)[:100]:
        words, why = _("Say whether it is opened again"), _("12345 called back: not content")
        address = reverse("needs:ticket_again", args=[row.pk])
        quiet, title = bool(row.need.about_kind or row.need.sensitivity), f"{row.number} {row.need.title}"
        yield Task(ref_of(row), title, address, words, why=why, since=row.updated_at, quiet=quiet)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, not to a person: nothing moves."""
    return 0


def _pages() -> None:
    add(
        NavItem(
            "needs.tickets",
            gettext_lazy("12345 tickets"),
            "needs:tickets",
            import_pages,
            icon="file-text",
            section="needs",
            order=20,
        ),
        TaskSource("needs.call_backs", find_tasks, hand_over),
    )


def contribute() -> None:
    """Called once, when the house starts."""
    for name, title, words in ACTIONS:
        register_action(f"needs.{name}", title, words=words)
    register(
        OfTicket(
            "needs.ticket", Ticket, gettext_lazy("12345 ticket"),
            _tickets,
            address=_ticket_page, street=lambda row: row.street_id, hidden=_hidden_tickets,
        )
    )  # fmt: skip
    register(
        RequestRows(
            "needs.ticket_request", TicketRequest, gettext_lazy("Request to the hotline"),
            lambda rows, actor: rows.filter(pk__in=queries.requests_visible_to(actor).order_by().values("pk")),
            address=lambda row: _ticket_page(row.ticket), street=_request_street, hidden=_hidden_requests,
        )
    )  # fmt: skip
    register(
        Kind(
            "needs.ticket_file", TicketFile, gettext_lazy("Export of tickets"), _files,
            address=lambda row: reverse("needs:ticket_file", args=[row.pk]), street=lambda row: row.street_id,
        )
    )  # fmt: skip
    register(
        Kind(
            "needs.mapping", ColumnMapping, gettext_lazy("Columns of an export"), _files,
            street=lambda row: row.street_id,
        )
    )  # fmt: skip
    _pages()

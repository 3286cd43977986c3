"""What tickets add elsewhere: the names of what is done to them, and their kinds."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy

from linli.apps.needs import queries
from linli.apps.needs.models import ColumnMapping, Ticket, TicketFile, TicketRequest
from linli.apps.needs.permissions import IMPORTERS
from linli.kernel.audit import register_action
from linli.kernel.refs import Kind, register

NUMBER, FILE, REASON, KIND = (
    gettext_lazy("ticket number"), gettext_lazy("file"), gettext_lazy("reason"), gettext_lazy("kind"),
)  # fmt: skip
COUNTS = {
    "new": gettext_lazy("new"), "changed": gettext_lazy("changed"), "same": gettext_lazy("unchanged"),
    "bad": gettext_lazy("left out"),
}  # fmt: skip
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("ticket.take_in", gettext_lazy("took in a ticket of 12345"), {"number": NUMBER}),
    (
        "ticket.update", gettext_lazy("updated the ticket from an export"),
        {"number": NUMBER, "changed": gettext_lazy("changed")},
    ),
    (
        "ticket.call_back", gettext_lazy("took in a call-back of 12345"),
        {"number": NUMBER, "solved": gettext_lazy("solved"), "satisfied": gettext_lazy("satisfied")},
    ),
    (
        "ticket.leave_closed", gettext_lazy("left the need closed after a call-back"),
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


def contribute() -> None:
    """Called once, when the house starts."""
    for name, title, words in ACTIONS:
        register_action(f"needs.{name}", title, words=words)
    register(
        OfTicket(
            "needs.ticket", Ticket, gettext_lazy("12345 ticket"),
            _tickets,
            street=lambda row: row.street_id, hidden=_hidden_tickets,
        )
    )  # fmt: skip
    register(
        RequestRows(
            "needs.ticket_request", TicketRequest, gettext_lazy("Request to the hotline"),
            lambda rows, actor: rows.filter(pk__in=queries.requests_visible_to(actor).order_by().values("pk")),
            street=_request_street, hidden=_hidden_requests,
        )
    )  # fmt: skip
    register(
        Kind(
            "needs.ticket_file", TicketFile, gettext_lazy("Export of tickets"), _files,
            street=lambda row: row.street_id,
        )
    )  # fmt: skip
    register(
        Kind(
            "needs.mapping", ColumnMapping, gettext_lazy("Columns of an export"), _files,
            street=lambda row: row.street_id,
        )
    )  # fmt: skip

"""Returns and exclusions: asked of the hotline with reason and evidence, decided there, noted here."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import RequestKind, RequestReason, RequestState, Ticket, TicketRequest
from linli.apps.needs.permissions import handles
from linli.apps.needs.services.keeping import require, said, who
from linli.kernel import files as stored
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def request_of_hotline(
    ticket: Ticket, *, kind: str, ground: str, reason: str, actor: Actor | None, evidence: Sequence[IO[bytes]] = (),
    at: datetime | None = None,
) -> TicketRequest:  # fmt: skip
    """Ask that a ticket is returned or excluded.

    Raises NotAllowed, Refusal (no reason, a case of the grid system), Conflict (asked already).
    """
    require(handles, actor, ticket.need)
    if ticket.is_case:
        raise Refusal(_("This is a case of the grid system; the hotline decides nothing about it."), code="no-ticket")
    text = said(reason, "reason", _("Say why."), most=2000)
    if (kind == RequestKind.RETURN and ticket.returned) or (kind == RequestKind.EXCLUDE and ticket.excluded):
        raise Conflict(_("The platform says that this was granted already."))
    row = TicketRequest(
        ticket=ticket, kind=RequestKind(kind), ground=RequestReason(ground), reason=text,
        asked_at=at or timezone.now(), asked_by=who(actor),
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            facts = {"number": ticket.number, "kind": row.get_kind_display(), "reason": text}
            record("needs.ticket.request", ticket.need, actor=actor, facts=facts, at=row.asked_at)
    except IntegrityError:
        raise Conflict(_("This was asked already; the answer of the hotline is awaited.")) from None
    for upload in evidence:
        stored.keep(upload, accept=stored.PAPERS, owner=ref_of(row), actor=actor, at=at)
    return row


def note_decision(
    row: TicketRequest, *, granted: bool, decision: str = "", actor: Actor | None, at: datetime | None = None
) -> TicketRequest:
    """Note what the hotline decided; a granted one marks the ticket. Raises Conflict, NotAllowed."""
    ticket = row.ticket
    require(handles, actor, ticket.need)
    moment = at or timezone.now()
    if moment < row.asked_at:
        raise Refusal(_("It was asked later than this."), field="at")
    ended: dict[str, Any] = {
        "state": RequestState.GRANTED if granted else RequestState.REFUSED, "decided_at": moment,
        "decision": decision.strip()[:300],
    }  # fmt: skip
    with transaction.atomic():
        if not TicketRequest.objects.filter(pk=row.pk, state=RequestState.ASKED).update(**ended):
            raise Conflict(_("Somebody else has noted the decision just now."))
        if granted:
            mark = {"returned": True} if row.kind == RequestKind.RETURN else {"excluded": True}
            Ticket.objects.filter(pk=ticket.pk).update(**mark)
        row.refresh_from_db()
        facts = {"number": ticket.number, "kind": row.get_kind_display(), "decision": row.get_state_display()}
        record("needs.ticket.decide", ticket.need, actor=actor, facts=facts, at=moment)
    return row


def grant_by_export(ticket: Ticket, *, at: datetime) -> int:
    """The platform's export says returned or excluded: what was asked is granted. How many."""
    kinds = [
        kind for kind, is_so in ((RequestKind.RETURN, ticket.returned), (RequestKind.EXCLUDE, ticket.excluded)) if is_so
    ]
    waiting = TicketRequest.objects.filter(ticket=ticket, kind__in=kinds, state=RequestState.ASKED, asked_at__lte=at)
    return waiting.update(state=RequestState.GRANTED, decided_at=at) if kinds else 0

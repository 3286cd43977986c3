"""My notices; the outbox for the system administrator."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel import notices
from linli.kernel.notices.contributions import visible_to
from linli.kernel.notices.models import Delivery, DeliveryState, Notice
from linli.kernel.refs import Ref, Resolved, resolve
from linli.kernel.scope import Actor, Role, holds, holds_everywhere, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.context import works_here
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.pages.notice_choices import forms_of, me

KEEPER = holds(Role.SYSTEM_ADMINISTRATOR)
LAMPS = {
    DeliveryState.WAITING: "off",
    DeliveryState.SENDING: "amber",
    DeliveryState.SENT: "green",
    DeliveryState.FAILED: "red",
    DeliveryState.UNKNOWN: "amber",
    DeliveryState.OFF: "off",
}
STUCK = (DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.OFF)


def _records(rows: list[Notice], actor: Actor) -> dict[Ref, Resolved]:
    return resolve([notice.ref for notice in rows if notice.ref is not None], actor=actor)


@permission(signed_in)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The reader's own notices, the newest first."""
    actor = me(request)
    columns = (Column("text", _("Message")), Column("made_at", _("Time"), sort="id"))
    page = ListPage(request, notices.mine(actor), columns=columns)
    rows: list[Any] = list(page.rows)
    records = _records(rows, actor)
    for notice in rows:
        found = records.get(notice.ref) if notice.ref is not None else None
        notice.leads_on = bool(found and found.address)
    context: dict[str, Any] = {"page": page, "rows": rows, "unread": notices.unread_count(actor), **forms_of(actor)}
    context["frame"] = "ui/desk.html" if works_here(request) else "ui/portal.html"
    return render(request, "ui/notices.html", context)


@permission(signed_in)
@require_POST
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Mark one notice as read and go to what it is about."""
    actor = me(request)
    notice = notices.mark_read(notice_id, actor=actor)
    if notice is None:
        raise Http404
    found = _records([notice], actor).get(notice.ref) if notice.ref is not None else None
    return redirect(found.address if found and found.address else "ui:notices")


@permission(signed_in)
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of the reader's notices as read."""
    notices.mark_all_read(actor=me(request))
    return redirect("ui:notices")


def _outgoing(actor: Actor | None) -> QuerySet[Delivery]:
    """Every message, for who keeps the whole house; messages belong to no street."""
    rows = Delivery.objects.select_related("notice")
    return visible_to(rows, actor) if holds_everywhere(actor, Role.SYSTEM_ADMINISTRATOR) else rows.none()


def _accounts(rows: list[Any]) -> dict[UUID, Any]:
    """The accounts the deliveries go to, in one query."""
    found: dict[UUID, Any] = get_user_model()._default_manager.in_bulk({row.notice.recipient for row in rows})
    return found


@permission(KEEPER)
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message that left or should have left. Its text is shown for demo accounts only."""
    kinds = {kind.name: kind.title for kind in notices.notice_kinds()}
    page = ListPage(
        request,
        _outgoing(actor_of(request)),
        columns=(
            Column("kind", _("Message")),
            Column("recipient", _("For")),
            Column("door", _("Way")),
            Column("state", _("State"), sort="state"),
            Column("made_at", _("Time"), sort="id"),
        ),
        filters=(Filter("state", _("State"), DeliveryState.choices),),
    )
    rows: list[Any] = list(page.rows)
    accounts = _accounts(rows)
    ways = {name: door.title for name, door in notices.doors().items()}
    for row in rows:
        account = accounts.get(row.notice.recipient)
        row.title = kinds.get(row.notice.kind, row.notice.kind)
        row.recipient = str(account) if account is not None else "—"
        row.text = row.notice.text if getattr(account, "is_demo", False) else ""
        row.way = ways.get(row.door, row.door)
        row.lamp = LAMPS[DeliveryState(row.state)]
        row.stuck = row.state in STUCK
    return render(request, "ui/outbox.html", {"page": page, "rows": rows})


@permission(KEEPER)
@require_POST
def send_again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """A person decides to send a stuck message again."""
    if not _outgoing(actor_of(request)).filter(pk=delivery_id).exists():
        raise Http404
    notices.send_again(delivery_id, actor=actor_of(request))
    messages.success(request, _("The message waits to be sent again."))
    return redirect("ui:outbox")

"""Doors of orders: ordering for somebody who called or came, one order, what is done to it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.ordering import queries, services
from linli.apps.ordering.forms import TakeForm
from linli.apps.ordering.models import Channel, Order, OrderState
from linli.apps.ordering.permissions import reads_orders, takes_pages
from linli.apps.ordering.views.desk import NOT_YOURS, found, page_of
from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press, story


@permission(takes_pages)
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Order for somebody who called, came or was visited."""
    row = found(request, pk, takes_pages)
    form = TakeForm(request.POST or None, item=row)

    def do(data: dict[str, Any]) -> str:
        made = services.order(row, text=form.text(), channel=Channel(data["channel"]), actor=me(request))
        return reverse("ordering:order", args=[made.pk])

    return act(
        request,
        form,
        do,
        back=page_of(row),
        done=_("It is ordered. Read it back to the person."),
        title=_("Order for somebody"),
        lead=f"{row.title} · {row.place}",
        press=_("Order it"),
        crumb=row.title,
    )


def _order(request: HttpRequest, pk: UUID, may: Any = None) -> Order:
    actor = me(request)
    rows = queries.orders_visible_to(actor).select_related("item__place__street", "building")
    row: Order = get_object_or_404(rows, pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


@permission(reads_orders)
@require_safe
def order(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One order: whose it is (sealed), where it stands, what I may do."""
    row, actor = _order(request, pk), me(request)
    takes = takes_pages(actor, row)
    context = {
        "order": row,
        "item": row.item,
        "may_take": takes,
        "may_serve": takes and row.state in (OrderState.GIVEN, OrderState.ON_SHEET),
        "may_confirm": takes and row.state in (OrderState.GIVEN, OrderState.ON_SHEET, OrderState.SERVED),
        "may_withdraw": takes and row.state in (OrderState.WAITING, OrderState.GIVEN, OrderState.MISSED),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "ordering/one_order.html", context)


VERBS = {
    "serve": (services.serve, _("The service is on record.")),
    "confirm": (services.confirm, _("The confirmation is on record.")),
    "withdraw": (services.withdraw, _("The order is withdrawn.")),
}


@permission(takes_pages)
@require_POST
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Serve, confirm for somebody who was asked, or withdraw an order."""
    row = _order(request, pk, takes_pages)
    service, done = VERBS[verb]
    back = reverse("ordering:order", args=[row.pk])
    return press(request, lambda: service(row, actor=me(request)), back=back, done=done)

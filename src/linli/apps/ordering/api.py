"""Menu, orders, work sheets, claims and acceptances, read by other systems; a hotline orders for whoever calls."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.ordering import queries, services
from linli.apps.ordering.models import CatalogItem, Channel, Order, WorkSheet
from linli.apps.ordering.permissions import claims_pages, reads_delivery, reads_orders, takes_pages
from linli.apps.ordering.schemas import (
    AcceptanceOut,
    AcceptancesAsked,
    ClaimOut,
    ClaimsAsked,
    MenuAsked,
    MenuItemOut,
    OrderIn,
    OrderOut,
    OrdersAsked,
    OrderTaken,
    SheetsAsked,
    WorkSheetOut,
)
from linli.apps.ordering.services import OrderText
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing
from linli.kernel.scope import Actor

declare("ordering:read", _("Read menus of services and orders"))
declare("ordering:write", _("Order services for residents"))
DOORS = Doors("ordering")
READS = reads_orders | claims_pages
NO_ITEM = _("There is no such service within your reach.")


@DOORS.get("/menu", scope="ordering:read", permission=reads_orders, answers=Page[MenuItemOut], summary="Services")
def menu(request: Call, response: HttpResponse, asked: Query[MenuAsked]) -> dict[str, Any]:
    rows = queries.items_visible_to(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.place:
        rows = rows.filter(place=asked.place)
    if asked.month:
        rows = rows.filter(month=asked.month.replace(day=1))
    return page(rows, request, response, asked)


@DOORS.get("/menu/{uuid:item_id}", scope="ordering:read", permission=reads_orders, answers=MenuItemOut, summary="One")
def menu_item(request: Call, item_id: UUID) -> CatalogItem:
    return _item(queries.items_visible_to(request.actor), item_id)


def _item(rows: QuerySet[CatalogItem], item_id: UUID) -> CatalogItem:
    found = rows.filter(pk=item_id).first()
    if found is None:
        raise Missing(NO_ITEM)
    return found


@DOORS.get("/orders", scope="ordering:read", permission=reads_orders, answers=Page[OrderOut], summary="Orders")
def orders(request: Call, response: HttpResponse, asked: Query[OrdersAsked]) -> dict[str, Any]:
    rows = queries.orders_visible_to(request.actor).select_related("item")
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.item:
        rows = rows.filter(item=asked.item)
    if asked.place:
        rows = rows.filter(item__place=asked.place)
    return page(rows, request, response, asked)


@DOORS.get("/orders/{uuid:order_id}", scope="ordering:read", permission=reads_orders, answers=OrderOut, summary="One")
def order(request: Call, order_id: UUID) -> Order:
    found = queries.orders_visible_to(request.actor).select_related("item").filter(pk=order_id).first()
    if found is None:
        raise Missing(_("There is no such order within your reach."))
    return found


@DOORS.post("/orders", scope="ordering:write", permission=takes_pages, answers=OrderTaken, summary="Order a service")
def take(request: Call, body: OrderIn) -> Order:
    rows = queries.items_visible_to(request.actor).select_related("place__street")
    text = OrderText(**body.dict(exclude={"item"}))
    return services.order(_item(rows, body.item), text=text, channel=Channel.PHONE, actor=request.actor)


def _sheets(actor: Actor) -> QuerySet[WorkSheet]:
    rows = queries.sheets_visible_to(actor)
    return rows.prefetch_related("contractors__organization", "contractors__commitment")


@DOORS.get("/sheets", scope="ordering:read", permission=READS, answers=Page[WorkSheetOut], summary="Work sheets")
def sheets(request: Call, response: HttpResponse, asked: Query[SheetsAsked]) -> dict[str, Any]:
    rows = _sheets(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.place:
        rows = rows.filter(place=asked.place)
    return page(rows, request, response, asked)


@DOORS.get("/sheets/{uuid:sheet_id}", scope="ordering:read", permission=READS, answers=WorkSheetOut, summary="One")
def sheet(request: Call, sheet_id: UUID) -> WorkSheet:
    found = _sheets(request.actor).filter(pk=sheet_id).first()
    if found is None:
        raise Missing(_("There is no such work sheet within your reach."))
    return found


@DOORS.get("/claims", scope="ordering:read", permission=READS, answers=Page[ClaimOut], summary="Claims of work sheets")
def claims(request: Call, response: HttpResponse, asked: Query[ClaimsAsked]) -> dict[str, Any]:
    rows = queries.claims_visible_to(request.actor).select_related("organization")
    if asked.sheet:
        rows = rows.filter(sheet=asked.sheet)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return page(rows, request, response, asked)


@DOORS.get(
    "/acceptances", scope="ordering:read", permission=reads_delivery, answers=Page[AcceptanceOut],
    summary="What was accepted of contractors, and its settlement",
)  # fmt: skip
def acceptances(request: Call, response: HttpResponse, asked: Query[AcceptancesAsked]) -> dict[str, Any]:
    rows = queries.acceptances_visible_to(request.actor)
    rows = rows.select_related("contractor__organization", "settlement__expenditure").prefetch_related("defects")
    if asked.sheet:
        rows = rows.filter(sheet=asked.sheet)
    if asked.result:
        rows = rows.filter(result=asked.result)
    return page(rows, request, response, asked)

"""Doors of the desk: menus by month, one service with its orders, ordering for somebody, points, wishes, use."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.ordering import queries, services
from linli.apps.ordering.forms import CopyForm, DrawForm, ItemForm, PointForm
from linli.apps.ordering.forms.menu import known_of
from linli.apps.ordering.kinds import papers, service_kinds
from linli.apps.ordering.models import CatalogItem, ItemState, OrderState, Rule
from linli.apps.ordering.permissions import KEEPERS, keeps_pages, reads_orders, takes_pages
from linli.apps.ordering.tables import CATALOG
from linli.apps.organizations.queries import visible_to as organizations_visible_to
from linli.apps.places.queries import open_communities
from linli.kernel.audit import timeline
from linli.kernel.errors import NotAllowed
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press, story
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Service")),
    Column("place", _("Community")),
    Column("month", _("month"), sort="month"),
    Column("asked", _("Ordered"), numeric=True),
    Column("capacity", _("Places in all"), numeric=True),
    Column("state", _("State")),
)
ORDER_COLUMNS = (
    Column("number", _("Number of the order")),
    Column("name", _("Name of the person")),
    Column("quantity", _("quantity"), numeric=True),
    Column("asked_at", _("Ordered on"), sort="asked_at"),
    Column("state", _("State")),
)
NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")


def kind_choices() -> list[tuple[str, str]]:
    """The dictionary's kinds for a filter."""
    return [(kind.code, kind.title) for kind in service_kinds().values()]


@permission(reads_orders)
@require_safe
def items(request: HttpRequest) -> HttpResponse:
    """The menus of the communities where I work."""
    actor = me(request)
    rows = queries.demand(queries.items_visible_to(actor)).select_related("place")
    filters = (Filter("state", _("State"), ItemState.choices), Filter("kind", _("Kind"), kind_choices()))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-month")
    context = {"page": page, "may_write": keeps_pages(actor), "sheet": CATALOG.name}
    return render(request, "ordering/items.html", context)


def found(request: HttpRequest, pk: UUID, may: Any = None) -> CatalogItem:
    """The service of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    rows = queries.items_visible_to(actor).select_related("place__street", "provider")
    row: CatalogItem = get_object_or_404(rows, pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


def page_of(row: CatalogItem) -> str:
    """The page of a service."""
    return reverse("ordering:item", args=[row.pk])


@permission(reads_orders)
@require_safe
def item(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One service: what it is, who ordered it, what I may do."""
    row, actor = found(request, pk), me(request)
    page = ListPage(
        request, row.orders.all(), columns=ORDER_COLUMNS, filters=(Filter("state", _("State"), OrderState.choices),),
        first_sort="asked_at",
    )  # fmt: skip
    kind = service_kinds().get(row.kind)
    keeps = keeps_pages(actor, row)
    context = {
        "item": row,
        "page": page,
        "kind": kind,
        "papers": [papers()[code] for code in kind.needed] if kind else [],
        "may_keep": keeps,
        "may_take": takes_pages(actor, row) and row.state == ItemState.OPEN and row.drawn_at is None,
        "may_draw": keeps and row.capacity is not None and row.rule != Rule.FIRST and row.drawn_at is None,
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "ordering/item.html", context)


def _places(request: HttpRequest) -> Any:
    return open_communities(timezone.localdate()).filter(pk__in=me(request).reach(*KEEPERS).places)


@permission(keeps_pages)
def new(request: HttpRequest) -> HttpResponse:
    """Write a service on the menu."""
    actor = me(request)
    form = ItemForm(request.POST or None, places=_places(request), providers=organizations_visible_to(actor))

    def do(data: dict[str, Any]) -> str:
        row = services.write_item(place=data["place"], month=data["month"], text=form.text(), actor=actor)
        return page_of(row)

    return act(
        request,
        form,
        do,
        back=reverse("ordering:items"),
        done=_("The service stands on the menu. Open it, and people can order."),
        title=_("Write a service on the menu"),
        press=_("Save"),
        crumb=_("Menu of services"),
    )


@permission(keeps_pages)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write a service anew before it is opened."""
    row, actor = found(request, pk, keeps_pages), me(request)
    form = ItemForm(
        request.POST or None, places=_places(request), providers=organizations_visible_to(actor), fixed=True,
        initial=known_of(row),
    )  # fmt: skip
    return act(
        request,
        form,
        lambda _data: services.change_item(row, text=form.text(), actor=actor) and None,
        back=page_of(row),
        done=_("The service is written anew."),
        title=_("Write the service anew"),
        lead=f"{row.place} · {row.month:%Y}年{row.month.month}月",
        press=_("Save"),
        crumb=row.title,
    )


@permission(keeps_pages)
@require_POST
def open_(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a service for orders."""
    row = found(request, pk, keeps_pages)
    done = _("People can order it now.")
    return press(request, lambda: services.open_items([row], actor=me(request)), back=page_of(row), done=done)


@permission(keeps_pages)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take no more orders."""
    row = found(request, pk, keeps_pages)
    done = _("No more orders are taken. Those that stand are served.")
    return press(request, lambda: services.close_item(row, actor=me(request)), back=page_of(row), done=done)


@permission(keeps_pages)
def copy(request: HttpRequest) -> HttpResponse:
    """Take a menu over into another month."""
    actor = me(request)
    months = queries.items_visible_to(actor).order_by("-month").values_list("month", flat=True).distinct()
    return act(
        request,
        CopyForm(request.POST or None, places=_places(request), sources=list(months[:24])),
        lambda data: services.copy_menu(actor=actor, **data) and None,
        back=reverse("ordering:items"),
        done=_("The menu is taken over. Open its services when they are right."),
        title=_("Take a menu over"),
        lead=_("Services of that name that stand in the new month already stay as they are."),
        press=_("Copy"),
        crumb=_("Menu of services"),
    )


@permission(keeps_pages)
def draw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give the places of a service to those who wait."""
    row = found(request, pk, keeps_pages)
    return act(
        request,
        DrawForm(request.POST or None),
        lambda data: services.draw_places(row, seed=data["seed"], actor=me(request)) and None,
        back=page_of(row),
        done=_("The places are given."),
        title=_("Give the places"),
        lead=_("Afterwards nobody can order this service, and it cannot be drawn again."),
        press=_("Give the places"),
        crumb=row.title,
    )


@permission(reads_orders)
@require_safe
def use(request: HttpRequest) -> HttpResponse:
    """What is wished for, which buildings use what is ordered, where the points are."""
    actor = me(request)
    today = timezone.localdate()
    places = list(open_communities(today).filter(pk__in=actor.reach(*KEEPERS).places)[:60])
    asked = request.GET.get("at", "")
    here = next((one for one in places if str(one.pk) == asked), places[0] if places else None)
    heat = queries.heat_of(here, year=today.year) if here else []
    most = max((one.households or 0 for one in heat), default=0)
    context = {
        "places": places, "here": here, "heat": [(one, (one.households or 0) * 100 // (most or 1)) for one in heat],
        "smallest": queries.SMALLEST, "year": today.year,
        "wishes": list(queries.wishes_visible_to(actor).filter(place=here)[:50]) if here else [],
        "points": list(queries.points_visible_to(actor).filter(place=here, closed_on__isnull=True)) if here else [],
        "may_write": keeps_pages(actor),
    }  # fmt: skip
    return render(request, "ordering/use.html", context)


@permission(keeps_pages)
def new_point(request: HttpRequest) -> HttpResponse:
    """Enter a service point."""
    form = PointForm(request.POST or None, places=_places(request))
    return act(
        request,
        form,
        lambda data: services.add_point(place=data["place"], text=form.text(), actor=me(request)) and None,
        back=reverse("ordering:use"),
        done=_("The service point is entered."),
        title=_("Enter a service point"),
        lead=_("With latitude and longitude it is shown among what lies within fifteen minutes on foot."),
        press=_("Save"),
        crumb=_("Use and wishes"),
    )


@permission(keeps_pages)
@require_POST
def close_point(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a service point up."""
    row = get_object_or_404(queries.points_visible_to(me(request)), pk=pk)
    back, done = reverse("ordering:use"), _("The service point is given up.")
    return press(request, lambda: services.close_point(row, actor=me(request)), back=back, done=done)

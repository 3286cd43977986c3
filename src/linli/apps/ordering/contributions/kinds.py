"""The kinds of record, the papers contractors hold, and the names of what is done."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering import queries
from linli.apps.ordering.kinds import HELD, papers, standing_of_paper
from linli.apps.ordering.models import CatalogItem, Order, ServicePoint, Wish
from linli.apps.organizations.services import StandingKind, declare_standing
from linli.kernel.audit import Amount, Keep, register_action, words_of
from linli.kernel.refs import Kind, register

LAW = "各类服务的资质要求见服务目录"


class OrderRows(Kind):
    """Orders with the item and its place."""

    def rows(self) -> Any:
        return super().rows().select_related("item__place")


class PlacedRows(Kind):
    """Rows of a community."""

    def rows(self) -> Any:
        return super().rows().select_related("place")


def _street(row: CatalogItem | ServicePoint | Wish) -> UUID | None:
    return row.place.street_id


ITEM = ("title", "kind", "unit", "price", "about", "when", "audience", "quota", "capacity", "rule", "provider")
ACTIONS: tuple[tuple[str, Any, dict[str, Any], Keep], ...] = (
    (
        "item.write", _("wrote a service on the menu"),
        {"title": _("service"), "month": _("month"), "price": Amount(_("price"))}, Keep.RETENTION,
    ),
    ("item.change", _("wrote a service anew"), words_of(CatalogItem, *ITEM, "at_home", "no_selling"), Keep.RETENTION),
    (
        "item.draw", _("gave the places of a service"),
        {"seed": _("seed of the lot"), "asked": _("orders that waited"), "given": _("orders with a place")},
        Keep.FOR_EVER,
    ),
    ("point.add", _("entered a service point"), {"title": _("service point")}, Keep.RETENTION),
    ("point.close", _("gave a service point up"), {}, Keep.RETENTION),
    ("wish.count", _("A wish was counted"), {}, Keep.RETENTION),
    (
        "order.place", _("Something was ordered"),
        {"title": _("service"), "channel": _("how it came"), "state": _("state"),
         "relative_of": _("relative of staff")},
        Keep.FOR_EVER,
    ),
)  # fmt: skip
BY_RESIDENTS = ("order.place", "wish.count")


def contribute() -> None:
    """Make the kinds, papers and actions known."""
    register(
        PlacedRows(
            "ordering.item", CatalogItem, _("Service on the menu"),
            lambda rows, actor: queries.items_visible_to(actor, rows),
            address=lambda row: reverse("ordering:item", args=[row.pk]), street=_street,
        )
    )  # fmt: skip
    register(
        PlacedRows(
            "ordering.point", ServicePoint, _("Service point"),
            lambda rows, actor: queries.points_visible_to(actor, rows),
            address=lambda row: f"{reverse('ordering:use')}?at={row.place_id}", street=_street,
        )
    )  # fmt: skip
    register(
        PlacedRows(
            "ordering.wish", Wish, _("Wish"), lambda rows, actor: queries.wishes_visible_to(actor, rows),
            address=lambda row: f"{reverse('ordering:use')}?at={row.place_id}", street=_street,
        )
    )  # fmt: skip
    register(
        OrderRows(
            "ordering.order", Order, _("Order of a resident"),
            lambda rows, actor: queries.orders_visible_to(actor, rows),
            address=lambda row: reverse("ordering:order", args=[row.pk]), street=lambda row: row.street_id,
        )
    )  # fmt: skip
    for code, title in papers().items():
        declare_standing(StandingKind(standing_of_paper(code), title, (HELD,), 1, LAW, "A"))
    for name, told, words, keep in ACTIONS:
        nameless = _("a resident") if name in BY_RESIDENTS else ""
        register_action(f"ordering.{name}", told, keep=keep, words=words, nameless=nameless)

"""The menu: services are written, opened, closed and taken over into the next month; points and wishes are kept."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.kinds import service_kinds
from linli.apps.ordering.lifecycle import ITEMS
from linli.apps.ordering.models import Audience, CatalogItem, ItemState, Rule, ServicePoint, Wish
from linli.apps.ordering.permissions import keeps_menu
from linli.apps.ordering.services.keeping import month_of, require, said
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.audit import changes, seen
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import InexactAmount, yuan
from linli.kernel.scope import Actor

ON_IT = _("“%(title)s” stands on the menu of this month already.")


@dataclass(frozen=True)
class ItemText:
    """One service as somebody writes it on a menu; ``price`` in yuan for one ``unit``, ``capacity`` None: no limit.

    ``at_home``: in homes, where two go; kinds that are always given there need not say it.
    """

    kind: str
    title: str
    price: Decimal = Decimal(0)
    unit: str = ""
    about: str = ""
    when: str = ""
    audience: Audience = Audience.EVERYONE
    quota: int = 1
    capacity: int | None = None
    rule: Rule = Rule.FIRST
    provider: Organization | None = None
    at_home: bool = False
    no_selling: bool = True


def write_item(
    *, place: Place, month: date, text: ItemText, actor: Actor | None, is_demo: bool = False, at: datetime | None = None
) -> CatalogItem:
    """A service on the menu of a community and month; nobody orders before it is opened.

    Refuses an unknown kind, a quota of nothing, a negative price; Conflict for a service that stands there already.
    """
    if place.street is None:
        raise Refusal(_("A menu belongs to a community of a street."), field="place")
    item = CatalogItem(place=place, month=month_of(month), is_demo=is_demo, **_columns(text))
    require(keeps_menu, actor, item)
    with transaction.atomic():
        _saved(item)
        facts = {"title": item.title, "month": f"{item.month:%Y-%m}", "price": item.price}
        record("ordering.item.write", item, actor=actor, facts=facts, at=at)
    return item


def _columns(text: ItemText) -> dict[str, Any]:
    kind = service_kinds().get(text.kind)
    if kind is None:
        raise Refusal(_("There is no such kind of service."), field="kind")
    if text.quota < 1:
        raise Refusal(_("A household may have at least one."), field="quota")
    if text.capacity is not None and text.capacity < 1:
        raise Refusal(_("There is at least one place; leave it empty for as many as ask."), field="capacity")
    try:
        price = yuan(text.price)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field="price", code="inexact") from None
    if price < 0:
        raise Refusal(_("The amount must not be below zero."), field="price")
    return {
        "kind": kind.code,
        "title": said(text.title or kind.title, "title", _("Name the service."), most=60),
        "unit": text.unit.strip() or kind.unit,
        "price": price,
        "about": text.about.strip(),
        "when": text.when.strip(),
        "at_home": text.at_home or kind.at_home,
        **{name: getattr(text, name) for name in ("audience", "quota", "capacity", "rule", "provider", "no_selling")},
    }


def _saved(item: CatalogItem) -> None:
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError:
        raise Conflict(ON_IT % {"title": item.title}, field="title", code="on-the-menu") from None


def change_item(item: CatalogItem, *, text: ItemText, actor: Actor | None, at: datetime | None = None) -> CatalogItem:
    """Write a service anew before it is opened. Raises Conflict once orders may stand on it."""
    require(keeps_menu, actor, item)
    columns = _columns(text)
    with transaction.atomic():
        rows = CatalogItem.objects.filter(pk=item.pk, state=ItemState.DRAFT)
        if not rows.update(version=F("version") + 1):
            raise Conflict(_("People order this service already. Close it, and write the other one beside it."))
        item.refresh_from_db()
        before = seen(item, columns)
        for name, value in columns.items():
            setattr(item, name, value)
        _saved(item)
        record("ordering.item.change", item, actor=actor, facts=changes(before, seen(item, columns)), at=at)
    return item


def open_items(items: Sequence[CatalogItem], *, actor: Actor | None, at: datetime | None = None) -> None:
    """Open services for orders, all or none. Raises Refusal for a month that is over."""
    with transaction.atomic():
        for item in items:
            ITEMS.apply("open", item, actor=actor, facts={"today": timezone.localdate(at)}, at=at)


def close_item(item: CatalogItem, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take no more orders; those that stand are served."""
    ITEMS.apply("close", item, actor=actor, at=at)


def copy_menu(
    *, place: Place, source: date, month: date, actor: Actor | None, at: datetime | None = None
) -> list[CatalogItem]:
    """The services of one month written into another that has none of their names yet; those already there stay."""
    rows = CatalogItem.objects.filter(place=place, month=month_of(source)).order_by("title")
    known = set(CatalogItem.objects.filter(place=place, month=month_of(month)).values_list("title", flat=True))
    made = []
    with transaction.atomic():
        for row in rows.select_related("provider"):
            if row.title in known:
                continue
            text = ItemText(**{name: getattr(row, name) for name in ItemText.__dataclass_fields__})
            made.append(write_item(place=place, month=month, text=text, actor=actor, is_demo=row.is_demo, at=at))
    if not rows:
        raise Refusal(_("There is no menu in that month to take over."), field="source")
    return made


@dataclass(frozen=True)
class PointText:
    """A point where services are given; ``kinds`` are codes, latitude and longitude in degrees or both None."""

    title: str
    address: str
    hours: str = ""
    phone: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    kinds: tuple[str, ...] = ()


def add_point(
    *, place: Place, text: PointText, actor: Actor | None, is_demo: bool = False, at: datetime | None = None
) -> ServicePoint:
    """A service point of a community. Refuses half a point of the map, an unknown kind, a name twice."""
    row = ServicePoint(place=place, is_demo=is_demo, **{**asdict(text), "kinds": sorted(set(text.kinds))})
    row.title = said(text.title, "title", _("Name the service point."), most=60)
    row.address = said(text.address, "address", _("Say where it is."), most=120)
    require(keeps_menu, actor, row)
    if not set(text.kinds) <= set(service_kinds()):
        raise Refusal(_("There is no such kind of service."), field="kinds")
    if (text.latitude is None) != (text.longitude is None):
        raise Refusal(_("Give both latitude and longitude, or neither."), field="latitude")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record("ordering.point.add", row, actor=actor, facts={"title": row.title}, at=at)
    except IntegrityError:
        raise Conflict(_("A service point of this name stands here already."), field="title") from None
    return row


def close_point(point: ServicePoint, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The point is given up; what was served there stays. Raises Conflict when it is closed already."""
    require(keeps_menu, actor, point)
    day = timezone.localdate(at)
    with transaction.atomic():
        if not ServicePoint.objects.filter(pk=point.pk, closed_on__isnull=True).update(closed_on=day):
            raise Conflict(_("This service point is closed already."))
        record("ordering.point.close", point, actor=actor, at=at)
    point.closed_on = day


def wish(*, place: Place, words: str, actor: Actor | None, at: datetime | None = None) -> Wish:
    """Something was asked for that is not on the menu: it is counted, and nothing is kept of whoever asked."""
    text = said(words, "words", _("Say what is wished for."), most=60)
    key = "".join(char for char in text.casefold() if char.isalnum())
    if not key:
        raise Refusal(_("Say what is wished for."), field="words")
    mine = {"place": place, "month": month_of(timezone.localdate(at)), "key": key}
    with transaction.atomic():
        Wish.objects.bulk_create([Wish(words=text, count=0, **mine)], ignore_conflicts=True)
        Wish.objects.filter(**mine).update(count=F("count") + 1)
        row = Wish.objects.get(**mine)
        record("ordering.wish.count", row, actor=actor, at=at)
    return row

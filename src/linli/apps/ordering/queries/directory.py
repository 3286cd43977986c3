"""The service directory in the shapes of HSDS 3 (Human Services Data Specification): what can be ordered, and where.

Only what the menu shows everybody. A service keeps its id from month to month: it is made of its community and title.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import QuerySet

from linli.apps.ordering.kinds import ServiceKind, papers, service_kinds
from linli.apps.ordering.models import Audience, CatalogItem, ItemState, ServicePoint
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place

VERSION = "3.0"
FREE = "居民不付费，由街道社区经费支付。"
HOW = "在线上服务菜单点单，或打电话、到社区窗口请工作人员代点。"
AGES = {Audience.ELDERS: 60, Audience.OLDEST: 80}
AUDIENCES = {
    Audience.EVERYONE: "全体居民",
    Audience.ELDERS: "60岁及以上",
    Audience.OLDEST: "80岁及以上",
    Audience.DISABLED: "残疾人",
    Audience.HARDSHIP: "困难家庭",
    Audience.CHILDREN: "有监护人陪同的儿童",
}
TAXONOMY = "邻里服务种类"
Shape = dict[str, Any]
Address = Callable[[CatalogItem], str]


def directory(today: date, *, address: Address) -> list[Shape]:
    """Every service that can be ordered, by community and title, as HSDS ``service`` objects. Two queries.

    ``address`` gives the full web address where an item is ordered.
    """
    rows = CatalogItem.objects.filter(state=ItemState.OPEN, month__gte=today.replace(day=1), drawn_at__isnull=True)
    rows = rows.select_related("place__street__parent", "provider").order_by("place__code", "title", "month")
    points: dict[UUID, list[ServicePoint]] = defaultdict(list)
    for point in _open_points():
        points[point.place_id].append(point)
    months: dict[tuple[UUID, str], list[CatalogItem]] = defaultdict(list)
    for row in rows:
        months[row.place_id, row.title].append(row)
    return [_service(items, points[place], address) for (place, _title), items in months.items()]


def _open_points() -> QuerySet[ServicePoint]:
    rows = ServicePoint.objects.filter(closed_on__isnull=True).select_related("place__street__parent")
    return rows.order_by("title", "id")


def pages_of(rows: list[Shape], page: int, size: int) -> Shape:
    """One page of the directory with the counts HSDS asks for; pages are counted from 1."""
    total = max(-(-len(rows) // size), 1)
    some = rows[(page - 1) * size : page * size]
    return {
        "total_items": len(rows), "total_pages": total, "page_number": page, "size": len(some),
        "first_page": page == 1, "last_page": page >= total, "empty": not some, "contents": some,
    }  # fmt: skip


def _service(items: list[CatalogItem], points: Iterable[ServicePoint], address: Address) -> Shape:
    first, kind = items[0], service_kinds().get(items[0].kind)
    key = uuid5(first.place_id, f"hsds:{first.title}")
    of = {"service_id": str(key)}
    needed = [papers()[code] for code in kind.needed] if kind else []
    found: Shape = {
        "id": str(key),
        "organization_id": str(first.provider_id or first.place_id),
        "name": first.title,
        "description": first.about,
        "url": address(first),
        "status": "active",
        "application_process": HOW,
        "fees_description": FREE,
        "eligibility_description": AUDIENCES[Audience(first.audience)],
        "licenses": "、".join(needed),
        "schedules": [{"id": str(row.pk), **of, **_days(row)} for row in items],
        "service_areas": [{"id": str(uuid5(key, "area")), **of, "name": str(first.place)}],
        "service_at_locations": [_at(point, key) for point in points if first.kind in point.kinds],
        "languages": [{"id": str(uuid5(key, "zh")), **of, "name": "中文", "code": "zh"}],
        "organization": _organization(first.provider) if first.provider else _community(first.place),
        "cost_options": [{"id": str(uuid5(key, "cost")), **of, "option": FREE, "currency": "CNY", "amount": 0}],
        "attributes": [_term(key, kind)] if kind else [],
    }
    if first.audience in AGES:
        found["minimum_age"] = AGES[Audience(first.audience)]
    return found


def _days(row: CatalogItem) -> Shape:
    """The month of an item, from its first day to its last, and the hours as they are written."""
    last = (row.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return {"valid_from": row.month.isoformat(), "valid_to": last.isoformat(), "description": row.when}


def _organization(row: Organization) -> Shape:
    told = {"id": str(row.pk), "name": row.name, "description": row.about}
    return told | ({"alternate_name": row.short_name} if row.short_name else {})


def _community(row: Place) -> Shape:
    return {"id": str(row.pk), "name": row.name, "description": f"{row.street or ''}{row.name}"}


def _at(point: ServicePoint, key: UUID) -> Shape:
    at = uuid5(key, str(point.pk))
    return {"id": str(at), "service_id": str(key), "location_id": str(point.pk), "location": _location(point)}


def _location(point: ServicePoint) -> Shape:
    found: Shape = {
        "id": str(point.pk),
        "location_type": "physical",
        "name": point.title,
        "addresses": [dict(_address(point))],
        "schedules": [{"id": str(uuid5(point.pk, "hours")), "description": point.hours}] if point.hours else [],
        "phones": [{"id": str(uuid5(point.pk, "phone")), "number": point.phone}] if point.phone else [],
    }
    if point.latitude is not None and point.longitude is not None:
        found |= {"latitude": float(point.latitude), "longitude": float(point.longitude)}
    return found


def _address(point: ServicePoint) -> Iterator[tuple[str, str]]:
    """A postal address; the postal code is not known here and stays empty."""
    yield "id", str(uuid5(point.pk, "address"))
    yield "location_id", str(point.pk)
    yield "address_1", point.address
    yield "city", str(_above(point.place, 2) or "")
    yield "region", str(_above(point.place, 1) or "")
    yield "state_province", getattr(_above(point.place, 2), "region", "")
    yield "postal_code", ""
    yield "country", "CN"
    yield "address_type", "physical"


def _above(place: Place, steps: int) -> Place | None:
    """The street of a community (1), or the district above it (2)."""
    return place.street if steps == 1 or place.street is None else place.street.parent


def _term(key: UUID, kind: ServiceKind) -> Mapping[str, Any]:
    term = uuid5(UUID(int=0), f"linli:{kind.code}")
    shape = {"id": str(term), "code": kind.code, "name": kind.title, "description": kind.title, "taxonomy": TAXONOMY}
    named = {"id": str(uuid5(key, "kind")), "link_id": str(key), "link_entity": "service", "value": kind.title}
    return {**named, "taxonomy_term_id": str(term), "taxonomy_term": shape}

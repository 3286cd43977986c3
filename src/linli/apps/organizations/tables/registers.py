"""The tables of honours (in and out), of facilities and of partners (out)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.organizations import services
from linli.apps.organizations.models import Facility, Honour, Partnership
from linli.apps.organizations.permissions import KEEPERS
from linli.apps.organizations.tables.standing import organizations_at
from linli.apps.places.models import Place
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("honour-holder", gettext_noop("is neither an organization at this place nor the place itself"))
add_reason("honour-order", gettext_noop("lies before the year"))
add_reason("honour-ahead", gettext_noop("lies ahead"))

LEVELS = (
    ("country", "国家级"),
    ("province", "省级"),
    ("city", "市级"),
    ("district", "区级"),
    ("street", "街道级"),
)


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Whose each honour is: an organization at the place, or the place of that name. Two queries."""
    known = organizations_at(rows, actor)
    places = Place.objects.filter(pk__in=actor.reach(*KEEPERS).places, code__in={row["place_code"] for row in rows})
    named = {(name, code): str(pk) for pk, name, code in places.values_list("pk", "name", "code")}
    for row in rows:
        key = (row["name"], row["place_code"])
        row["holder_kind"] = "organization" if key in known else "place"
        row["holder"] = known.get(key) or named.get(key, "")
    return [list(_problems(row)) for row in rows]


def _problems(row: Mapping[str, Any]) -> Iterator[Problem]:
    if not row["holder"]:
        yield Problem("name", "honour-holder")
    if row["year"] > timezone.localdate().year:
        yield Problem("year", "honour-ahead")
    if row.get("valid_to") and int(row["valid_to"][:4]) < row["year"]:
        yield Problem("valid_to", "honour-order")


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """Honours of these titles by holder, place, title, level and year. One query."""
    rows = Honour.objects.filter(title__in={key[2] for key in keys}).select_related("organization__place", "place")
    found = {}
    for row in rows:
        name, code = _holder(row)
        last = row.valid_to.isoformat() if row.valid_to else None
        found[(name, code, row.title, row.level, row.year)] = {"given_by": row.given_by, "valid_to": last}
    return found


def _holder(row: Honour) -> tuple[str, str]:
    """Name of the holder and code of the place."""
    if row.organization is not None:
        return row.organization.name, row.organization.place.code
    assert row.place is not None  # a constraint holds it
    return row.place.name, row.place.code


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    services.take_over_honours([row.data for row in rows.order_by("number")], actor=actor)


def written_honours(rows: QuerySet[Honour]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`HONOUR_HEADINGS`."""
    levels = dict(LEVELS)
    ordered = rows.select_related("organization__place", "place").order_by("-year", "title", "id")
    for row in ordered.iterator(chunk_size=500):
        yield (*_holder(row), row.title, levels[row.level], row.year, row.given_by, row.valid_to or "")


def written_facilities(rows: QuerySet[Facility]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`FACILITY_HEADINGS`."""
    for row in rows.select_related("place", "operator").order_by("place__code", "name").iterator(chunk_size=500):
        yield (
            row.place.name, row.place.code, row.kind_title, row.name, row.address, row.hours, row.phone,
            row.operator.name if row.operator else "", row.valid_from, row.valid_to or "",
        )  # fmt: skip


def written_partners(rows: QuerySet[Partnership]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`PARTNER_HEADINGS`."""
    for row in rows.select_related("place").order_by("partner", "id").iterator(chunk_size=500):
        yield row.place.name, row.kind_title, row.partner, row.subject, row.valid_from, row.valid_to or ""


HONOURS = Sheet(
    name="organizations.honour",
    title="荣誉",
    columns=(
        Column("name", "获得者", synonyms=("组织名称", "社区名称", "单位名称"), required=True, max_length=120),
        Column("place_code", "所在地编码", synonyms=("地点编码", "社区编码"), required=True, max_length=18),
        Column("title", "荣誉名称", synonyms=("荣誉",), required=True, max_length=80),
        Column("level", "级别", Type.CHOICE, required=True, choices=LEVELS),
        Column("year", "年度", Type.WHOLE, synonyms=("年份",), required=True, least=1949, most=2199, example="2025"),
        Column("given_by", "授予单位", required=True, max_length=80),
        Column("valid_to", "失效日期", Type.DATE, note="从这一天起不再有效；长期有效留空"),
    ),
    key=("name", "place_code", "title", "level", "year"),
    review=review,
    existing=existing,
    commit=take_over,
)
HONOUR_HEADINGS = tuple(column.title for column in HONOURS.columns)
FACILITY_HEADINGS = (
    "地点", "地点编码", "类别", "名称", "地址", "开放时间", "电话", "运营单位", "起始日期", "失效日期",
)  # fmt: skip
PARTNER_HEADINGS = ("地点", "类别", "合作单位", "合作内容", "协议起始", "失效日期")

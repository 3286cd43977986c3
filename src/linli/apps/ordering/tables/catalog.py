"""The menu as a table: a street writes the services of its communities and a month in Excel."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.ordering import services
from linli.apps.ordering.kinds import service_kinds
from linli.apps.ordering.models import CatalogItem, ItemState
from linli.apps.ordering.permissions import KEEPERS
from linli.apps.organizations.queries import visible_to as organizations_visible_to
from linli.apps.places.models import Place
from linli.apps.places.queries import open_communities
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("menu-place", gettext_noop("is no community within the reach of your posts"))
add_reason("menu-month", gettext_noop("is no month such as 2026-03"))
add_reason("menu-ordered", gettext_noop("is open for orders already; close it, and write the other one beside it"))
add_reason("menu-provider", gettext_noop("is no organization you can read of, or several have this name"))

MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})(?:月|[-/.]\d{1,2})?")
AUDIENCES = (
    ("everyone", "全体居民"),
    ("elders", "60岁及以上"),
    ("oldest", "80岁及以上"),
    ("disabled", "残疾人"),
    ("hardship", "困难家庭"),
    ("children", "有监护人陪同的儿童"),
)
RULES = (("first", "按先后"), ("need", "困难家庭优先"), ("draw", "抽签"))
UNSAID = {"quota": 1, "no_selling": True, "audience": "everyone", "rule": "first", "price": "0.00"}
"""What an empty cell says."""
Key = tuple[str, str, str]


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Communities within reach, months, providers, and services nobody orders yet. Three queries."""
    for row in rows:
        _fill(row)
    reached = set(_communities(actor).values_list("code", flat=True))
    names = [row["provider"] for row in rows if row.get("provider")]
    known = list(organizations_visible_to(actor).filter(name__in=set(names)).values_list("name", flat=True))
    there = existing([_key(row) for row in rows], actor=actor)
    return [list(_problems(row, reached, known, there.get(_key(row)))) for row in rows]


def _fill(row: dict[str, Any]) -> None:
    """What is left empty in a column the file has, and the first day of the month."""
    kind = service_kinds()[row["kind"]]
    row["title"] = row.get("title") or kind.title
    if "unit" in row:
        row["unit"] = row["unit"] or kind.unit
    if "at_home" in row:
        row["at_home"] = bool(row["at_home"]) or kind.at_home
    for name, value in UNSAID.items():
        if name in row and row[name] is None:
            row[name] = value
    found = MONTH.fullmatch(row["month"])
    if found and 1 <= int(found[2]) <= 12 and found[1] > "1999":
        row["month"] = date(int(found[1]), int(found[2]), 1).isoformat()


def _key(row: Mapping[str, Any]) -> Key:
    return row["place_code"], row["month"], row["title"]


def _problems(
    row: Mapping[str, Any], reached: set[str], known: Sequence[str], there: Mapping[str, Any] | None
) -> Iterator[Problem]:
    if row["place_code"] not in reached:
        yield Problem("place_code", "menu-place")
    if not re.fullmatch(r"\d{4}-\d{2}-01", row["month"]):
        yield Problem("month", "menu-month")
    if row.get("provider") and known.count(row["provider"]) != 1:
        yield Problem("provider", "menu-provider")
    if (
        there
        and there["state"] != ItemState.DRAFT
        and any(there[name] != row[name] for name in there.keys() & row.keys())
    ):
        yield Problem("title", "menu-ordered")


def _communities(actor: Any) -> QuerySet[Place]:
    return open_communities(timezone.localdate()).filter(pk__in=actor.reach(*KEEPERS).places)


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """Services of these communities and titles, by community, month and title. One query."""
    codes, titles = {key[0] for key in keys}, {key[2] for key in keys}
    rows = CatalogItem.objects.filter(place__code__in=codes, title__in=titles).select_related("place", "provider")
    return {(row.place.code, row.month.isoformat(), row.title): _as_row(row) for row in rows}


def _as_row(row: CatalogItem) -> dict[str, Any]:
    """The service as its row in a table is read, with its state."""
    same = ("kind", "about", "when", "unit", "audience", "quota", "capacity", "rule", "at_home", "no_selling")
    return {
        **{name: getattr(row, name) for name in same},
        "price": f"{row.price:.2f}",
        "provider": row.provider.name if row.provider else "",
        "state": row.state,
    }


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    found = [row.data for row in rows.order_by("number")]
    places = {place.code: place for place in _communities(actor)}
    names = {row["provider"] for row in found if row.get("provider")}
    providers = {one.name: one for one in organizations_visible_to(actor).filter(name__in=names)}
    services.take_over_items(found, places=places, providers=providers, actor=actor)


CATALOG = Sheet(
    name="ordering.catalog",
    title="服务菜单",
    columns=(
        Column(
            "place_code", "社区编码", synonyms=("所在地编码", "地点编码"), required=True, max_length=18,
            note="在「地点」页面可以查到", example="990101001001",
        ),
        Column("month", "月份", required=True, max_length=20, note="如2026-03", example="2026-03"),
        Column(
            "kind", "种类", Type.CHOICE, synonyms=("服务种类",), required=True, example="理发",
            choices=tuple((kind.code, kind.title) for kind in service_kinds().values()),
        ),
        Column("title", "服务名称", synonyms=("服务", "名称"), max_length=60, note="留空按种类的名称"),
        Column("about", "服务内容", synonyms=("内容",), max_length=1000),
        Column("when", "时间", synonyms=("服务时间",), max_length=80, example="每周六上午9:00至11:00"),
        Column("unit", "单位", max_length=12, note="留空按种类的单位"),
        Column("price", "单价（元）", Type.DECIMAL, synonyms=("单价", "价格"), least=0, note="由经费支付，居民不付钱"),
        Column("audience", "可点对象", Type.CHOICE, synonyms=("服务对象",), choices=AUDIENCES, note="留空为全体居民"),
        Column("quota", "每户限额", Type.WHOLE, least=1, most=99, note="留空为1"),
        Column("capacity", "名额", Type.WHOLE, least=1, most=100_000, note="留空不限"),
        Column("rule", "名额不够时", Type.CHOICE, choices=RULES, note="留空按先后"),
        Column("provider", "服务单位", synonyms=("承接组织", "提供方"), max_length=120),
        Column("at_home", "入户", Type.YES_NO, note="留空按种类；入户服务两人同行"),
        Column("no_selling", "不得推销", Type.YES_NO, note="留空为是"),
    ),
    key=("place_code", "month", "title"),
    review=review,
    existing=existing,
    commit=take_over,
)  # fmt: skip

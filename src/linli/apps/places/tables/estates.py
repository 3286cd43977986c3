"""The table of estates: community, name, type, address."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from linli.apps.places.models import Estate, Place
from linli.apps.places.permissions import COMMUNITY_KEEPERS
from linli.apps.places.queries import COMMUNITIES, words
from linli.apps.places.services.taking_over import take_estates
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

KINDS = (
    ("old", "老旧小区"),
    ("commercial", "商品房小区"),
    ("resettlement", "安置房小区"),
    ("other", "自建或其他"),
)
HEADINGS = ("社区编码", "小区", "类型", "街路门牌", "别名", "起始日期", "社区")
add_reason("estate-community", gettext_noop("is no community within the reach of your posts"))

COMMUNITY = Column(
    "community_code",
    "社区编码",
    synonyms=("所在社区编码", "社区代码"),
    required=True,
    max_length=12,
    note="在「地点」页面可以查到",
    example="990101001001",
)


def kept_communities(codes: set[str], actor: Any) -> dict[str, Place]:
    """Code -> community in force that the actor keeps. One query."""
    rows = Place.objects.filter(code__in=codes, level__in=COMMUNITIES, valid_to__isnull=True)
    return {place.code: place for place in rows.filter(pk__in=actor.reach(*COMMUNITY_KEEPERS).places)}


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Communities within the actor's reach. One query."""
    kept = kept_communities({row["community_code"] for row in rows}, actor)
    return [[] if row["community_code"] in kept else [Problem("community_code", "estate-community")] for row in rows]


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The estates of these names, by code of the community and name. One query."""
    rows = Estate.objects.filter(community__code__in={code for code, _name in keys}, community__valid_to__isnull=True)
    stored = {
        (row.community.code, row.key): {"kind": row.kind, "address": row.address, "aliases": row.aliases}
        for row in rows.select_related("community")
    }
    found = {}
    for code, name in keys:
        same = stored.get((code, words.plain(name)))
        if same is not None:
            found[(code, name)] = same
    return found


def commit(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    take_estates([dated(row.data) for row in rows.order_by("number")], actor=actor)


def dated(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its first day as a date, where it has one."""
    begun = row.get("valid_from")
    return {**row, "valid_from": date.fromisoformat(begun) if begun else None}


def written(rows: QuerySet[Estate]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`HEADINGS`; what is written can be imported again and then changes nothing."""
    titles = dict(KINDS)
    for row in rows.select_related("community").order_by("name", "id").iterator(chunk_size=500):
        place = row.community
        yield place.code, row.name, titles[row.kind], row.address, row.aliases, row.valid_from, place.name


ESTATES = Sheet(
    name="places.estate",
    title="小区",
    columns=(
        COMMUNITY,
        Column("name", "小区", synonyms=("小区名称", "名称"), required=True, max_length=80, example="怡和园"),
        Column("kind", "类型", Type.CHOICE, synonyms=("小区类型",), required=True, choices=KINDS),
        Column("address", "街路门牌", synonyms=("地址",), max_length=120, example="清河里路5号"),
        Column("aliases", "别名", max_length=200, note="几个别名用顿号分开", example="怡和小区、五号院"),
        Column("valid_from", "起始日期", Type.DATE, note="留空为社区的起始日期"),
    ),
    key=("community_code", "name"),
    review=review,
    existing=existing,
    commit=commit,
)

"""The table of buildings: community, estate, name, stairwells, and the grid that looks after each."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.places.models import Building, Estate, GridCover, Level
from linli.apps.places.queries import words
from linli.apps.places.queries.history import carriers_of
from linli.apps.places.services.taking_over import take_buildings
from linli.apps.places.tables.estates import COMMUNITY, dated, kept_communities
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("building-estate", gettext_noop("is no estate of this community; import the estates first"))
add_reason("building-grid", gettext_noop("is no grid of this community"))

ESTATE = Column("estate", "小区", synonyms=("小区名称",), max_length=80, note="不在小区内的楼留空", example="怡和园")


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Communities within reach, estates and grids of that community. Three queries."""
    kept = kept_communities({row["community_code"] for row in rows}, actor)
    estates = set(Estate.objects.filter(community__in=kept.values()).values_list("community__code", "key"))
    grids = {
        code: place.parent.code
        for code, place in carriers_of({row["grid_code"] for row in rows if row.get("grid_code")}).items()
        if place.level == Level.GRID and place.parent
    }
    return [_problems(row, kept, estates, grids) for row in rows]


def _problems(
    row: dict[str, Any], kept: Mapping[str, Any], estates: set[tuple[str, str]], grids: Mapping[str, str]
) -> list[Problem]:
    code, found = row["community_code"], []
    if "stairwells" in row:
        row["stairwells"] = row["stairwells"] or 0
    if code not in kept:
        return [Problem("community_code", "estate-community")]
    if row.get("estate") and (code, words.plain(row["estate"])) not in estates:
        found.append(Problem("estate", "building-estate"))
    if row.get("grid_code") and grids.get(row["grid_code"]) != code:
        found.append(Problem("grid_code", "building-grid"))
    return found


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The buildings of these names, by code of the community, estate and name. Two queries."""
    codes = {code for code, _estate, _name in keys}
    rows = Building.objects.filter(community__code__in=codes, community__valid_to__isnull=True)
    rows = rows.select_related("estate", "community").annotate(counted=Count("stairwells"))
    covers = GridCover.objects.filter(building__in=rows.values("pk"), valid_to__isnull=True)
    grids = dict(covers.values_list("building_id", "grid__code"))
    stored = {
        (row.community.code, row.estate.key if row.estate else "", row.key): {
            "storeys": row.storeys,
            "stairwells": row.counted,
            "grid_code": grids.get(row.pk, ""),
        }
        for row in rows
    }
    found = {}
    for code, estate, name in keys:
        same = stored.get((code, words.plain(estate or ""), words.building_key(name)))
        if same is not None:
            found[(code, estate, name)] = same
    return found


def commit(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    take_buildings([dated(row.data) for row in rows.order_by("number")], actor=actor, today=timezone.localdate())


BUILDINGS = Sheet(
    name="places.building",
    title="楼栋",
    columns=(
        COMMUNITY,
        ESTATE,
        Column("name", "楼栋", synonyms=("楼号", "楼栋名称"), required=True, max_length=40, example="2号楼"),
        Column("stairwells", "单元数", Type.WHOLE, least=0, most=99, note="按1、2、3……编号", example="4"),
        Column("storeys", "层数", Type.WHOLE, least=1, most=200, example="6"),
        Column("grid_code", "网格编码", max_length=15, note="由哪个网格负责", example="990101001001001"),
        Column("valid_from", "起始日期", Type.DATE, note="留空为社区的起始日期"),
    ),
    key=("community_code", "estate", "name"),
    review=review,
    existing=existing,
    commit=commit,
)

"""The table of households: community, estate, building, stairwell, door; a hundred thousand in one go."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.fields.json import KT
from django.utils.translation import gettext_noop

from linli.apps.places.models import Building, Household, Stairwell
from linli.apps.places.queries import words
from linli.apps.places.services.taking_over import buildings_in, communities_of, take_households
from linli.apps.places.tables.buildings import ESTATE
from linli.apps.places.tables.estates import COMMUNITY, kept_communities
from linli.kernel.tables import Column, Problem, Sheet, add_reason

add_reason("household-building", gettext_noop("is no building here; import the buildings first"))
add_reason("household-stairwell", gettext_noop("is no stairwell of this building"))


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Find building and stairwell of each row, and write them into it. Three queries."""
    kept = kept_communities({row["community_code"] for row in rows}, actor)
    buildings = buildings_in(kept.values())
    keys = {
        (code, *key[1:]): row for code, place in kept.items() for key, row in buildings.items() if key[0] == place.pk
    }
    wanted = {_key(row) for row in rows}
    stairs = _stairwells([building for key, building in keys.items() if key in wanted])
    return [_problems(row, kept, keys, stairs) for row in rows]


def _key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["community_code"], words.plain(row.get("estate") or ""), words.building_key(row["building"])


def _stairwells(buildings: Sequence[Building]) -> dict[tuple[Any, str], str]:
    rows = Stairwell.objects.filter(building__in=buildings).values_list("building_id", "number", "id")
    return {(building, number): key.hex for building, number, key in rows}


def _problems(
    row: dict[str, Any],
    kept: Mapping[str, Any],
    buildings: Mapping[tuple[str, str, str], Building],
    stairs: Mapping[tuple[Any, str], str],
) -> list[Problem]:
    if row["community_code"] not in kept:
        return [Problem("community_code", "estate-community")]
    building = buildings.get(_key(row))
    if building is None:
        return [Problem("building", "household-building")]
    number = words.stairwell_number(row.get("stairwell") or "")
    stairwell = stairs.get((building.pk, number), "") if number else ""
    if number and not stairwell:
        return [Problem("stairwell", "household-stairwell")]
    row["room"], row["stairwell"], row["building"] = words.room_number(row["room"])[:20], number, building.name
    row["building_id"], row["stairwell_id"] = building.pk.hex, stairwell
    return []


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The doors of these names that are there. Two queries."""
    kept = kept_communities({key[0] for key in keys}, actor)
    codes = {place.pk: code for code, place in kept.items()}
    buildings = {row.pk: (codes[key[0]], *key[1:]) for key, row in buildings_in(kept.values()).items()}
    wanted = {(code, words.plain(estate or ""), words.building_key(name)) for code, estate, name, *_rest in keys}
    asked = [pk for pk, key in buildings.items() if key in wanted]
    rows = Household.objects.filter(building__in=asked).values_list("building_id", "stairwell__number", "room")
    stored = {(*buildings[pk], number or "", room) for pk, number, room in rows}
    return {
        key: {}
        for key in keys
        if (key[0], words.plain(key[1] or ""), words.building_key(key[2]), key[3] or "", key[4]) in stored
    }


def commit(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import; refused when the actor keeps one of the communities no more."""
    codes = set(rows.order_by().annotate(code=KT("data__community_code")).values_list("code", flat=True).distinct())
    communities_of([{"community_code": code} for code in codes], actor)
    take_households(rows.order_by("number").values_list("data", flat=True).iterator(chunk_size=5000))


HOUSEHOLDS = Sheet(
    name="places.household",
    title="户",
    columns=(
        COMMUNITY,
        ESTATE,
        Column("building", "楼栋", synonyms=("楼号",), required=True, max_length=40, example="2号楼"),
        Column("stairwell", "单元", synonyms=("单元号", "楼门"), max_length=12, note="没有单元的留空", example="3"),
        Column("room", "门牌", synonyms=("房号", "门牌号", "户号"), required=True, max_length=20, example="501"),
    ),
    key=("community_code", "estate", "building", "stairwell", "room"),
    review=review,
    existing=existing,
    commit=commit,
)

"""Taking checked tables over in few statements: places, estates, buildings with stairwells and grids, households."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Building, Estate, GridCover, Household, Level, Place, Stairwell
from linli.apps.places.permissions import COMMUNITY_KEEPERS, TREE_KEEPERS
from linli.apps.places.queries import codes, words
from linli.apps.places.queries.history import carriers_of
from linli.apps.places.services.founding import check_code, check_parent, draw_paths, require_keeper, tell_apart
from linli.kernel import search
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor

BATCH = 500


@dataclass(frozen=True)
class Entry:
    """One place of a first list."""

    code: str
    name: str
    level: Level
    valid_from: date
    region: str = ""


@transaction.atomic
def take_list(entries: Sequence[Entry], *, actor: Actor | None) -> None:
    """Found places of a list, parents before children whatever their order. Refuses a place without a parent."""
    wanted = {code for entry in entries for code in (entry.code, *codes.parents_of(entry.code, entry.level))}
    there = carriers_of(wanted)
    reached = _reached(actor, there.values(), TREE_KEEPERS)
    made: list[Place] = []
    for entry in sorted(entries, key=lambda entry: (codes.DIGITS[entry.level], entry.code)):
        if entry.code in there:
            continue
        parent = next(
            (there[code] for code in codes.parents_of(entry.code, entry.level) if code in there),
            None,
        )
        if parent is None or parent.pk not in reached:
            require_keeper(parent, actor)
        check_parent(entry.level, parent)
        check_code(entry.code, entry.level, parent)
        place = Place(
            code=entry.code,
            name=entry.name.strip(),
            label=entry.name.strip(),
            level=entry.level,
            parent=parent,
            valid_from=entry.valid_from,
            region=entry.region if entry.level == Level.DISTRICT else "",
        )
        place.street_id = place.pk if entry.level == Level.STREET else parent.street_id if parent else None
        there[entry.code] = place
        reached.add(place.pk)
        made.append(place)
    Place.objects.bulk_create(made, batch_size=BATCH)
    draw_paths(made)
    search.index_many(made)
    tell_apart({place.name for place in made})


def _reached(actor: Actor | None, places: Iterable[Place], roles: Iterable[Any]) -> set[Any]:
    keys = [place.pk for place in places]
    if actor is None:
        return set(keys)
    rows = Place.objects.filter(pk__in=actor.reach(*roles).places).filter(pk__in=keys)
    return set(rows.values_list("pk", flat=True))


def communities_of(rows: Iterable[Mapping[str, Any]], actor: Actor) -> dict[str, Place]:
    """Code -> community of rows of a table, as far as the actor keeps it. Refuses rows he keeps no more."""
    asked = {row["community_code"] for row in rows}
    there = carriers_of(asked)
    reached = _reached(actor, there.values(), COMMUNITY_KEEPERS)
    found = {code: place for code, place in there.items() if place.pk in reached}
    if asked - found.keys():
        raise Refusal(_("Your posts no longer reach every place in this table. Read the file again."))
    return found


@transaction.atomic
def take_estates(rows: Sequence[Mapping[str, Any]], *, actor: Actor) -> None:
    """Enter the estates of a checked table, or bring those of that name up to date."""
    places = communities_of(rows, actor)
    given = [name for name in ("kind", "address", "aliases") if name in rows[0]]
    made = [
        Estate(
            community=places[row["community_code"]],
            name=row["name"],
            key=words.plain(row["name"]),
            valid_from=row.get("valid_from") or places[row["community_code"]].valid_from,
            **{name: row[name] or "" for name in given},
        )
        for row in rows
    ]
    Estate.objects.bulk_create(
        made,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["community", "key"],
        update_fields=["name", *given],
    )
    kept = Estate.objects.filter(community__in=places.values()).select_related("community")
    search.index_many(kept.filter(key__in={estate.key for estate in made}))


@transaction.atomic
def take_buildings(rows: Sequence[Mapping[str, Any]], *, actor: Actor, today: date) -> None:
    """Enter the buildings of a checked table with their stairwells, and give them to their grids."""
    places = communities_of(rows, actor)
    estates = {
        (estate.community_id, estate.key): estate for estate in Estate.objects.filter(community__in=places.values())
    }
    there = buildings_in(places.values())
    new: list[Building] = []
    wanted: list[tuple[Building, Mapping[str, Any]]] = []
    for row in rows:
        place = places[row["community_code"]]
        estate = estates.get((place.pk, words.plain(row.get("estate") or "")))
        key = (place.pk, estate.key if estate else "", words.building_key(row["name"]))
        if key not in there:
            there[key] = _building(row, place, estate)
            new.append(there[key])
        wanted.append((there[key], row))
    Building.objects.bulk_create(new, batch_size=BATCH)
    just_made = {building.pk for building in new}
    _bring_up_to_date([(building, row) for building, row in wanted if building.pk not in just_made])
    _add_stairwells(wanted)
    _give_to_grids(wanted, today)


def _building(row: Mapping[str, Any], place: Place, estate: Estate | None) -> Building:
    return Building(
        community=place,
        estate=estate,
        name=row["name"],
        key=words.building_key(row["name"]),
        number=words.first_number(words.numerals(words.plain(row["name"]))),
        storeys=row.get("storeys"),
        valid_from=row.get("valid_from") or place.valid_from,
    )


def _bring_up_to_date(known: Sequence[tuple[Building, Mapping[str, Any]]]) -> None:
    for building, row in known:
        building.name = row["name"]
        if row.get("storeys") is not None:
            building.storeys = row["storeys"]
    Building.objects.bulk_update([building for building, _row in known], ["name", "storeys"], batch_size=BATCH)


def buildings_in(places: Iterable[Place]) -> dict[tuple[Any, str, str], Building]:
    """(community, key of the estate or "", key of the building) -> building in these communities. One query."""
    rows = Building.objects.filter(community__in=list(places)).select_related("estate")
    return {(row.community_id, row.estate.key if row.estate else "", row.key): row for row in rows}


def _add_stairwells(wanted: Sequence[tuple[Building, Mapping[str, Any]]]) -> None:
    rows = [
        Stairwell(building=building, number=str(one), order=one)
        for building, row in wanted
        for one in range(1, (row.get("stairwells") or 0) + 1)
    ]
    Stairwell.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def _give_to_grids(wanted: Sequence[tuple[Building, Mapping[str, Any]]], today: date) -> None:
    asked = {row["grid_code"] for _building, row in wanted if row.get("grid_code")}
    grids = carriers_of(asked)
    open_ones = {
        cover.building_id: cover
        for cover in GridCover.objects.filter(
            building__in=[building for building, _row in wanted], valid_to__isnull=True
        )
    }
    ending, new = [], []
    for building, row in wanted:
        grid, now = grids.get(row.get("grid_code") or ""), open_ones.get(building.pk)
        if grid is None or (now is not None and now.grid_id == grid.pk):
            continue
        if now is not None and now.valid_from >= today:
            raise Refusal(_("%(name)s was given to a grid today already.") % {"name": building.name})
        if now is not None:
            ending.append(now.pk)
        new.append(GridCover(grid=grid, building=building, valid_from=today if now else building.valid_from))
    GridCover.objects.filter(pk__in=ending, valid_to__isnull=True).update(valid_to=today)
    GridCover.objects.bulk_create(new, batch_size=BATCH)


def take_households(rows: Iterable[Mapping[str, Any]]) -> None:
    """Enter households whose ``building_id``, ``stairwell_id`` and ``room`` were checked; those there stay."""
    pile: list[Household] = []
    for row in rows:
        pile.append(
            Household(
                building_id=row["building_id"],
                stairwell_id=row["stairwell_id"] or None,
                room=row["room"],
                order=words.first_number(row["room"]),
            )
        )
        if len(pile) == BATCH * 10:
            Household.objects.bulk_create(pile, batch_size=BATCH * 10, ignore_conflicts=True)
            pile = []
    Household.objects.bulk_create(pile, batch_size=BATCH * 10, ignore_conflicts=True)

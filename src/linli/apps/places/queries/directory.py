"""All names of the district by which an address may call a place, kept in memory as long as they are true."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from linli.algorithms import addresses
from linli.apps.places.models import Estate, Level, Place, PlaceName, Predecessor

LEVELS = {
    Level.DISTRICT: addresses.Level.AREA,
    Level.STREET: addresses.Level.STREET,
    Level.COMMUNITY: addresses.Level.COMMUNITY,
    Level.VILLAGE: addresses.Level.COMMUNITY,
}
_ABOVE = (addresses.Level.PROVINCE, addresses.Level.CITY)
_REGION = re.compile(r"(.{2,}?(?:省|自治区|市))?(.+)?")
_ALIASES = re.compile(r"[、,，;；\s]+")


class PlaceRow(NamedTuple):
    """A place as far as its name and its days go."""

    id: UUID
    name: str
    level: str
    parent: UUID | None
    region: str
    valid_from: date
    valid_to: date | None

    def stands_on(self, day: date) -> bool:
        """Whether the place exists on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)


class NameRow(NamedTuple):
    """A name a place carried until the day before ``valid_to``."""

    place: UUID
    name: str
    valid_to: date


class EstateRow(NamedTuple):
    """An estate with the other names people use."""

    id: UUID
    name: str
    aliases: str
    community: UUID
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Rows:
    """What a directory is made of, as it stands in the database."""

    places: tuple[PlaceRow, ...]
    names: tuple[NameRow, ...]
    estates: tuple[EstateRow, ...]
    descents: tuple[tuple[UUID, UUID, date], ...]


class Directory:
    """The gazetteer of one state of the rows, and what each of its numbers stands for."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.places = {row.id: row for row in rows.places}
        self.estates = {row.id: row for row in rows.estates}
        self.former: dict[UUID, list[NameRow]] = defaultdict(list)
        self.successors: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
        self.predecessors: dict[UUID, list[tuple[UUID, date]]] = defaultdict(list)
        for name in rows.names:
            self.former[name.place].append(name)
        for place, predecessor, day in rows.descents:
            self.successors[predecessor].append((place, day))
            self.predecessors[place].append((predecessor, day))
        self.ids: list[UUID | None] = []
        self.gazetteer = addresses.Gazetteer(self._entries())

    def _entries(self) -> Iterator[addresses.Entry]:
        below: dict[UUID | None, list[PlaceRow]] = defaultdict(list)
        estates: dict[UUID, list[EstateRow]] = defaultdict(list)
        for place in self.rows.places:
            below[place.parent].append(place)
        for estate in self.rows.estates:
            estates[estate.community].append(estate)
        for district in below[None]:
            yield from self._region(district.region)
            yield from self._walked(district, below, estates)

    def _region(self, region: str) -> Iterator[addresses.Entry]:
        """What lies above the district: a province and a city, or a city alone."""
        found = _REGION.fullmatch(region.strip())
        for level, name in zip(_ABOVE, found.groups() if found else (), strict=False):
            if name:
                self.ids.append(None)
                yield addresses.Entry(level, (name,))

    def _walked(
        self, place: PlaceRow, below: dict[UUID | None, list[PlaceRow]], estates: dict[UUID, list[EstateRow]]
    ) -> Iterator[addresses.Entry]:
        self.ids.append(place.id)
        names = (place.name, *(former.name for former in self.former[place.id]))
        yield addresses.Entry(LEVELS[Level(place.level)], tuple(dict.fromkeys(names)))
        for estate in estates[place.id]:
            self.ids.append(estate.id)
            aliases = [alias for alias in _ALIASES.split(estate.aliases) if alias]
            yield addresses.Entry(addresses.Level.ESTATE, tuple(dict.fromkeys((estate.name, *aliases))))
        for child in below[place.id]:
            yield from self._walked(child, below, estates)

    def on(self, place: UUID, day: date) -> list[UUID]:
        """The places that ``place`` is on ``day``: itself, what it went into by then, or what it came from later."""
        row = self.places[place]
        if row.stands_on(day):
            return [place]
        if row.valid_from > day:
            return self._followed(place, day, [one for one, since in self.predecessors[place] if since > day])
        return self._followed(place, day, [one for one, since in self.successors[place] if since <= day])

    def _followed(self, place: UUID, day: date, steps: list[UUID]) -> list[UUID]:
        found = [one for step in steps if step != place for one in self.on(step, day)]
        return list(dict.fromkeys(found))


def read() -> Rows:
    """The rows as they stand now. Four queries."""
    places = Place.objects.filter(level__in=list(LEVELS)).order_by("code", "id")
    names = PlaceName.objects.filter(place__level__in=list(LEVELS)).order_by("valid_to", "id")
    estates = Estate.objects.order_by("name", "id")
    descents = Predecessor.objects.order_by("day", "id")
    place_columns = ("id", "name", "level", "parent_id", "region", "valid_from", "valid_to")
    return Rows(
        places=tuple(PlaceRow(*row) for row in places.values_list(*place_columns)),
        names=tuple(NameRow(*row) for row in names.values_list("place_id", "name", "valid_to")),
        estates=tuple(
            EstateRow(*row)
            for row in estates.values_list("id", "name", "aliases", "community_id", "valid_from", "valid_to")
        ),
        descents=tuple(descents.values_list("place_id", "predecessor_id", "day")),
    )


_latest: Directory | None = None


def directory() -> Directory:
    """The directory of the rows as they stand now; made anew only when a row has changed. Four queries."""
    global _latest
    rows, latest = read(), _latest
    if latest is None or latest.rows != rows:
        latest = _latest = Directory(rows)
    return latest

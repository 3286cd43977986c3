"""What a place was, what it came from, what it became, and what would be touched if it changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.places.models import Building, Estate, Household, Level, Place, PlaceName, Predecessor, SafetyEquipment


@dataclass(frozen=True)
class Below:
    """How much lies below a place: places in force, estates, buildings, households, safety equipment."""

    places: list[Place]
    estates: list[Estate]
    buildings: int
    households: int
    equipment: int

    def __bool__(self) -> bool:
        return bool(self.places or self.estates or self.buildings or self.equipment)


def since(place: Place) -> date:
    """The day from which a place carries its present name and code. One query."""
    last = PlaceName.objects.filter(place=place).order_by("-valid_to").values_list("valid_to", flat=True).first()
    return last or place.valid_from


def former_names(place: Place) -> QuerySet[PlaceName]:
    """Names and codes a place carried before, the latest first."""
    return PlaceName.objects.filter(place=place).order_by("-valid_to")


def named_on(place: Place, day: date) -> str:
    """What the place was called on a day. One query."""
    row = PlaceName.objects.filter(place=place, valid_from__lte=day, valid_to__gt=day).first()
    return row.name if row else place.name


def came_from(place: Place) -> QuerySet[Predecessor]:
    """The places it was made from, with the day and the document."""
    return Predecessor.objects.filter(place=place).select_related("predecessor")


def became(place: Place) -> QuerySet[Predecessor]:
    """The places it went into, with the day and the document."""
    return Predecessor.objects.filter(predecessor=place).select_related("place")


def heirs(place: Place) -> list[Place]:
    """The places in force that a place went into in the end; itself while it is in force. A query a step."""
    found: dict[UUID, Place] = {}
    seen: set[UUID] = set()
    asked = [place]
    while asked:
        seen |= {one.pk for one in asked}
        found.update({one.pk: one for one in asked if one.valid_to is None})
        ended = [one.pk for one in asked if one.valid_to is not None]
        rows = Predecessor.objects.filter(predecessor__in=ended).select_related("place").order_by("day", "id")
        asked = list({row.place_id: row.place for row in rows if row.place_id not in seen}.values())
    return list(found.values())


def sole_heir(place: Place) -> Place | None:
    """The one place in force that a place went into; None where it goes on, has several heirs, or none."""
    found = heirs(place) if place.valid_to is not None else []
    return found[0] if len(found) == 1 else None


def carriers_of(codes: Iterable[str]) -> dict[str, Place]:
    """The places in force that carry these codes. One query."""
    rows = Place.objects.filter(code__in=list(codes), valid_to__isnull=True).select_related("parent")
    return {place.code: place for place in rows}


def lies_below(place: Place) -> Below:
    """What lies below a place today. Five queries."""
    inside = Place.objects.filter(paths_up__ancestor=place)
    return Below(
        places=list(inside.filter(valid_to__isnull=True).exclude(pk=place.pk).order_by("code")),
        estates=list(Estate.objects.filter(community__in=inside, valid_to__isnull=True).order_by("name", "id")),
        buildings=Building.objects.filter(community__in=inside, valid_to__isnull=True).count(),
        households=Household.objects.filter(building__community__in=inside, building__valid_to__isnull=True).count(),
        equipment=SafetyEquipment.objects.filter(place__in=inside).count(),
    )


def mates(place: Place, rows: QuerySet[Place]) -> QuerySet[Place]:
    """Those of ``rows`` a place may be merged with: in force, of its level, in the same parent's reach."""
    levels = {place.level} | ({Level.COMMUNITY, Level.VILLAGE} if is_community(place) else set())
    same = rows.filter(level__in=levels, valid_to__isnull=True).exclude(pk=place.pk)
    return same.order_by("code") if is_community(place) else same.filter(parent=place.parent_id).order_by("code")


def is_community(place: Place) -> bool:
    """Whether a place is a community or a village: the level that holds estates and buildings."""
    return place.level in {Level.COMMUNITY, Level.VILLAGE}


def carried(code: str, on: date) -> Q:
    """Places that carried ``code`` until ``on``: by it now, or as a former code."""
    return Q(code=code) | Q(former_names__code=code, former_names__valid_to=on)

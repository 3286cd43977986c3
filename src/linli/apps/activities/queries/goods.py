"""Reads of goods handed out: what I hand out, how far it is; counts for everybody, lists for the staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.apps.activities.models import Distribution, Handout
from linli.apps.activities.permissions import DOOR, READERS
from linli.apps.activities.queries.activities import visible_to as activities_visible_to
from linli.apps.ledger.queries import spendable_by
from linli.apps.places.models import Building, Place
from linli.kernel.refs import Ref, resolve
from linli.kernel.scope import Actor

MOST_DOORS = 20
"""Rows of a sheet shown at once: each is a card of its own on a phone."""
MOST_SUBJECTS = 300
"""Of each kind of source; a list to choose from, not an archive."""


def distributions_visible_to(actor: Actor | None, rows: QuerySet[Distribution] | None = None) -> QuerySet[Distribution]:
    """What is handed out in the places where the actor's posts reach."""
    rows = Distribution.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def handouts_visible_to(actor: Actor | None, rows: QuerySet[Handout] | None = None) -> QuerySet[Handout]:
    """Who signed: only where the actor stands at the door."""
    rows = Handout.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(distribution__place__in=actor.reach(*DOOR).places)


@dataclass(frozen=True)
class BuildingCount:
    """A building with its households: how many are to get something, how many have signed."""

    building: Building
    households: int
    signed: int


def by_building(distribution: Distribution) -> list[BuildingCount]:
    """Every building in its order. Two queries."""
    rows = distribution.handouts.order_by().values_list("building")
    counted = rows.annotate(all=Count("pk"), signed=Count("pk", filter=Q(signed_on__isnull=False)))
    found = {building: (whole, signed) for building, whole, signed in counted}
    buildings = Building.objects.filter(pk__in=found).select_related("estate").order_by("number", "name", "id")
    return [BuildingCount(building, *found[building.pk]) for building in buildings]


@dataclass(frozen=True)
class Part:
    """Doors of a building that fit on a phone: a stairwell, or some floors of it. Rows with their sheet numbers."""

    key: str
    stairwell: str
    floors: tuple[int, int] | None
    rows: list[tuple[int, Handout]]

    @property
    def title(self) -> str:
        """「3单元 1–6层」."""
        floors = ""
        if self.floors is not None:
            first, last = self.floors
            floors = str(first) if first == last else f"{first}–{last}"
            floors = pgettext("floors of a building", "floor %(floors)s") % {"floors": floors}
        return " ".join(filter(None, (self.stairwell, floors))) or _("Other doors")

    @property
    def signed(self) -> int:
        """How many of its households have signed."""
        return sum(row.signed_on is not None for _number, row in self.rows)


def parts_of(handouts: Iterable[Handout], *, most: int = MOST_DOORS) -> list[Part]:
    """The rows of a building's sheet, a part a stairwell; one of more than ``most`` doors is cut between floors."""
    found: list[Part] = []
    numbered = list(enumerate(handouts, start=1))
    for stairwell, doors in groupby(numbered, lambda one: one[1].household.stairwell):
        rows = list(doors)
        pieces = [rows] if len(rows) <= most else _by_floors(rows, most)
        for piece in pieces:
            floors = _floors(piece) if len(pieces) > 1 else None
            found.append(Part(str(len(found) + 1), str(stairwell or ""), floors, piece))
    return found


def part_of(parts: Sequence[Part], handout: UUID) -> str:
    """The key of the part in which a row stands, or ""."""
    return next((one.key for one in parts for _number, row in one.rows if row.pk == handout), "")


def _by_floors(rows: list[tuple[int, Handout]], most: int) -> list[list[tuple[int, Handout]]]:
    """Whole floors together, as many as fit; one floor alone may be longer."""
    pieces: list[list[tuple[int, Handout]]] = []
    for _floor, doors in groupby(rows, lambda one: floor_of(one[1].household.room)):
        piece = list(doors)
        if pieces and len(pieces[-1]) + len(piece) <= most:
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _floors(piece: list[tuple[int, Handout]]) -> tuple[int, int] | None:
    told = [floor for _number, row in piece if (floor := floor_of(row.household.room)) is not None]
    return (min(told), max(told)) if told else None


def floor_of(room: str) -> int | None:
    """501 → 5, 1203 → 12; None for a door that tells no floor (底商2)."""
    return int(room[:-2]) if room.isdecimal() and 3 <= len(room) <= 4 else None


@dataclass(frozen=True)
class GoodsCount:
    """What everybody may know: pieces and households, never who."""

    item: str
    measure: str
    bought: int
    handed: int
    households: int
    signed: int


def goods_count(distribution: Distribution) -> GoodsCount:
    """The counts of one handing-out. One query."""
    found = distribution.handouts.aggregate(
        households=Count("pk"), signed=Count("pk", filter=Q(signed_on__isnull=False))
    )
    row = distribution
    return GoodsCount(row.item, row.measure, row.bought, row.handed, found["households"], found["signed"])


def goods_about(subject: Ref) -> QuerySet[Distribution]:
    """What was handed out for one record, the latest first."""
    return Distribution.objects.filter(subject_kind=subject.kind, subject_id=subject.id)


def goods_at(place: Place) -> QuerySet[Distribution]:
    """What is handed out at or below a place, the latest first."""
    return Distribution.objects.filter(place__paths_up__ancestor=place.pk)


def public_goods() -> QuerySet[Distribution]:
    """What was handed out, for everybody: item, place and counts; who signed is never among them."""
    rows = Distribution.objects.select_related("place")
    return rows.annotate(
        households=Count("handouts"), signed=Count("handouts", filter=Q(handouts__signed_on__isnull=False))
    ).order_by("-begun_at", "-id")


def known_subjects(actor: Actor | None) -> list[tuple[Ref, str]]:
    """What the activities and the money the actor sees are for, by name: the records goods may belong to."""
    held = activities_visible_to(actor).exclude(subject_id=None).order_by()
    paid = spendable_by(actor).order_by()
    pairs = {*held.values_list("subject_kind", "subject_id")[:MOST_SUBJECTS]}
    pairs |= {*paid.values_list("subject_kind", "subject_id")[:MOST_SUBJECTS]}
    named = resolve([Ref(kind, key) for kind, key in pairs if key is not None], actor=actor)
    return sorted(((ref, one.label) for ref, one in named.items()), key=lambda one: one[1])

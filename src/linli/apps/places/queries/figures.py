"""The profile of a place: figures with source and day; parts and totals side by side, never made to agree."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db.models import Count

from linli.apps.places.models import Estate, EstateKind, Figure, Level, Place, PlacePath

DICTIONARY = Path(__file__).resolve().parents[1] / "data" / "figures.json"


@dataclass(frozen=True)
class FigureKind:
    """One entry of the data dictionary: what is counted, in which unit, with how many decimals."""

    code: str
    title: str
    unit: str
    decimals: int
    group: str

    def written(self, value: Decimal) -> str:
        """A value as people read it: 1,619; 0.21."""
        text = f"{value:,.{self.decimals}f}"
        return text.rstrip("0").rstrip(".") if self.decimals else text


@dataclass(frozen=True)
class Parts:
    """What the places directly below give for the same thing: their sum, and how many of them gave one."""

    total: Decimal
    given: int
    of: int
    written: str


@dataclass(frozen=True)
class ProfileLine:
    """One kind of figure of a place: the latest, others that count, and older ones."""

    kind: FigureKind
    figure: Figure | None
    written: str
    rivals: list[tuple[Figure, str]] = field(default_factory=list)
    older: list[tuple[Figure, str]] = field(default_factory=list)
    parts: Parts | None = None

    @property
    def differs(self) -> bool:
        """Whether the figure and the sum of all parts are both there and are not the same."""
        parts = self.parts
        return bool(parts and self.figure and parts.given == parts.of and parts.total != self.figure.value)


@dataclass(frozen=True)
class Share:
    """How many of all estates are of one type."""

    title: str
    count: int
    percent: str


@cache
def figure_kinds() -> Mapping[str, FigureKind]:
    """The data dictionary, by code, in its order."""
    rows = json.loads(DICTIONARY.read_text(encoding="utf-8"))
    return {row["code"]: FigureKind(**row) for row in rows}


def profile(place: Place) -> list[ProfileLine]:
    """The figures of a place in the order of the dictionary. One query."""
    mine = _by_kind(Figure.objects.filter(place=place))
    return [_line(kind, mine[code]) for code, kind in figure_kinds().items() if code in mine]


def profile_with_parts(place: Place) -> list[ProfileLine]:
    """The same with the sums of the places directly below, also where the place itself has no figure. Three queries."""
    mine = _by_kind(Figure.objects.filter(place=place))
    below = list(place.children.filter(valid_to__isnull=True).exclude(level__in=[Level.POINT]).values_list("pk"))
    theirs = _latest_of_each(Figure.objects.filter(place__in=[key for (key,) in below]))
    lines = []
    for code, kind in figure_kinds().items():
        values = theirs.get(code, {})
        if code not in mine and not values:
            continue
        total = sum(values.values(), Decimal(0))
        parts = Parts(total, len(values), len(below), kind.written(total)) if values else None
        lines.append(_line(kind, mine.get(code, []), parts))
    return lines


def _line(kind: FigureKind, rows: list[Figure], parts: Parts | None = None) -> ProfileLine:
    told = [(row, kind.written(row.value)) for row in rows]
    if not told:
        return ProfileLine(kind, None, "", parts=parts)
    first, written = told[0]
    rivals = [one for one in told[1:] if one[0].as_of == first.as_of]
    older = [one for one in told[1:] if one[0].as_of != first.as_of]
    return ProfileLine(kind, first, written, rivals, older, parts)


def _by_kind(rows: Iterable[Figure]) -> dict[str, list[Figure]]:
    """Rows by kind, the latest first."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.as_of, row.pk), reverse=True):
        found[row.kind].append(row)
    return found


def _latest_of_each(rows: Iterable[Figure]) -> dict[str, dict[UUID, Decimal]]:
    found: dict[str, dict[UUID, Decimal]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: (row.as_of, row.pk)):
        found[row.kind][row.place_id] = row.value
    return found


def estates_by_type(place: Place) -> list[Share]:
    """How the estates in and below a place divide by type, every type named; empty where there is none. One query."""
    inside = PlacePath.objects.filter(ancestor=place).values("descendant")
    rows = Estate.objects.filter(community__in=inside, valid_to__isnull=True).order_by()
    counted = dict(rows.values_list("kind").annotate(n=Count("pk")))
    total = sum(counted.values())
    if not total:
        return []
    return [
        Share(str(kind.label), counted.get(kind.value, 0), f"{100 * counted.get(kind.value, 0) / total:.1f}%")
        for kind in EstateKind
    ]

"""An outline drawn as a picture of lines, with what lies inside and the names; on blank ground, or on a base map."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linli.apps.places.models import Outline, OutlineDatum, Place
from linli.apps.places.queries.basemap import number_on, tiles

WIDTH, MARGIN, TALLEST = 600.0, 20.0, 460.0
RADIUS = 6_371_008.8
"""Mean radius of the earth in metres."""

Ring = list[list[float]]


@dataclass(frozen=True)
class Frame:
    """How degrees become points of the picture: ``west`` and ``north`` are its edge, ``narrow`` the cosine of its
    latitude, ``scale`` points to a degree of latitude."""

    west: float
    north: float
    narrow: float
    scale: float
    margin: float = MARGIN

    def place(self, point: list[float]) -> tuple[float, float]:
        """A point of the picture."""
        return (
            MARGIN + (point[0] - self.west) * self.narrow * self.scale,
            MARGIN + (self.north - point[1]) * self.scale,
        )


@dataclass(frozen=True)
class Drawn:
    """A picture, and the same in words: name, area in square kilometres, points, source, day, coordinates."""

    picture: SafeString
    rows: list[dict[str, object]]
    left_out: list[str]
    frame: Frame


def draw(place: Place, outlines: Iterable[Outline], *, pin: tuple[float, float] | None = None) -> Drawn | None:
    """The picture of a place and of what lies directly in it; None where nothing has an outline.

    ``pin`` is a point to mark: latitude and longitude in degrees, in the coordinates of the outline.

    Outlines in other coordinates than the first are left out: the two systems lie some hundred metres apart.
    """
    found = sorted(outlines, key=lambda one: (one.place_id != place.pk, one.place.code))
    if not found:
        return None
    datum = found[0].datum
    shown = [one for one in found if one.datum == datum]
    frame, height = _frame([point for one in shown for point in _points(one)])
    shapes = format_html_join("", '<path class="{}" fill-rule="evenodd" d="{}"><title>{}</title></path>', (
        ("outline-whole" if one.place_id == place.pk else "outline-part", _path(one, frame), one.place.name)
        for one in shown
    ))  # fmt: skip
    words = format_html_join("", '<text class="outline-name" text-anchor="middle" x="{}" y="{}">{}</text>', (
        (f"{x:.1f}", f"{y:.1f}", one.place.name)
        for one in shown
        if one.place_id != place.pk or len(shown) == 1
        for x, y in [frame.place(_middle(one.polygons))]
    ))  # fmt: skip
    mark = SafeString("")
    if pin is not None:
        x, y = frame.place([pin[1], pin[0]])
        mark = format_html('<circle class="outline-pin" cx="{}" cy="{}" r="9"></circle>', f"{x:.1f}", f"{y:.1f}")
    has_map = datum == OutlineDatum.WGS84
    picture = format_html(
        '<svg class="outline" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}{}{}</svg>',
        f"{WIDTH:.0f}",
        f"{height:.0f}",
        _("Outline of %(name)s; the table below says the same") % {"name": place.name},
        tiles(frame, WIDTH, height) if has_map else "",
        shapes,
        words,
        mark,
        number_on(WIDTH, height) if has_map else "",
    )
    return Drawn(picture, [_row(one) for one in shown], [one.place.name for one in found if one.datum != datum], frame)


def ground_of(place: Place, *, pin: tuple[float, float] | None = None) -> Drawn | None:
    """The picture on which somebody points at a place, or reads where he did: of a community, in WGS-84. One query.

    None where no outline in WGS-84 is known: a point of the other coordinates would lie some hundred metres off.
    """
    inside = Place.objects.filter(paths_up__ancestor=place, paths_up__depth__lte=1, valid_to__isnull=True)
    rows = Outline.objects.filter(place__in=inside.values("pk"), datum=OutlineDatum.WGS84).select_related("place")
    return draw(place, rows, pin=pin)


def _points(outline: Outline) -> list[list[float]]:
    return [point for polygon in outline.polygons for ring in polygon for point in ring]


def _frame(points: list[list[float]]) -> tuple[Frame, float]:
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    narrow = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * narrow, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / high)
    spare = (WIDTH - 2 * MARGIN - wide * scale) / 2 / (scale * narrow)
    return Frame(west - spare, north, narrow, scale), high * scale + 2 * MARGIN


def _path(outline: Outline, frame: Frame) -> str:
    rings = (ring for polygon in outline.polygons for ring in polygon)
    return " ".join(
        "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in map(frame.place, ring[:-1])) + " Z" for ring in rings
    )


def _signed(ring: Ring) -> tuple[float, float, float]:
    """Twice the signed area of a ring in degrees, and its centre weighed by it."""
    area = x = y = 0.0
    east, north = ring[0]
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = (x1 - east) * (y2 - north) - (x2 - east) * (y1 - north)
        area += cross
        x += (x1 + x2 - 2 * east) * cross
        y += (y1 + y2 - 2 * north) * cross
    return (area, east + x / (3 * area), north + y / (3 * area)) if area else (0.0, east, north)


def _middle(polygons: list[list[Ring]]) -> list[float]:
    """The centre of the largest polygon."""
    _area, x, y = max((_signed(polygon[0]) for polygon in polygons), key=lambda found: abs(found[0]))
    return [x, y]


def area_of(polygons: list[list[Ring]]) -> float:
    """Square kilometres, holes taken off, on a ball of the earth's mean radius; good to a part in a thousand here."""
    total = 0.0
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            narrow = math.cos(math.radians(sum(point[1] for point in ring[:-1]) / (len(ring) - 1)))
            size = abs(_signed(ring)[0]) / 2 * narrow * math.radians(1) ** 2 * RADIUS**2 / 1e6
            total += -size if number else size
    return total


def _row(outline: Outline) -> dict[str, object]:
    return {
        "place": outline.place,
        "area": f"{area_of(outline.polygons):.3f}",
        "points": len(_points(outline)),
        "source": outline.source,
        "as_of": outline.as_of,
        "datum": outline.get_datum_display(),
    }

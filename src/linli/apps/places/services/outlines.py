"""Taking an outline over from GeoJSON: size, form and coordinates are checked before anything is drawn."""

import json
import math
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Outline, OutlineDatum, Place
from linli.apps.places.permissions import changes_places
from linli.kernel.audit import Change, told
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

MOST_BYTES = 512 * 1024
MOST_POINTS = 20_000
EAST, NORTH = (73.0, 136.0), (3.0, 54.0)
"""Degrees of longitude and latitude between which every outline lies."""

Ring = list[list[float]]
Polygons = list[list[Ring]]


def draw_outline(
    *,
    place: Place,
    geojson: str,
    datum: OutlineDatum,
    source: str,
    as_of: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> Outline:
    """The outline of a place, instead of one it had. Refuses what is too large, no polygon, or far away."""
    _require_keeper(place, actor)
    if not source.strip():
        raise Refusal(_("Say where the outline comes from."), field="source")
    polygons = polygons_of(geojson)
    with transaction.atomic():
        before = _facts(Outline.objects.filter(place=place).first())
        outline, _is_new = Outline.objects.update_or_create(
            place=place,
            defaults={"polygons": polygons, "datum": datum, "source": source.strip(), "as_of": as_of},
        )
        facts = _facts(outline)
        if before:
            facts = {name: Change(before[name], now) if before[name] != now else now for name, now in facts.items()}
        record("places.outline.draw", place, actor=actor, facts=facts, at=at)
    return outline


def remove_outline(outline: Outline, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The place has no outline any more."""
    _require_keeper(outline.place, actor)
    with transaction.atomic():
        Outline.objects.filter(pk=outline.pk).delete()
        record("places.outline.remove", outline.place, actor=actor, facts={"source": outline.source}, at=at)


def _facts(outline: Outline | None) -> dict[str, Any]:
    if outline is None:
        return {}
    points = sum(len(ring) for polygon in outline.polygons for ring in polygon)
    return {
        "source": outline.source,
        "as_of": outline.as_of,
        "coordinates": told(outline, "datum"),
        "points": points,
    }


def _require_keeper(place: Place, actor: Actor | None) -> None:
    if not changes_places(actor, place):
        raise NotAllowed(_("Only an officer of this street or the system administrator changes places here."))


def polygons_of(geojson: str) -> Polygons:
    """The polygons of a GeoJSON text, every ring closed, six decimals. Raises Refusal with what is wrong."""
    if len(geojson.encode()) > MOST_BYTES:
        raise _no(_("The outline is larger than 512 KB. Simplify it before it is taken over."))
    try:
        found = _polygons(json.loads(geojson))
    except RecursionError as error:
        raise _no(_("This is not GeoJSON.")) from error
    except ValueError as error:
        raise _no(_("This is not GeoJSON.")) from error
    if sum(len(ring) for polygon in found for ring in polygon) > MOST_POINTS:
        raise _no(_("The outline has more than 20,000 points. Simplify it before it is taken over."))
    return found


def _polygons(value: Any) -> Polygons:
    kind = value.get("type") if isinstance(value, dict) else None
    if kind == "Feature":
        return _polygons(value.get("geometry"))
    if kind == "FeatureCollection":
        features = value.get("features")
        if not isinstance(features, list) or not features:
            raise _no(_("There is no polygon in it."))
        return [polygon for feature in features for polygon in _polygons(feature)]
    if kind == "Polygon":
        return [_polygon(value.get("coordinates"))]
    if kind == "MultiPolygon" and isinstance(value.get("coordinates"), list) and value["coordinates"]:
        return [_polygon(one) for one in value["coordinates"]]
    raise _no(_("There is no polygon in it."))


def _polygon(value: Any) -> list[Ring]:
    if not isinstance(value, list) or not value:
        raise _no(_("There is no polygon in it."))
    return [_ring(one) for one in value]


def _ring(value: Any) -> Ring:
    if not isinstance(value, list):
        raise _no(_("There is no polygon in it."))
    ring = [_point(one) for one in value]
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise _no(_("A ring has at least four points and ends where it begins."))
    return ring


def _point(value: Any) -> list[float]:
    if not isinstance(value, list) or len(value) < 2 or not all(_is_number(part) for part in value[:2]):
        raise _no(_("A point is a longitude and a latitude."))
    east, north = float(value[0]), float(value[1])
    if not (EAST[0] <= east <= EAST[1] and NORTH[0] <= north <= NORTH[1]):
        raise _no(_("A point lies outside the country. Longitude comes first, then latitude."))
    return [round(east, 6), round(north, 6)]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _no(sentence: str | Promise) -> Refusal:
    return Refusal(sentence, field="geojson")

"""The base map behind an outline: tiles laid under its lines, with the number of approval written on them.

Tiles are asked of the service by the reader's browser, as pictures: degrees of latitude and longitude (matrix set
"c" of 天地图, CGCS2000, which lies within centimetres of WGS-84). Without a configured service, and for outlines
of other coordinates, the ground stays blank.
"""

import math
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from linli.apps.places.queries.drawing import Frame

DEEPEST = 18
MOST_TILES = 48
TILE = '<image href="{}" x="{}" y="{}" width="{}" height="{}" preserveAspectRatio="none" />'
WIDEST = 256.0
"""A tile is drawn at most this wide, in points of the picture: it has so many dots."""


def approval_number() -> str:
    """The number that must stand on every map: 审图号; "" where there is no map."""
    return settings.LINLI_MAP_NUMBER if settings.LINLI_MAP_TILES else ""


def _level(frame: "Frame", width: float, height: float) -> int:
    """The coarsest level whose tiles are drawn no wider than their dots, and that needs not too many tiles."""
    for level in range(1, DEEPEST + 1):
        side = 360 / 2**level * frame.scale
        if side <= WIDEST:
            across, down = width / (side * frame.narrow) + 2, height / side + 2
            return level if across * down <= MOST_TILES else level - 1
    return DEEPEST


def tiles(frame: "Frame", width: float, height: float) -> SafeString:
    """The tiles under a picture of this size and the number of approval on it; "" without a configured service."""
    number = approval_number()
    if not number:
        return SafeString("")
    level = _level(frame, width, height)
    span = 360 / 2**level
    margin = frame.margin
    west = frame.west - margin / (frame.narrow * frame.scale)
    north = frame.north + margin / frame.scale
    east, south = west + width / (frame.narrow * frame.scale), north - height / frame.scale
    columns = range(math.floor((west + 180) / span), math.floor((east + 180) / span) + 1)
    rows = range(math.floor((90 - north) / span), math.floor((90 - south) / span) + 1)
    pictures = format_html_join("", TILE, (
        (
            address.replace("{z}", str(level)).replace("{x}", str(column)).replace("{y}", str(row)),
            f"{x:.2f}", f"{y:.2f}", f"{span * frame.narrow * frame.scale:.2f}", f"{span * frame.scale:.2f}",
        )
        for address in settings.LINLI_MAP_TILES
        for column in columns
        for row in rows
        for x, y in [frame.place([column * span - 180, 90 - row * span])]
    ))  # fmt: skip
    return format_html('<g class="basemap" aria-hidden="true">{}</g>', pictures)


def number_on(width: float, height: float) -> SafeString:
    """The number of approval in the corner of the picture, above its lines; "" without a map."""
    number = approval_number()
    if not number:
        return SafeString("")
    words = f"{settings.LINLI_MAP_NAME} 审图号：{number}".strip()
    return format_html('<text class="basemap-number" text-anchor="end" x="{}" y="{}">{}</text>',
                       f"{width - 6:.0f}", f"{height - 6:.0f}", words)  # fmt: skip

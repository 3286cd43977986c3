"""A base map: only with its number, tiles under the lines where they belong, blank ground without configuration."""

import re
from datetime import date
from typing import Any

import pytest

from linli.apps.places.models import Outline, OutlineDatum
from linli.apps.places.queries.basemap import MOST_TILES
from linli.apps.places.queries.drawing import draw
from linli.apps.places.tests.factories import District, make_district
from linli.site.settings.maps import for_tiles, tile_addresses, tile_origins

pytestmark = pytest.mark.django_db
ASKED = {
    "LINLI_MAP_TILES": "https://t0.example.org/vec?z={z}&y={y}&x={x}&tk={key} https://t1.example.org/cva?z={z}&y={y}&x={x}",
    "LINLI_MAP_KEY": "k123",
    "LINLI_MAP_NUMBER": "GS(2024)0568号",
}
TILE = re.compile(
    r'<image href="https://t(\d)\.example\.org/\w+\?z=(\d+)&amp;y=(\d+)&amp;x=(\d+)[^"]*" x="([-\d.]+)" y="([-\d.]+)"'
    r' width="([\d.]+)" height="([\d.]+)"'
)


@pytest.fixture
def here() -> District:
    return make_district()


def outline(here: District, datum: str = OutlineDatum.WGS84) -> Outline:
    """A square of some 900 m in Beijing."""
    ring = [[116.40, 39.90], [116.41, 39.90], [116.41, 39.908], [116.40, 39.908], [116.40, 39.90]]
    return Outline(place=here.community, polygons=[[ring]], datum=datum, source="规划", as_of=date(2026, 1, 1))


@pytest.fixture
def mapped(settings: Any) -> None:
    settings.LINLI_MAP_TILES = tile_addresses(ASKED)
    settings.LINLI_MAP_NUMBER = ASKED["LINLI_MAP_NUMBER"]
    settings.LINLI_MAP_NAME = "天地图"


def picture(here: District, datum: str = OutlineDatum.WGS84) -> str:
    drawn = draw(here.community, [outline(here, datum)])
    assert drawn is not None
    return str(drawn.picture)


def test_without_configuration_the_ground_is_blank(here: District) -> None:
    assert ("<image" in picture(here), "审图号" in picture(here)) == (False, False)


@pytest.mark.parametrize(
    "missing",
    [
        {"LINLI_MAP_NUMBER": " "},
        {"LINLI_MAP_TILES": ""},
        {"LINLI_MAP_TILES": "http://t0.example.org/{z}/{y}/{x}"},
        {"LINLI_MAP_TILES": "https://t0.example.org/{z}/{y}"},
        {"LINLI_MAP_TILES": "https:///{z}/{y}/{x}"},
    ],
)
def test_no_map_without_its_number_or_over_an_open_line(missing: dict[str, str]) -> None:
    assert (tile_addresses(ASKED | missing), tile_origins(ASKED | missing)) == ((), [])


def test_pages_may_fetch_from_exactly_its_hosts() -> None:
    assert tile_origins(ASKED) == ["https://t0.example.org", "https://t1.example.org"]
    policy = {"default-src": ["'self'"], "img-src": ["'self'", "data:"]}
    assert for_tiles(policy, ASKED) == {
        "img-src": ["'self'", "data:", *tile_origins(ASKED)],
        "connect-src": ["'self'", *tile_origins(ASKED)],
    }
    assert for_tiles(policy, {}) == {}
    assert [one.count("k123") for one in tile_addresses(ASKED)] == [1, 0]


@pytest.mark.usefixtures("mapped")
def test_the_number_stands_on_the_picture(here: District) -> None:
    assert "天地图 审图号：GS(2024)0568号</text></svg>" in picture(here)


@pytest.mark.usefixtures("mapped")
def test_a_map_without_its_number_is_not_drawn_even_with_tiles(here: District, settings: Any) -> None:
    settings.LINLI_MAP_NUMBER = ""
    assert "<image" not in picture(here)


@pytest.mark.usefixtures("mapped")
def test_tiles_lie_where_their_degrees_are(here: District) -> None:
    drawn = draw(here.community, [outline(here)])
    assert drawn is not None
    found = TILE.findall(str(drawn.picture))
    assert 0 < len(found) <= 2 * MOST_TILES
    for _layer, level, row, column, x, y, width, height in found:
        span = 360 / 2 ** int(level)
        corner = drawn.frame.place([int(column) * span - 180, 90 - int(row) * span])
        after = drawn.frame.place([(int(column) + 1) * span - 180, 90 - (int(row) + 1) * span])
        assert (float(x), float(y)) == pytest.approx(corner, abs=0.01)
        assert (float(x) + float(width), float(y) + float(height)) == pytest.approx(after, abs=0.02)


@pytest.mark.usefixtures("mapped")
def test_tiles_cover_the_whole_picture_and_are_sharp(here: District) -> None:
    body = picture(here)
    found = [tuple(map(float, one[4:])) for one in TILE.findall(body) if one[0] == "0"]
    high = float(re.search(r'viewBox="0 0 600 (\d+)"', body)[1])  # type: ignore[index]
    assert min(x for x, *_ in found) <= 0
    assert min(y for _x, y, *_ in found) <= 0
    assert max(x + width for x, _y, width, _h in found) >= 600
    assert max(y + height for _x, y, _w, height in found) >= high
    assert max(height for *_, height in found) <= 256


@pytest.mark.usefixtures("mapped")
def test_an_outline_in_other_coordinates_stays_on_blank_ground(here: District) -> None:
    assert "<image" not in picture(here, OutlineDatum.GCJ02)

"""Front-end assets: what is committed is what vendor.toml names, and nothing that must not ship."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "linli"
VENDOR = SOURCE / "kernel" / "ui" / "static" / "vendor"
ASSETS = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["asset"]
SPRITE = (VENDOR / "icons" / "sprite.svg").read_text(encoding="utf-8")


def test_it_commits_exactly_the_files_that_are_named() -> None:
    named = {target for asset in ASSETS for target in asset["files"].values()} | {"icons/sprite.svg"}
    assert {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()} == named


def test_it_pins_name_version_hash_and_licence() -> None:
    for asset in ASSETS:
        assert re.fullmatch(r"[0-9a-f]{64}", asset["sha256"])
        assert re.fullmatch(r"\d+\.\d+\.\d+", asset["version"])
        assert asset["licence"] in {"MIT", "0BSD", "Apache-2.0", "BSD-3-Clause"}


def test_it_draws_every_icon_that_is_named() -> None:
    icons = next(asset["icons"] for asset in ASSETS if "icons" in asset)
    assert re.findall(r'<symbol id="([^"]+)"', SPRITE) == sorted(icons)


def test_it_names_no_icon_that_is_not_drawn() -> None:
    known = set(re.findall(r'<symbol id="([^"]+)"', SPRITE))
    used = {
        name
        for path in SOURCE.glob("**/templates/**/*.html")
        for name in re.findall(
            r'(?:<c-icon name|<c-(?:button|link-button|empty|dialog)\b[^>]*? icon)="([a-z0-9-]+)"',
            path.read_text(encoding="utf-8"),
        )
    }
    assert sorted(used - known) == []


def test_it_ships_no_map_tiles_emblems_or_lists_of_countries() -> None:
    shipped = [path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    tiles = [path for path in shipped if path.suffix in {".pbf", ".mbtiles", ".pmtiles", ".geojson", ".topojson"}]
    marks = [path for path in shipped if re.search(r"flag|emblem|countr|国徽|国旗|党徽", path.name)]
    assert (tiles, marks) == ([], [])

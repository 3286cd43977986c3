"""Every icon that a page names is in the sprite that ships."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1] / "src" / "linli"
SPRITE = HOUSE / "kernel" / "ui" / "static" / "vendor" / "icons" / "sprite.svg"
NAMED = re.compile(r'(?:icon|c-icon name)="([a-z0-9-]+)"')


def _users() -> list[Path]:
    return [path for path in [*HOUSE.rglob("*.html"), *HOUSE.rglob("*.py")] if NAMED.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("path", _users(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_it_ships_every_icon_it_names(path: Path) -> None:
    shipped = set(re.findall(r'id="([a-z0-9-]+)"', SPRITE.read_text("utf-8")))
    assert set(NAMED.findall(path.read_text("utf-8"))) - shipped == set()

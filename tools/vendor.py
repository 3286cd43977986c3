"""Fetches the front-end assets named in vendor.toml and lays them under static/vendor: ``make vendor``.

For maintainers; needs npm. Nothing else in the house does: the files are committed. ``--hashes`` writes the hashes of
new versions into vendor.toml instead of checking them.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "vendor.toml"
TARGET = ROOT / "src" / "linli" / "kernel" / "ui" / "static" / "vendor"


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def declared() -> list[dict[str, Any]]:
    """The assets of vendor.toml, in order."""
    assets: list[dict[str, Any]] = tomllib.loads(LIST.read_text(encoding="utf-8"))["asset"]
    return assets


def fetch(asset: dict[str, Any], folder: Path) -> Path:
    """The package as npm packs it, in ``folder``."""
    name = f"{asset['name']}@{asset['version']}"
    npm = shutil.which("npm") or "npm"
    done = subprocess.run([npm, "pack", "--silent", name], cwd=folder, capture_output=True, text=True, check=True)
    return folder / done.stdout.strip().splitlines()[-1]


def read(package: Path, member: str) -> bytes:
    """One file of a package."""
    with tarfile.open(package) as archive:
        found = archive.extractfile(f"package/{member}")
        if found is None:
            raise FileNotFoundError(member)
        return found.read()


def symbol(name: str, drawing: str) -> str:
    """One drawing of the icon set as a symbol of the sprite; its empty bounding box is left out."""
    shapes = [
        shape for shape in re.findall(r"<(?:path|circle|rect|line)[^>]*/>", drawing) if "M0 0h24v24H0z" not in shape
    ]
    look = 'fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{name}" viewBox="0 0 24 24" {look}>' + "".join(shapes).replace(" />", "/>") + "</symbol>"


def sprite(package: Path, icons: list[str]) -> bytes:
    """One SVG with a symbol for each icon."""
    symbols = [symbol(name, read(package, f"icons/outline/{name}.svg").decode()) for name in sorted(icons)]
    text = "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>"])
    return (text + "\n").encode()


def lay(asset: dict[str, Any], package: Path) -> None:
    """Write the named files of a package, and the sprite where icons are named."""
    for member, target in asset["files"].items():
        path = TARGET / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(read(package, member))
    if "icons" in asset:
        path = TARGET / asset["sprite"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(sprite(package, asset["icons"]))


def main(words: list[str]) -> int:
    """Fetch, check, lay. 1 where a package is not the one that was pinned."""
    text, wrong = LIST.read_text(encoding="utf-8"), []
    with tempfile.TemporaryDirectory() as folder:
        for asset in declared():
            package = fetch(asset, Path(folder))
            found = digest(package.read_bytes())
            if found != asset["sha256"] and "--hashes" in words:
                text = text.replace(asset["sha256"], found)
            elif found != asset["sha256"]:
                wrong.append(f"{asset['name']} {asset['version']}: expected {asset['sha256']}, found {found}")
                continue
            lay(asset, package)
            sys.stdout.write(f"{asset['name']} {asset['version']}\n")
    LIST.write_text(text, encoding="utf-8")
    for sentence in wrong:
        sys.stderr.write(sentence + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

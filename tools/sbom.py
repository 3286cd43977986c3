"""What a bundle is made of, as a CycloneDX 1.5 document: each package with version, hash and licence."""

import email
import re
import tomllib
import zipfile
from email.message import Message
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FACES = {"noto-cjk-sans-otc": "OFL-1.1", "noto-cjk-sans-jp-bold": "OFL-1.1"}
"""Packages that carry type faces, whose licence is another than their code's."""


def metadata_of(wheel: Path) -> Message:
    """The package's own words about itself."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(
            name for name in archive.namelist() if name.endswith(".dist-info/METADATA") and name.count("/") == 1
        )
        return email.message_from_bytes(archive.read(name))


def licence_of(told: Message) -> str:
    """The licence by expression, by classifier, or by its first line; "unknown" where nothing is told."""
    if told["License-Expression"]:
        return str(told["License-Expression"])
    kinds = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License ::")]
    kinds = [kind for kind in kinds if kind != "OSI Approved"]
    if kinds:
        return " AND ".join(sorted(kinds))
    lines = str(told["License"] or "").strip().splitlines()
    return lines[0][:80] if lines else "unknown"


def component(wheel: Path, digest: str) -> dict[str, Any]:
    """One package."""
    told = metadata_of(wheel)
    name = re.sub(r"[-_.]+", "-", str(told["Name"])).lower()
    return {
        "type": "library",
        "name": name,
        "version": str(told["Version"]),
        "purl": f"pkg:pypi/{name}@{told['Version']}",
        "hashes": [{"alg": "SHA-256", "content": digest}],
        "licenses": [{"license": {"name": FACES.get(name) or licence_of(told)}}],
        "properties": [{"name": "linli:file", "value": wheel.name}],
    }


def assets() -> list[dict[str, Any]]:
    """What browsers are given, as vendor.toml names it."""
    listed = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))["asset"]
    return [
        {
            "type": "library",
            "name": one["name"],
            "version": one["version"],
            "purl": f"pkg:npm/{one['name'].replace('@', '%40')}@{one['version']}",
            "hashes": [{"alg": "SHA-256", "content": one["sha256"]}],
            "licenses": [{"license": {"name": one["licence"]}}],
        }
        for one in listed
    ]


def document(version: str, wheels: dict[Path, str]) -> dict[str, Any]:
    """The whole, for these wheels and their SHA-256."""
    packages = [component(wheel, digest) for wheel, digest in sorted(wheels.items())]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "linli", "version": version}},
        "components": [*packages, *assets()],
    }

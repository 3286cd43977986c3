"""Reads the files of signs in ``data/``; what is wrong in one is refused when the house starts to use it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from linli.algorithms.signs import Signs, read_signs

DATA = Path(__file__).resolve().parents[1] / "data"


@cache
def rows_of(name: str) -> dict[str, Any]:
    """A file of ``data/`` as it stands."""
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def signs_of(name: str) -> Signs:
    """Its signs, ready to be looked for."""
    rows = rows_of(name)
    harmless = rows["harmless"]
    return read_signs([(row["code"], row["signs"]) for row in rows["kind"]], [harmless["words"], harmless["unreal"]])

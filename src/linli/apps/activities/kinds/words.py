"""The kinds of activity a street counts by, read from ``data/kinds.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True)
class ActivityWord:
    """One kind: its code, its name, and whether hours of service are expected of it."""

    code: str
    title: str
    service: bool = False


@cache
def activity_kinds() -> Mapping[str, ActivityWord]:
    """Every kind by its code, in the order of the file."""
    rows = tomllib.loads((DATA / "kinds.toml").read_text(encoding="utf-8"))["kind"]
    return {row["code"]: ActivityWord(**row) for row in rows}


def kind_title(code: str) -> str:
    """How the screen names ``code``; the code itself when the dictionary has forgotten it."""
    found = activity_kinds().get(code)
    return found.title if found else code

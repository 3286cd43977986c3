"""Where earmarked money comes from: a dictionary that is data, read from ``data/sources.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Source:
    """One source of money: its code, what the screen shows, where it stands written and how sure that is."""

    code: str
    title: str
    source: str
    grade: str


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its code, in the order of the file."""
    rows = tomllib.loads((DATA / "sources.toml").read_text(encoding="utf-8"))["source"]
    return {row["code"]: Source(**row) for row in rows}


def source_title(code: str) -> str:
    """How the screen names ``code``; the code itself when the dictionary has forgotten it."""
    found = sources().get(code)
    return found.title if found else code


COUNTED = {"常住人口": "residents", "户数": "households"}
"""What a quota may count, as the setting says it → the figure of the place."""

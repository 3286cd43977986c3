"""The duties an agreement names, and who is who in it: words that are data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Clause:
    """One duty: its code, its heading, and the text it begins with."""

    code: str
    title: str
    text: str


@cache
def clauses() -> Mapping[str, Clause]:
    """Every duty by its code, in the order of the paper."""
    rows = tomllib.loads((DATA / "clauses.toml").read_text(encoding="utf-8"))["clause"]
    return {row["code"]: Clause(**row) for row in rows}

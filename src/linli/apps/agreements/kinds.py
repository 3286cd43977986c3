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


STREET_OFFICE, PARTY_COMMITTEE = "街道办事处", "党工委"
FIRST_PARTIES = (STREET_OFFICE, PARTY_COMMITTEE)
"""Who may be the first party of a street's agreements."""
OFFICE_WORDS = {"科室": "section", "财务": "finance", "法律": "legal", "领导": "leader"}
"""How the setting names the offices whose opinion is asked."""

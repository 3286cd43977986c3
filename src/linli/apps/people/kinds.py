"""The dictionary of skills: certificates, lines of work, languages, trades; read from ``data/skills.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class SkillWord:
    """One skill: its code, what the screen shows, the group it belongs to, whether it certifies."""

    code: str
    title: str
    group: str
    certifies: bool = False


@cache
def skills() -> Mapping[str, SkillWord]:
    """Every skill by its code, in the order of the file."""
    groups = tomllib.loads((DATA / "skills.toml").read_text(encoding="utf-8"))["group"]
    rows = [SkillWord(group=group["title"], **row) for group in groups for row in group["skill"]]
    return {word.code: word for word in rows}


def certificates() -> frozenset[str]:
    """Codes of the certificates that count for the ratio of certified staff (E75)."""
    return frozenset(word.code for word in skills().values() if word.certifies)

"""Words that are data: kinds of standing, facility, partner and business, and the checklists, read from ``data/``."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Word:
    """An entry of a dictionary: what the table holds, what the screen shows."""

    code: str
    title: str


@dataclass(frozen=True)
class StandingKind:
    """A kind of standing: its values, best first; ``years`` it is valid (0: until it is ended); where it comes from."""

    code: str
    title: str
    values: tuple[str, ...]
    years: int = 0
    source: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Checklist:
    """A list of things an organization has or has not, each ticked with evidence."""

    code: str
    title: str
    items: tuple[Word, ...]
    source: str
    grade: str

    def item(self, code: str) -> Word | None:
        """The item of this code."""
        return next((item for item in self.items if item.code == code), None)


_declared: dict[str, StandingKind] = {}


@cache
def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def _shipped_standings() -> Mapping[str, StandingKind]:
    rows = [StandingKind(**{**row, "values": tuple(row["values"])}) for row in _read("standings")["kind"]]
    return {kind.code: kind for kind in rows}


def declare_standing(kind: StandingKind) -> None:
    """A higher app adds a kind of standing when the house starts; a second one of the same code is a mistake."""
    if kind.code in standing_kinds():
        message = f"the standing {kind.code!r} is declared twice"
        raise ValueError(message)
    _declared[kind.code] = kind


def standing_kinds() -> dict[str, StandingKind]:
    """Every kind of standing by its code, in the order they were written."""
    return {**_shipped_standings(), **_declared}


@cache
def words(dictionary: str) -> Mapping[str, Word]:
    """The words of "facility", "partner" or "business" by code."""
    return {row["code"]: Word(**row) for row in _read("words")[dictionary]}


@cache
def checklists() -> Mapping[str, Checklist]:
    """Every checklist by its code."""
    return {row["code"]: _checklist(row) for row in _read("checklists")["checklist"]}


def _checklist(row: Mapping[str, Any]) -> Checklist:
    items = tuple(Word(code, title) for code, title in row["items"])
    return Checklist(row["code"], row["title"], items, row["source"], row["grade"])


def title_of(entries: Mapping[str, Any], code: str) -> str:
    """How the screen names ``code``; the code itself when the dictionary has forgotten it."""
    found = entries.get(code)
    return found.title if found else code


def pairs(entries: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    """(code, title) of each, as forms, filters and sheets take choices."""
    return tuple((entry.code, entry.title) for entry in entries)

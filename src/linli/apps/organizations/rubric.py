"""The rules about party organizations as data: what stands under what, which form fits how many members."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from linli.apps.organizations.kinds import DATA, Word


@dataclass(frozen=True)
class Rung:
    """From ``least`` members on: the ``form``, and how the screen says it."""

    least: int
    form: str
    title: str


@dataclass(frozen=True)
class Ladder:
    """A rule of numbers: which kinds of count add up, and what follows from the sum; highest rung first."""

    counts: tuple[str, ...]
    source: str
    grade: str
    rungs: tuple[Rung, ...]

    def rung(self, counts: Mapping[str, int]) -> Rung | None:
        """The first rung the sum of ``counts`` reaches; None below the lowest."""
        total = sum(counts.get(code, 0) for code in self.counts)
        return next((rung for rung in self.rungs if total >= rung.least), None)


@dataclass(frozen=True)
class Advice:
    """What fits an organization of so many members: a suggestion with its source, never a deed.

    ``lead`` says how a branch of its own is led; ``practice`` is the local practice's form where it differs.
    """

    form: Rung
    lead: Rung | None
    practice: Rung | None
    source: str
    grade: str
    practice_source: str
    practice_grade: str


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "party.toml").read_text(encoding="utf-8"))


@cache
def ladder(name: str) -> Ladder:
    """The rule "forms" (which form of party organization) or "leads" (how a branch is led)."""
    row = _read()[name]
    rungs = tuple(Rung(**rung) for rung in row["rung"])
    return Ladder(tuple(row["counts"]), row["source"], row["grade"], rungs)


@cache
def count_kinds() -> Mapping[str, Word]:
    """The kinds of count by code, in the order they are shown."""
    return {row["code"]: Word(row["code"], row["title"]) for row in _read()["count"]}


@cache
def member_kinds() -> tuple[str, ...]:
    """The kinds of count that together are the members on the books."""
    return tuple(row["code"] for row in _read()["count"] if row.get("member"))


def stands_under(kind: str) -> tuple[str, ...]:
    """The kinds of party organization a party organization of ``kind`` may stand under."""
    return tuple(_read()["tree"]["under"].get(kind, ()))


def usual_in(space: str) -> str:
    """The kind of party organization usual in a "stairwell", "grid" or "building"; "" where none is."""
    return str(_read()["spaces"]["usual"].get(space, ""))


def source_of(rule: str) -> tuple[str, str]:
    """Source and grade of the rule "tree", "spaces" or "practice"."""
    row = _read()[rule]
    return str(row["source"]), str(row["grade"])


def advise(counts: Mapping[str, int]) -> Advice:
    """The form that fits ``counts`` (kind of count -> how many) by the rule, and where the local practice differs."""
    forms, practice = ladder("forms"), tuple(_read()["practice"]["counts"])
    form = forms.rung(counts)
    assert form is not None  # the lowest rung starts at nobody
    other = Ladder(practice, "", "", forms.rungs).rung(counts)
    lead = ladder("leads").rung(counts) if form.form == "own" else None
    differs = other if other != form else None
    return Advice(form, lead, differs, forms.source, forms.grade, *source_of("practice"))


def after_years(day: date, years: int) -> date | None:
    """The same day ``years`` later (29 February: 1 March); None for no years."""
    if not years:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)

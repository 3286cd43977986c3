"""Words that are data: round templates, dictionaries to start from, budget heads and uses that are refused."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class PhaseKind:
    """A phase of a template: what it is called, how long it usually lasts, which doors it opens."""

    code: str
    title: str
    days: int
    opens: tuple[str, ...]
    optional: bool = False
    repeat: int = 1


@dataclass(frozen=True)
class Template:
    """A way to run a round: ordered phases, what a proposal must bring, whether it is sealed until the opening."""

    code: str
    title: str
    lead: str
    sealed: bool
    requires: tuple[str, ...]
    offices: tuple[str, ...]
    phases: tuple[PhaseKind, ...]


@dataclass(frozen=True)
class WordSet:
    """Words a programme may start from; afterwards they are its own rows."""

    code: str
    title: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Prohibited:
    """A use the money is not for: the words that show it, and the clause that says so."""

    code: str
    title: str
    words: tuple[str, ...]
    clause: str
    source: str = ""
    grade: str = ""


@cache
def _read(name: str) -> Mapping[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def templates() -> Mapping[str, Template]:
    """Every round template by its code."""
    return {row["code"]: template_from(row) for row in _read("templates")["templates"]}


def template_from(row: Mapping[str, Any]) -> Template:
    """A template as it is written in the data: lists become tuples."""
    phases = tuple(PhaseKind(**{**phase, "opens": tuple(phase["opens"])}) for phase in row["phases"])
    lists = {name: tuple(row[name]) for name in ("requires", "offices")}
    return Template(**{**row, **lists, "phases": phases})


def phases_of(template: Template, *, skip: Iterable[str] = ()) -> list[PhaseKind]:
    """The phases a round has, in order: those of ``skip`` left out where the template allows it, repeats written out.

    Raises ValueError for a phase that may not be left out.
    """
    left_out = set(skip)
    firm = {phase.code for phase in template.phases if not phase.optional}
    if left_out & firm or left_out - {phase.code for phase in template.phases}:
        raise ValueError("、".join(sorted(left_out)))
    return [phase for phase in template.phases if phase.code not in left_out for _turn in range(phase.repeat)]


@cache
def word_sets() -> Mapping[str, WordSet]:
    """The dictionaries a programme may start from, by code."""
    rows = [WordSet(**{**row, "words": tuple(row["words"])}) for row in _read("words")["sets"]]
    return {row.code: row for row in rows}


@cache
def heads() -> Mapping[str, str]:
    """The budget heads: code -> title."""
    return {row["code"]: row["title"] for row in _read("words")["heads"]}


@cache
def prohibited() -> tuple[Prohibited, ...]:
    """The uses that are refused everywhere, with their clauses; a programme may add its own."""
    return tuple(Prohibited(**{**row, "words": tuple(row["words"])}) for row in _read("prohibited")["uses"])

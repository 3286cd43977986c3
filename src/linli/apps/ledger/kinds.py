"""Dictionaries that are data: where earmarked money comes from, kinds of expense with the papers each asks for."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True)
class Paper:
    """A paper that goes with an expense: its code and its name."""

    code: str
    title: str


@dataclass(frozen=True)
class ExpenseKind:
    """A kind of expense; ``papers`` says which paper it asks for, from which amount on (yuan).

    ``per_head`` names the setting with the most that may be spent on one person, "" where there is none.
    """

    code: str
    title: str
    source: str
    grade: str
    papers: tuple[tuple[Paper, Decimal], ...]
    per_head: str = ""

    def required(self, amount: Decimal) -> list[Paper]:
        """The papers an expense of this kind asks for at ``amount``, in the order of the dictionary."""
        return [paper for paper, least in self.papers if amount >= least]


@cache
def _expenses() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "expenses.toml").read_text(encoding="utf-8"))


@cache
def papers() -> Mapping[str, Paper]:
    """Every paper by its code."""
    return {code: Paper(code, title) for code, title in _expenses()["papers"].items()}


@cache
def expense_kinds() -> Mapping[str, ExpenseKind]:
    """Every kind of expense by its code, in the order of the file."""
    known = papers()
    return {
        row["code"]: ExpenseKind(
            row["code"], row["title"], row["source"], row["grade"],
            tuple((known[one["paper"]], Decimal(one["from"])) for one in row["papers"]), row.get("per_head", ""),
        )
        for row in _expenses()["kind"]
    }  # fmt: skip


def expense_title(code: str) -> str:
    """How the screen names a kind of expense; the code itself when the dictionary has forgotten it."""
    found = expense_kinds().get(code)
    return found.title if found else code


@dataclass(frozen=True)
class RefusedUse:
    """What money must not be used for: the words that show it, the clause, where it stands written."""

    words: tuple[str, ...]
    clause: str
    source: str
    grade: str


@cache
def refused_uses() -> tuple[RefusedUse, ...]:
    """Every refused use, in the order of ``data/refused.toml``."""
    rows = tomllib.loads((DATA / "refused.toml").read_text(encoding="utf-8"))["use"]
    return tuple(RefusedUse(tuple(row["words"]), row["clause"], row["source"], row["grade"]) for row in rows)


COUNTED = {"常住人口": "residents", "户数": "households"}
"""What a quota may count, as the setting says it → the figure of the place."""

"""What can stand on a menu, the papers it needs, what may not be bought: data with its clause, not code."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
HELD, INSURANCE = "持有", "insurance"
"""The value a paper has on an organization's register while it is valid, and the paper of an insured service."""


@dataclass(frozen=True)
class ServiceKind:
    """A kind of service: its unit, the papers it needs, whether it is insured and whether two go into a home."""

    code: str
    title: str
    unit: str
    papers: tuple[str, ...]
    insured: bool
    at_home: bool
    source: str
    grade: str

    @property
    def needed(self) -> tuple[str, ...]:
        """Codes of all papers a contractor shows, the insurance last."""
        return (*self.papers, INSURANCE) if self.insured else self.papers

    @property
    def people(self) -> int:
        """How many go to a resident together: two into a home, else one."""
        return 2 if self.at_home else 1


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "services.toml").read_text(encoding="utf-8"))


@cache
def service_kinds() -> Mapping[str, ServiceKind]:
    """Every kind of service by its code, in the order of the menu."""
    return {row["code"]: ServiceKind(**{**row, "papers": tuple(row["papers"])}) for row in _read()["service"]}


def kind_title(code: str) -> str:
    """What a kind of service is called; the code itself for one no longer in the dictionary."""
    kind = service_kinds().get(code)
    return kind.title if kind else code


@cache
def papers() -> Mapping[str, str]:
    """The title of every paper by its code."""
    return {row["code"]: row["title"] for row in _read()["paper"]}


def standing_of_paper(code: str) -> str:
    """The kind of standing under which an organization's paper is registered."""
    return f"paper_{code}"


TERM_YEARS, LONGEST_YEARS = 1, 3
"""A term is at most one year, three with a reason (政府购买服务管理办法第二十四条)."""


@dataclass(frozen=True)
class Prohibition:
    """Something that may not be bought: the clause that says so and the words by which it is noticed."""

    code: str
    title: str
    clause: str
    words: tuple[str, ...]


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads((DATA / "rules.toml").read_text(encoding="utf-8"))


@cache
def prohibitions() -> tuple[Prohibition, ...]:
    """Everything that may not be bought, in the order of the clause."""
    return tuple(Prohibition(**{**row, "words": tuple(row["words"])}) for row in _rules()["prohibited"])


def prohibition_in(text: str) -> Prohibition | None:
    """What ``text`` would buy though it may not be bought; None where no word of the list stands in it."""
    plain = "".join(text.split())
    return next((row for row in prohibitions() if any(word in plain for word in row.words)), None)


@cache
def never_direct() -> Mapping[str, str]:
    """Kinds of service nobody claims directly, with the source."""
    return {row["kind"]: row["source"] for row in _rules()["never_direct"]}


@cache
def participants() -> Mapping[str, str]:
    """Kinds of participant of a salon by their code."""
    return {row["code"]: row["title"] for row in _rules()["participant"]}


def bundle_criteria() -> str:
    """By what a sheet bundled from a menu is accepted."""
    return str(_rules()["bundle_criteria"])

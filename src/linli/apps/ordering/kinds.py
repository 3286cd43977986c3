"""What can stand on a menu, and which papers whoever delivers it must hold: data, not code."""

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

"""Classes of projects with their milestones and the evidence each of them requires: data, not code."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class MilestoneOfClass:
    """One step of a class: due after ``at`` per cent of the term; evidence as (code, title)."""

    code: str
    title: str
    at: int
    evidence: Sequence[tuple[str, str]]


@cache
def classes() -> Mapping[str, Sequence[MilestoneOfClass]]:
    """The milestones of every class by its code, in order."""
    rows = tomllib.loads((DATA / "classes.toml").read_text(encoding="utf-8"))["class"]
    return {
        row["code"]: [
            MilestoneOfClass(one["code"], one["title"], one["at"], [(code, title) for code, title in one["evidence"]])
            for one in row["milestone"]
        ]
        for row in rows
    }


def due_of(step: MilestoneOfClass, starts_on: date, ends_on: date) -> date:
    """The day by which a step of the class is reached in a term from ``starts_on`` to ``ends_on``."""
    return starts_on + timedelta(days=(ends_on - starts_on).days * step.at // 100)

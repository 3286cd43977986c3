"""Reads of papers that are typed: how many once, twice, which differ; what they say only where two differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from linli.apps.surveys.kinds import Paper, read_paper
from linli.apps.surveys.models import Survey
from linli.kernel.seals import fingerprint
from linli.kernel.slips import tidy


@dataclass(frozen=True)
class Difference:
    """Two typings of one paper that do not agree."""

    first: Paper
    second: Paper

    @property
    def names(self) -> list[str]:
        """The questions answered differently."""
        one, other = self.first.answers, self.second.answers
        return [name for name in {**one, **other} if one.get(name) != other.get(name)]


@dataclass(frozen=True)
class Typed:
    """How far the papers of a survey are."""

    once: int
    differ: int
    counted: int


def print_of(survey: Survey, code: str) -> str:
    """The keyed hash under which typings of a code are kept."""
    return fingerprint(f"{survey.pk}|{tidy(code)}", purpose="slips")


def difference(survey: Survey, code: str) -> Difference | None:
    """Where the two typings of a paper differ; None while one is missing and once it is counted. One query."""
    rows = list(survey.typings.filter(code_print=print_of(survey, code), is_counted=False).order_by("turn"))
    return Difference(read_paper(rows[0].content), read_paper(rows[1].content)) if len(rows) > 1 else None


@dataclass(frozen=True)
class Waiting:
    """A paper that is not counted yet: who typed it, and whether two typings differ."""

    key: str
    typists: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Typed twice, and not alike."""
        return len(self.typists) > 1


def waiting_of(survey: Survey) -> list[Waiting]:
    """Papers typed once or typed differently. One query."""
    piles: dict[str, list[str]] = {}
    rows = survey.typings.filter(is_counted=False).select_related("typist").order_by("id")
    for row in rows:
        piles.setdefault(row.code_print, []).append(row.typist.name)
    return [Waiting(key, tuple(names)) for key, names in piles.items()]


def typed_in(survey: Survey) -> Typed:
    """Papers typed once, twice and different, counted. One query."""
    rows: Mapping[Any, Any]
    counts = {"once": 0, "differ": 0, "counted": 0}
    for rows in survey.typings.order_by().values("code_print", "is_counted").annotate(times=Count("id")):
        state = "counted" if rows["is_counted"] else "differ" if rows["times"] > 1 else "once"
        counts[state] += 1
    return Typed(**counts)

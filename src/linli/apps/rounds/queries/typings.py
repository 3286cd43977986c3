"""Reads of papers that are typed: which once, twice, which differ; what they say only where two differ."""

from dataclasses import dataclass
from itertools import groupby

from linli.apps.rounds.models import ResidentsChoice, TypedBallot
from linli.apps.rounds.queries.choice import read


@dataclass(frozen=True)
class Difference:
    """Two typings of one paper that do not agree: the picks of each."""

    number: int
    first: dict[int, int]
    second: dict[int, int]


@dataclass(frozen=True)
class Typing:
    """How far a paper is: "none", "once", "differs", "counted"; who typed it."""

    number: int
    state: str
    typists: tuple[str, ...]


def difference(choice: ResidentsChoice, number: int) -> Difference | None:
    """Where the two typings of a paper differ; None while one is missing and once it is counted. One query."""
    rows = list(choice.typings.filter(number=number, is_counted=False).order_by("turn"))
    if len(rows) < 2:
        return None
    return Difference(number, read(rows[0].content), read(rows[1].content))


def typings_of(choice: ResidentsChoice) -> list[Typing]:
    """Every paper that was given out, by number. One query."""
    rows = TypedBallot.objects.filter(choice=choice).select_related("typist").order_by("number", "turn")
    found = {number: _typing(number, list(group)) for number, group in groupby(rows, lambda row: row.number)}
    return [found.get(number, Typing(number, "none", ())) for number in range(1, choice.handed_out + 1)]


def _typing(number: int, rows: list[TypedBallot]) -> Typing:
    state = "counted" if rows[0].is_counted else "differs" if len(rows) > 1 else "once"
    return Typing(number, state, tuple(row.typist.name for row in rows))

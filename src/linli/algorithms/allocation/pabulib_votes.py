"""The votes of a Pabulib file: equal ballots merged as text before anything is split."""

import re
from collections import Counter
from fractions import Fraction
from itertools import repeat
from operator import contains

import numpy as np

from linli.algorithms.allocation.elections import Merged
from linli.algorithms.allocation.pabulib_parts import Malformed, Section

POINTS = re.compile(r"\d+(\.\d+)?")


def read_votes(part: Section, projects: frozenset[str], *, pointed: bool) -> Merged:
    """The ballots of the part. Raises Malformed for an unknown project, a second ballot, points that do not fit."""
    voter_at, vote_at = part.place("voter_id"), part.place("vote")
    points_at = part.place("points") if pointed else None
    cells = part.cells(max(voter_at, vote_at, points_at or 0))
    _check_voters([row[voter_at] for row in cells], part)
    votes = _plain([row[vote_at] for row in cells], projects)
    if points_at is None:
        found = _approvals(votes)
    else:
        found = _pointed(votes, _plain([row[points_at] for row in cells], frozenset()), part)
    if not projects.issuperset(found.names):
        _refuse_unknown(votes, projects, part)
    return found


def _check_voters(voters: list[str], part: Section) -> None:
    if len(set(voters)) == len(voters):
        return
    seen: set[str] = set()
    for voter, line in zip(voters, part.lines, strict=True):
        if voter in seen:
            raise Malformed(line, f"voter {voter!r} only once")
        seen.add(voter)


def _plain(cells: list[str], projects: frozenset[str]) -> list[str]:
    """Cells without blanks round the commas; ``None`` written out means nothing, where no project is called so."""
    if any(map(contains, cells, repeat(" "))):
        cells = [",".join(map(str.strip, cell.split(","))) if " " in cell else cell for cell in cells]
    nothing = {"None", "none"} - projects
    return cells if nothing.isdisjoint(cells) else ["" if cell in nothing else cell for cell in cells]


def _approvals(votes: list[str]) -> Merged:
    merged = Counter(votes)
    merged.pop("", None)
    names = ",".join(merged).split(",") if merged else []
    lengths = np.fromiter((vote.count(",") + 1 for vote in merged), np.int64, len(merged))
    return Merged(len(votes), names, lengths, list(merged.values()), None)


def _pointed(votes: list[str], points: list[str], part: Section) -> Merged:
    merged = Counter(zip(votes, points, strict=True))
    merged.pop(("", ""), None)
    names: list[str] = []
    given: list[Fraction] = []
    lengths = []
    for vote, marks in merged:
        own = vote.split(",")
        figures = marks.split(",")
        if len(own) != len(figures) or len(set(own)) != len(own) or not all(map(POINTS.fullmatch, figures)):
            row = next(n for n, pair in enumerate(zip(votes, points, strict=True)) if pair == (vote, marks))
            raise Malformed(part.lines[row], "each project once in 'vote' and a number for each in 'points'")
        names += own
        given += map(Fraction, figures)
        lengths.append(len(own))
    return Merged(len(votes), names, np.array(lengths, np.int64), list(merged.values()), given)


def _refuse_unknown(votes: list[str], projects: frozenset[str], part: Section) -> None:
    for vote, line in zip(votes, part.lines, strict=True):
        for name in vote.split(",") if vote else ():
            if name not in projects:
                raise Malformed(line, f"ids of PROJECTS separated by ',' in 'vote', found {name!r}")

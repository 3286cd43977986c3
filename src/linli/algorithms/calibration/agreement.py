"""How judges agree: spread of each, Kendall's W, and what leaving one out would change."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from linli.algorithms.calibration.marks import Floats, Marks, Whole, ranks


@dataclass(frozen=True)
class LeftOut:
    """Without ``judge``: how many entries change rank, and by how much at most; ``lost`` have no mark then."""

    judge: int
    changed: int
    furthest: int
    lost: int


def spreads(marks: Marks) -> list[float | None]:
    """Standard deviation (n − 1) of the marks each judge gave; None below two marks."""
    found: list[float | None] = []
    for judge in range(marks.judges):
        given = marks.values[marks.judge == judge]
        found.append(float(given.std(ddof=1)) if len(given) > 1 else None)
    return found


def concordance(marks: Marks) -> float | None:
    """Kendall's W: 0 no agreement, 1 the same order throughout; ties corrected.

    Judges without common entries are taken apart, part by part, and the parts weighted by their entries. Where at
    least two entries were marked by every judge of a part, W is theirs; else it is told from the mean rank
    correlation r of any two judges over the entries both marked: W = (1 + (m - 1) r) / m.
    None where no two judges can be compared.
    """
    parts = marks.parts()
    told: list[tuple[float, int]] = []
    for part in range(int(parts.max()) + 1):
        judges = np.flatnonzero(parts == part)
        table = np.full((marks.entries, marks.judges), np.nan)
        table[marks.entry, marks.judge] = marks.values
        table = table[:, judges]
        table = table[~np.isnan(table).all(axis=1)]
        found = _agreement(table)
        if found is not None:
            told.append((found, len(table)))
    weight = sum(entries for _w, entries in told)
    return float(sum(w * entries for w, entries in told) / weight) if told else None


def _mean_ranks(column: Floats) -> Floats:
    """Ranks from 1 for the lowest; equals share the mean of theirs (``scipy.stats`` takes two seconds to load)."""
    _values, place, equals = np.unique(column, return_inverse=True, return_counts=True)
    up_to: Floats = np.cumsum(equals, dtype=np.float64)
    found: Floats = (up_to - (equals - 1) / 2)[place]
    return found


def _agreement(table: Floats) -> float | None:
    """W of one part; entries x judges with NaN for blanks."""
    whole = table[~np.isnan(table).any(axis=1)]
    judges = table.shape[1]
    if judges < 2:
        return None
    if len(whole) >= 2:
        return _kendall(np.apply_along_axis(_mean_ranks, 0, whole))
    pairs: list[tuple[float, int]] = []
    for one in range(judges):
        for other in range(one + 1, judges):
            common = table[~np.isnan(table[:, [one, other]]).any(axis=1)][:, [one, other]]
            order = np.apply_along_axis(_mean_ranks, 0, common) if len(common) > 2 else None
            if order is not None and (order.std(axis=0) > 0).all():
                pairs.append((float(np.atleast_2d(np.corrcoef(order.T))[0, 1]), len(common)))
    if not pairs:
        return None
    likeness = sum(r * n for r, n in pairs) / sum(n for _r, n in pairs)
    agreed: float = (1 + (judges - 1) * likeness) / judges
    return max(0.0, agreed)


def _kendall(order: Floats) -> float | None:
    """W of complete ranks, entries x judges; None where every judge gave one mark throughout."""
    entries, judges = order.shape
    sums = order.sum(axis=1)
    ties = sum(_tied(order[:, judge]) for judge in range(judges))
    below = judges * judges * entries * (entries * entries - 1) - judges * ties
    return None if below == 0 else 12 * float(((sums - sums.mean()) ** 2).sum()) / below


def _tied(order: Floats) -> float:
    """Σ (t³ − t) over groups of equal ranks."""
    counts = np.unique(order, return_counts=True)[1].astype(np.float64)
    return float((counts**3 - counts).sum())


def leave_one_out(marks: Marks, score: Callable[[Marks], Floats] = Marks.means) -> list[LeftOut]:
    """For each judge, how the ranks by ``score`` change without his marks; entries without a mark left are counted."""
    before = ranks(score(marks))
    found = []
    for judge in range(marks.judges):
        rest = marks.without(judge)
        kept = np.flatnonzero(rest.counts()[0])
        moves = _moves(before, rest, kept, score)
        found.append(LeftOut(judge, int((moves > 0).sum()), int(moves.max(initial=0)), marks.entries - len(kept)))
    return found


def _moves(before: list[int], rest: Marks, kept: Whole, score: Callable[[Marks], Floats]) -> Whole:
    """How far each kept entry moves among the kept ones."""
    if not len(kept):
        return np.zeros(0, dtype=np.intp)
    place = np.full(rest.entries, -1, dtype=np.intp)
    place[kept] = np.arange(len(kept))
    less = Marks(place[rest.entry], rest.judge, rest.values, len(kept), rest.judges)
    then = np.asarray(ranks([-before[one] for one in kept.tolist()]), dtype=np.intp)
    moves: Whole = np.abs(np.asarray(ranks(score(less)), dtype=np.intp) - then)
    return moves

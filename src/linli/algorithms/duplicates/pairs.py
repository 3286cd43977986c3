"""Pairs of texts alike: met in a band, sieved by their signatures, counted exactly; groups around the fullest text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli.algorithms.duplicates.grams import Grams, grams_of
from linli.algorithms.duplicates.signatures import HASHES, Signatures, agreement, rows_for, sign

LIKENESS = 0.6
MARGIN = 0.2
"""How far the sieve's estimate may lie below the likeness asked for."""
CROWD = 64
"""Texts of one band that are compared each with each; of more, each with the first and its next ``NEXT``."""
NEXT = 16
BLOCK, EXACT = 8_000, 4_000
"""Pairs sieved and counted at once."""

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """``first[i] < second[i]``: places of two texts, and the exact Jaccard likeness of their grams.

    ``same[i]``: the first text with just the grams of text ``i``; in ``first`` and ``second`` it stands for all.
    """

    first: Places
    second: Places
    likeness: Floats
    same: Places

    def __len__(self) -> int:
        return len(self.first)


def pairs_of(texts: Sequence[str], *, likeness: float = LIKENESS) -> Pairs:
    """Every pair of texts at least so alike, by place; texts without a character that counts have none."""
    return pairs_among(grams_of(texts), likeness=likeness)


def pairs_among(grams: Grams, *, likeness: float = LIKENESS, kinds: Places | None = None) -> Pairs:
    """As ``pairs_of``, of grams. Texts of different ``kinds`` (one number a text) stand for each other never."""
    same, alone = _same(grams, np.zeros(len(grams), np.int64) if kinds is None else kinds)
    signatures = sign(grams, rows=rows_for(likeness))
    keys = np.sort(_candidates(signatures, alone), kind="stable")
    keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))] if len(keys) else keys
    first, second = _sieved(signatures, keys >> np.int64(32), keys & np.int64(0xFFFFFFFF), likeness - MARGIN)
    exact = jaccard(grams, first, second)
    kept = exact >= likeness
    return Pairs(first[kept], second[kept], exact[kept], same)


def _same(grams: Grams, kinds: Places) -> tuple[Places, Places]:
    """For each text the first with the same grams; and the places of those that are it themselves and say something."""
    leader = np.arange(len(grams))
    told = np.flatnonzero(grams.counts > 0)
    if not len(told):
        return leader, told
    places = grams.starts[told].astype(np.intp)
    spread = grams.hashes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    spread ^= spread >> np.uint64(29)
    mark = np.add.reduceat(spread * np.uint64(0xBF58476D1CE4E5B9), places)
    mark += kinds[told].astype(np.uint64) * np.uint64(0x94D049BB133111EB)
    _marks, where, back = np.unique(mark, return_index=True, return_inverse=True)
    candidate = told[where[back]]
    later = np.flatnonzero((candidate != told) & (kinds[candidate] == kinds[told]))
    equal = later[jaccard(grams, candidate[later], told[later]) == 1.0]
    leader[told[equal]] = candidate[equal]
    return leader, told[leader[told] == told]


def _candidates(signatures: Signatures, alone: Places) -> Places:
    """Pairs that share a band, each as ``first << 32 | second``; again for every band they share."""
    found = [np.zeros(0, np.int64)]
    for band in range(signatures.keys.shape[1]):
        keys = signatures.keys[alone, band]
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
        edges = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1], [True])))
        texts = alone[order]
        sizes = np.diff(edges)
        found += [(one << np.int64(32)) | two for one, two in _meetings(texts, edges[:-1], sizes)]
    return np.concatenate(found)


def _meetings(texts: Places, begins: Places, sizes: Places) -> Iterator[tuple[Places, Places]]:
    """Pairs within runs of equal keys; texts ascend within a run."""
    crowds = np.flatnonzero(sizes > CROWD)
    small = np.flatnonzero((sizes > 1) & (sizes <= CROWD))
    for step in range(1, int(sizes[small].max()) if len(small) else 0):
        runs = small[sizes[small] > step]
        reach = sizes[runs] - step
        ends = np.cumsum(reach)
        place = np.arange(int(ends[-1])) - np.repeat(ends - reach - begins[runs], reach)
        yield texts[place], texts[place + step]
    for run in crowds.tolist():
        inside = texts[begins[run] : begins[run] + sizes[run]]
        yield np.full(len(inside) - 1, inside[0]), inside[1:]
        for step in range(1, NEXT + 1):
            yield inside[:-step], inside[step:]


def _sieved(signatures: Signatures, first: Places, second: Places, least: float) -> tuple[Places, Places]:
    """Pairs whose signatures agree enough."""
    kept = [np.zeros(0, bool)]
    for begin in range(0, len(first), BLOCK):
        part = slice(begin, begin + BLOCK)
        kept.append(agreement(signatures.bytes_[first[part]], signatures.bytes_[second[part]]) >= least * HASHES)
    passed = np.concatenate(kept)
    return first[passed], second[passed]


def jaccard(grams: Grams, first: Places, second: Places) -> Floats:
    """Grams in both ÷ grams in either, of each pair of rows."""
    shared = [np.zeros(0, np.int64)]
    for begin in range(0, len(first), EXACT):
        part = slice(begin, begin + EXACT)
        shared.append(_shared(grams, first[part], second[part]))
    both = np.concatenate(shared)
    either = grams.counts[first] + grams.counts[second] - both
    share: Floats = both / np.maximum(either, 1)
    return share


def _shared(grams: Grams, first: Places, second: Places) -> Places:
    """How many hashes both rows of each pair hold: equal neighbours once both rows lie sorted together."""
    many = len(first)
    rows = np.concatenate([first, second])
    sizes = grams.counts[rows]
    ends = np.cumsum(sizes)
    place = np.arange(int(ends[-1]) if many else 0) + np.repeat(grams.starts[rows] - (ends - sizes), sizes)
    pair = np.repeat(np.tile(np.arange(many, dtype=np.uint64), 2), sizes)
    keys = (pair << np.uint64(32)) | grams.hashes[place]
    keys.sort()
    twice = keys[1:][keys[1:] == keys[:-1]] >> np.uint64(32)
    return np.bincount(twice.astype(np.intp), minlength=many).astype(np.int64)


def groups_of(pairs: Pairs) -> list[tuple[int, list[int]]]:
    """Groups of two and more, each its middle and its members: the text alike to most others first, with all of
    these; then the next of what is left.

    Every member is alike to the middle, so no chain joins what nobody would call alike. Groups go by their least
    place, members ascend.
    """
    copies: dict[int, list[int]] = {}
    for place in np.flatnonzero(pairs.same != np.arange(len(pairs.same))).tolist():
        copies.setdefault(int(pairs.same[place]), []).append(place)
    near: dict[int, list[int]] = {one: [] for one in copies}
    for one, two in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        near.setdefault(one, []).append(two)
        near.setdefault(two, []).append(one)
    heavy = {one: sum(1 + len(copies.get(two, ())) for two in (one, *others)) for one, others in near.items()}
    taken: set[int] = set()
    found: list[tuple[int, list[int]]] = []
    for leader in sorted(near, key=lambda one: (-heavy[one], one)):
        if leader in taken:
            continue
        joined = {leader, *(one for one in near[leader] if one not in taken)}
        members = sorted(place for one in joined for place in (one, *copies.get(one, ())))
        if len(members) > 1:
            taken |= joined
            found.append((leader, members))
    return sorted(found, key=lambda group: group[1][0])

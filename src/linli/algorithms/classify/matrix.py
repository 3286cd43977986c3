"""The counts of n-grams of many texts, and the one rule by which counts become weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.classify.features import CHARACTERS, Keys, Places, grams

Floats = NDArray[np.float32]
AT_LEAST = 2
"""Texts an n-gram must stand in to be learned from."""


@dataclass(frozen=True)
class Counts:
    """How often each n-gram stands in each text (in its opening words: twice).

    ``keys``: the different n-grams, ascending; entry by entry ``which`` of them, in which of the ``texts``, and the
    ``counts``; entries sorted by n-gram, then by text. ``size``: how many texts there are.
    """

    keys: Keys
    which: Places
    texts: Places
    counts: Floats
    size: int


@dataclass(frozen=True)
class Vocabulary:
    """Keys in ascending order, words before characters, and how rare each is.

    ``rarity``: one more than the logarithm of all texts to those with the n-gram.
    """

    keys: Keys
    rarity: Floats

    def places(self, keys: Keys) -> tuple[Places, NDArray[np.bool_]]:
        """Where each key stands, and whether it stands there at all."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64), np.zeros(len(keys), bool)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return places, self.keys[places] == keys

    @cached_property
    def words(self) -> int:
        """How many of the keys are words and pairs of words."""
        return int(np.searchsorted(self.keys, CHARACTERS))


def counted(texts: Sequence[Sequence[str]]) -> Counts:
    """The counts of texts given as words."""
    found = grams(texts)
    packed = (found.keys.astype(np.uint64) << np.uint64(32)) | (found.texts.astype(np.uint64) << np.uint64(1))
    packed |= found.opening
    packed.sort()
    entries = packed >> np.uint64(1)
    starts = _first_of_runs(entries)
    often = np.diff(np.append(starts, len(entries))).astype(np.float32)
    if len(starts):
        often += np.add.reduceat((packed & np.uint64(1)).astype(np.float32), starts)
    entries = entries[starts]
    keys = (entries >> np.uint64(31)).astype(np.uint32)
    first = _first_of_runs(keys)
    which = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(keys))))
    return Counts(keys[first], which, (entries & np.uint64(0x7FFFFFFF)).astype(np.int64), often, len(texts))


def _first_of_runs(numbers: NDArray[Any]) -> Places:
    """Where each run of equal numbers begins."""
    return np.flatnonzero(np.concatenate(([True], numbers[1:] != numbers[:-1]))) if len(numbers) else np.zeros(0, int)


def learned(counts: Counts, of: NDArray[np.bool_], *, most: int) -> Vocabulary:
    """The n-grams that stand in ``AT_LEAST`` of the texts marked, with their rarity among those.

    Where there are more than ``most``, those that stand in the most texts.
    """
    often = np.bincount(counts.which[of[counts.texts]], minlength=len(counts.keys))
    kept = often >= AT_LEAST
    if kept.sum() > most:
        kept = np.zeros(len(often), bool)
        kept[np.argsort(-often, kind="stable")[:most]] = True
    rarity = np.log((1 + of.sum()) / (1 + often[kept])) + 1
    return Vocabulary(counts.keys[kept], rarity.astype(np.float16).astype(np.float32))


def matrix(counts: Counts, vocabulary: Vocabulary) -> Any:
    """Sparse rows, one a text: logarithm of the count times rarity, words and characters each of length one."""
    from scipy.sparse import csr_matrix

    places, known = vocabulary.places(counts.keys)
    kept = known[counts.which]
    columns, rows = places[counts.which[kept]], counts.texts[kept]
    values = weighed(counts.counts[kept], vocabulary.rarity[columns], rows, columns >= vocabulary.words, counts.size)
    shape = (counts.size, len(vocabulary.keys))
    return csr_matrix((values.astype(np.float64), (rows.astype(np.int32), columns.astype(np.int32))), shape=shape)


def weighed(counts: Floats, rarity: Floats, texts: Places, characters: NDArray[np.bool_], how_many: int) -> Floats:
    """The weight of each entry; all entries of a text's words, and of its characters, have the length one together."""
    values = (1 + np.log(counts)) * rarity
    group = texts * 2 + characters
    lengths = np.sqrt(np.bincount(group, weights=values * values, minlength=2 * how_many))
    weights: Floats = (values / lengths[group]).astype(np.float32)
    return weights

"""MinHash: 112 least hashes of a text, their keys by bands, and their last bytes to sieve pairs with."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from linli.algorithms.duplicates.grams import Grams

HASHES = 112
SEED = 20261122
"""Keys are kept in databases: never another seed without building the index again."""
CHUNK = 4_000
STRICT, LOOSE = 4, 3
"""Rows of a band: texts alike by 0.6 and more meet in one of 28 bands of 4, from 0.5 in one of 37 of 3."""

Keys = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]
_EMPTY = np.uint32(0xFFFFFFFF)
_chance = np.random.default_rng(SEED)
_XOR = _chance.integers(0, 2**32, HASHES, dtype=np.uint32)
_FACTOR = _chance.integers(0, 2**32, HASHES, dtype=np.uint32) | np.uint32(1)
_ONES = np.uint64(0x0101010101010101)
_FOLD = np.uint64(0x9FB21C651E98DF25)


@dataclass(frozen=True)
class Signatures:
    """``keys``: texts × bands; ``bytes_``: texts × 112, the top byte of every least hash."""

    keys: Keys
    bytes_: Bytes


def rows_for(likeness: float) -> int:
    """Rows of a band that find pairs of at least this likeness."""
    return STRICT if likeness >= 0.6 else LOOSE


def sign(grams: Grams, *, rows: int = STRICT) -> Signatures:
    """Keys and bytes of every text. Texts without grams share one key a band: leave them out of pairs."""
    many = len(grams)
    keys = np.empty((many, HASHES // rows), dtype=np.uint64)
    last = np.empty((many, HASHES), dtype=np.uint8)
    for first in range(0, many, CHUNK):
        until = min(first + CHUNK, many)
        least = minima(grams, first, until)
        last[first:until] = (least >> np.uint32(24)).T
        keys[first:until] = folded(least, rows).T
    return Signatures(keys, last)


def minima(grams: Grams, first: int, until: int) -> npt.NDArray[np.uint32]:
    """The least hash by each of 112 orders: 112 × texts."""
    starts = grams.starts[first : until + 1]
    hashes = grams.hashes[starts[0] : starts[-1]]
    told = np.flatnonzero(np.diff(starts) > 0)
    least = np.full((HASHES, until - first), _EMPTY, dtype=np.uint32)
    if not len(told):
        return least
    if until - first == 1:
        np.min((hashes ^ _XOR[:, None]) * _FACTOR[:, None], axis=1, out=least[:, 0])
        return least
    places = (starts[told] - starts[0]).astype(np.intp)
    mixed = np.empty_like(hashes)
    for one in range(HASHES):
        np.bitwise_xor(hashes, _XOR[one], out=mixed)
        np.multiply(mixed, _FACTOR[one], out=mixed)
        least[one, told] = np.minimum.reduceat(mixed, places)
    return least


def folded(least: npt.NDArray[np.uint32], rows: int) -> Keys:
    """One 64-bit key a band: bands × texts."""
    bands = least.shape[0] // rows
    parts = least[: bands * rows].reshape(bands, rows, -1).astype(np.uint64)
    key = parts[:, 0]
    for row in range(1, rows):
        key = (key ^ (key >> np.uint64(31))) * _FOLD + parts[:, row]
    mixed: Keys = (key ^ (key >> np.uint64(32))) * _FOLD
    return mixed


def agreement(one: Bytes, other: Bytes) -> npt.NDArray[np.uint64]:
    """How many of the 112 bytes are equal, row by row: about 112 times the likeness."""
    same = (one == other).view(np.uint64)
    total = same[:, 0].copy()
    for column in range(1, same.shape[1]):
        total += same[:, column]
    counted: npt.NDArray[np.uint64] = (total * _ONES) >> np.uint64(56)
    return counted

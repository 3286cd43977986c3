"""Texts as sets of hashed 3-grams of their characters: a sorted row of 32-bit numbers each, all in one array."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

WIDTH = 3
"""Characters of a gram."""
LONGEST = 10_000
"""Characters of a text that are compared; what follows is left out."""
CHUNK = 4_000
"""Texts read at once, so that sorting stays in the processor's cache."""
LEFT_OUT = frozenset("PZCS")
"""Classes of Unicode that say nothing: punctuation, blanks, control and other signs."""

Hashes = npt.NDArray[np.uint32]
Whole = npt.NDArray[np.int64]
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_MIXER = np.uint64(0xFF51AFD7ED558CCD)


@dataclass(frozen=True)
class Grams:
    """``hashes[starts[i]:starts[i + 1]]``: the different grams of text ``i``, sorted; an empty row says nothing."""

    hashes: Hashes
    starts: Whole

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def counts(self) -> Whole:
        """Different grams of each text."""
        return np.diff(self.starts)


def grams_of(texts: Sequence[str]) -> Grams:
    """The grams of every text, without blanks and punctuation, capital letters and wide digits as the plain ones.

    A text of one or two characters that count is one gram.
    """
    rows, counts = [], []
    for first in range(0, len(texts), CHUNK):
        hashes, sizes = _chunk(texts[first : first + CHUNK])
        rows.append(hashes)
        counts.append(sizes)
    starts = np.zeros(len(texts) + 1, dtype=np.int64)
    if counts:
        np.cumsum(np.concatenate(counts), out=starts[1:])
    return Grams(np.concatenate(rows) if rows else np.zeros(0, np.uint32), starts)


def _chunk(texts: Sequence[str]) -> tuple[Hashes, Whole]:
    """Different hashes of some texts, row by row, and how many each has."""
    cut = [text if len(text) <= LONGEST else text[:LONGEST] for text in texts]
    codes, owner = _plain(cut)
    many = np.bincount(owner, minlength=len(cut))
    ends = np.cumsum(many)
    padded = _padded(codes, owner, many, ends)
    hashed = _hashed(padded.codes)
    within = padded.owner[: len(hashed)] == padded.owner[WIDTH - 1 :] if len(hashed) else np.zeros(0, bool)
    keys = (padded.owner[: len(hashed)][within].astype(np.uint64) << np.uint64(32)) | hashed[within]
    keys.sort()
    if len(keys):
        keys = keys[np.concatenate(([True], keys[1:] != keys[:-1]))]
    sizes = np.bincount((keys >> np.uint64(32)).astype(np.intp), minlength=len(cut)).astype(np.int64)
    return (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32), sizes


@dataclass(frozen=True)
class _Padded:
    codes: npt.NDArray[np.uint64]
    owner: Whole


def _padded(codes: npt.NDArray[np.uint32], owner: Whole, many: Whole, ends: Whole) -> _Padded:
    """Short texts drawn out with noughts to one whole gram."""
    lacking = np.where((many > 0) & (many < WIDTH), WIDTH - many, 0)
    if not lacking.any():
        return _Padded(codes.astype(np.uint64), owner)
    where = np.repeat(ends, lacking)
    return _Padded(
        np.insert(codes, where, 0).astype(np.uint64),
        np.insert(owner, where, np.repeat(np.arange(len(many)), lacking)),
    )


def _hashed(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """A 32-bit hash of each three neighbours."""
    if len(codes) < WIDTH:
        return np.zeros(0, np.uint64)
    mixed = codes[:-2] * _PRIMES[0] + codes[1:-1] * _PRIMES[1] + codes[2:] * _PRIMES[2]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIXER
    shifted: npt.NDArray[np.uint64] = mixed >> np.uint64(32)
    return shifted


def _plain(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint32], Whole]:
    """Code points that count, and of which text each is."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(texts)), np.fromiter(map(len, texts), np.int64, len(texts)))
    known, places = _distinct(codes)
    plain = np.fromiter((_plain_code(int(code)) for code in known), np.uint32, len(known))[places]
    kept = plain > 0
    return plain[kept], owner[kept]


def _distinct(codes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
    """The different code points, and the place of each one among them, without sorting the text."""
    if not len(codes):
        return codes, np.zeros(0, np.intp)
    seen = np.zeros(int(codes.max()) + 1, dtype=bool)
    seen[codes] = True
    known = np.flatnonzero(seen).astype(np.uint32)
    place = np.zeros(len(seen), dtype=np.intp)
    place[known] = np.arange(len(known))
    return known, place[codes]


_KNOWN: dict[int, int] = {}


def _plain_code(code: int) -> int:
    """The code point a character is compared as; 0 where it is left out."""
    if code not in _KNOWN:
        character = unicodedata.normalize("NFKC", chr(code)).lower()
        said = len(character) == 1 and unicodedata.category(character)[0] not in LEFT_OUT
        _KNOWN[code] = ord(character) if said else 0
    return _KNOWN[code]

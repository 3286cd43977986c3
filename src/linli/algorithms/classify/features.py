"""Words, pairs of words and runs of one to three characters as 32-bit keys: no list of words is ever kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint32]
Places = NDArray[np.int64]
_Hashes = NDArray[np.uint64]

CHARACTERS = np.uint32(1 << 31)
"""The top bit: set on runs of characters, clear on words and pairs of words."""
OPENING = 20
"""Words of a text that count twice."""
_A, _B, _C, _D = (
    np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)
)


@dataclass(frozen=True)
class Grams:
    """All n-grams of some texts, one entry an occurrence.

    ``keys``; ``texts``: the number of the text each stands in; ``first`` and ``last``: the numbers of the words
    (counted through all texts) it begins and ends in; ``opening``: whether it begins in the first words of its text,
    where people say what it is about.
    """

    keys: Keys
    texts: Places
    first: Places
    last: Places
    opening: NDArray[np.bool_]


def _mixed(numbers: _Hashes) -> _Hashes:
    """Every bit of the result depends on every bit of the number."""
    numbers = (numbers ^ (numbers >> np.uint64(32))) * _D
    numbers = (numbers ^ (numbers >> np.uint64(29))) * _B
    return numbers ^ (numbers >> np.uint64(32))


def word_keys(words: Sequence[str]) -> Keys:
    """The key of each word."""
    return _keys(_word_hashes(*_spelled(words)), characters=False) if words else np.zeros(0, np.uint32)


def grams(texts: Sequence[Sequence[str]]) -> Grams:
    """The n-grams of texts given as words; blanks play no part in runs of characters."""
    words = [word for text in texts for word in text]
    if not words:
        nothing = np.zeros(0, np.int64)
        return Grams(np.zeros(0, np.uint32), nothing, nothing, nothing, nothing.astype(bool))
    sizes = np.array([len(text) for text in texts])
    text_of_word = np.repeat(np.arange(len(texts)), sizes)
    place = np.arange(len(words)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    points, starts, lengths = _spelled(words)
    parts = _of_words(_word_hashes(points, starts, lengths), text_of_word)
    parts += _of_characters(points, np.repeat(np.arange(len(words)), lengths), text_of_word)
    keys, first, last = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Grams(keys, text_of_word[first], first, last, (place < OPENING)[first])


_Part = tuple[Keys, Places, Places]


def _of_words(hashes: _Hashes, text_of_word: Places) -> list[_Part]:
    """Words and pairs of neighbours within a text."""
    numbers = np.arange(len(hashes))
    pairs = np.flatnonzero(text_of_word[1:] == text_of_word[:-1])
    paired = _mixed(hashes[pairs] * _A + hashes[pairs + 1] * _C)
    return [(_keys(hashes, characters=False), numbers, numbers), (_keys(paired, characters=False), pairs, pairs + 1)]


def _of_characters(points: _Hashes, word_of: Places, text_of_word: Places) -> list[_Part]:
    """Runs of one, two and three characters within a text."""
    text_of = text_of_word[word_of]
    once = points * _A + _C
    parts: list[_Part] = []
    for length in (1, 2, 3):
        runs = np.flatnonzero(text_of[length - 1 :] == text_of[: len(text_of) - length + 1])
        total = once[runs]
        for step in range(1, length):
            total = _mixed(total) + once[runs + step]
        parts.append((_keys(_mixed(total), characters=True), word_of[runs], word_of[runs + length - 1]))
    return parts


def _spelled(words: Sequence[str]) -> tuple[_Hashes, Places, Places]:
    """The code points of all words one after the other, where each word begins, and how long it is."""
    points = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    return points, np.cumsum(lengths) - lengths, lengths


def _word_hashes(points: _Hashes, starts: Places, lengths: Places) -> _Hashes:
    """One number a word, from its code points and their places in it."""
    place = np.arange(len(points)) - np.repeat(starts, lengths)
    spelled = _mixed((points << np.uint64(20)) + place.astype(np.uint64) + _A)
    return _mixed(np.add.reduceat(spelled, starts))


def _keys(hashes: _Hashes, *, characters: bool) -> Keys:
    """The upper bits of the numbers, with the bit that tells words from characters."""
    keys = (hashes >> np.uint64(33)).astype(np.uint32)
    return keys | CHARACTERS if characters else keys

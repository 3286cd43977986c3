"""How a name is typed without Chinese characters: syllables and initials, with the readings of surnames."""

from itertools import takewhile
from typing import Any

from linli.algorithms import personal_names
from linli.kernel.search.text import runs

LONGEST_NAME = 24
WINDOW = 8
"""Syllables in a row that are found together."""

SURNAMES = {character: reading.rstrip("12345") for character, reading in personal_names.SURNAMES.items()}
COMPOUND = {
    name: (first.rstrip("12345"), second.rstrip("12345")) for name, (first, second) in personal_names.COMPOUND.items()
}


def _syllables(run: str) -> list[str]:
    """One syllable a character; a character without a known reading gives an empty one."""
    from pypinyin import Style, lazy_pinyin

    unknown: Any = lambda characters: [""] * len(characters)  # noqa: E731  # the library's types forget lists
    return [str(one) for one in lazy_pinyin(run, style=Style.NORMAL, errors=unknown)]


def _readings(run: str) -> list[list[str]]:
    """The usual reading, that of the surname, and both ways to type ü (lv, lyu)."""
    usual = _syllables(run)
    found = [usual]
    if run[:2] in COMPOUND:
        found.append([*COMPOUND[run[:2]], *usual[2:]])
    elif run[0] in SURNAMES and SURNAMES[run[0]] != usual[0]:
        found.append([SURNAMES[run[0]], *usual[1:]])
    spelled = [[one.replace("v", "yu") for one in reading] for reading in found]
    return found + [reading for reading in spelled if reading not in found]


def words_of_name(name: str) -> set[str]:
    """From every character on, what can be typed: syllables and initials, for 槐荫社区 "huaiyinshequ", "hysq",
    "yinshequ", "ysq" … A word is found by its beginning, so that "huaiyin" and "hy" need no token of their own.
    """
    words: set[str] = set()
    for paired, run in runs(name[:LONGEST_NAME]):
        if not paired:
            continue
        for reading in _readings(run):
            for start in range(len(reading)):
                piece = list(takewhile(bool, reading[start : start + WINDOW]))
                words.add("".join(piece))
                words.add("".join(syllable[0] for syllable in piece))
    words.discard("")
    return words

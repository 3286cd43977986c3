"""Finds signs in a text: short patterns anybody can read and mend, and what looks like one and is none.

A pattern is written in its own words: ``…`` stands for up to eight characters of the same clause, ``(甲|乙)`` for one
of several, ``(甲)?`` for what may be missing. What is harmless is blotted out before signs are looked for, so it hides
nothing that stands beside it.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

GAP = r"[^，。！？；、：,.!?;:\n\x00]{0,8}"
BLOT = "\x00"


@dataclass(frozen=True)
class Found:
    """A sign: what it is a sign of, and the words that stand in the text."""

    kind: str
    words: str


@dataclass(frozen=True)
class Signs:
    """All patterns of one purpose, ready: of each kind one expression, and one for what is harmless."""

    kinds: tuple[tuple[str, re.Pattern[str]], ...]
    harmless: tuple[re.Pattern[str], ...]

    def find(self, text: str) -> list[Found]:
        """The first sign of each kind that occurs, in the order of the kinds."""
        plain = plain_text(text)
        for pattern in self.harmless:
            plain = pattern.sub(lambda match: BLOT * len(match.group()), plain)
        hits = ((kind, pattern.search(plain)) for kind, pattern in self.kinds)
        return [Found(kind, hit.group()) for kind, hit in hits if hit]


def read_signs(kinds: Sequence[tuple[str, Sequence[str]]], harmless: Sequence[Sequence[str]]) -> Signs:
    """Patterns by kind, and groups of harmless ones, each group blotted out in its turn. Raises re.error."""
    return Signs(
        tuple((kind, _any_of(patterns)) for kind, patterns in kinds),
        tuple(_any_of(patterns) for patterns in harmless if patterns),
    )


def plain_text(text: str) -> str:
    """As signs are looked for: half-width letters, Chinese marks of a clause, no blanks between characters."""
    plain = unicodedata.normalize("NFKC", text).replace(BLOT, "")
    return re.sub(r"[ \t\u3000\u200b-\u200f\u2060\ufeff]+", "", plain)


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    written = (unicodedata.normalize("NFKC", one.replace("…", "\x01")).replace("\x01", GAP) for one in patterns)
    return re.compile("|".join(f"(?:{one})" for one in written))

"""One way of writing for digits and signs, with the way back to where each stood in the original."""

import unicodedata
from dataclasses import dataclass

CHINESE = dict(zip("〇零○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0001234567891123456789", strict=True))
_DASHES = frozenset("‐‑‒–—―−－﹣─━")


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` folded; ``at[i]`` is where its character i stood."""

    text: str
    at: list[int]


def _form(char: str, *, chinese: bool) -> str:
    if char in "\n\r":
        return "\n"
    if char.isspace():
        return " "
    if char in _DASHES:
        return "-"
    if unicodedata.category(char) in {"Cf", "Cc", "Mn", "Me"}:
        return ""
    if chinese and char in CHINESE:
        return CHINESE[char]
    digit = unicodedata.digit(char, None)
    return str(digit) if digit is not None else unicodedata.normalize("NFKC", char).upper()


def fold(original: str, *, chinese: bool = False) -> Folded:
    """Half-width, upper case, plain dashes, every script's digits as 0–9, nothing invisible.

    ``chinese`` also makes 一三八 of Chinese numerals 138.
    """
    text: list[str] = []
    at: list[int] = []
    for place, char in enumerate(original):
        form = char if char.isascii() and char > " " and not char.islower() else _form(char, chinese=chinese)
        text.extend(form)
        at.extend([place] * len(form))
    return Folded("".join(text), at)

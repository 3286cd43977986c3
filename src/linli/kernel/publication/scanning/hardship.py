"""Names of persons beside words of hardship or illness, in one sentence or one row of a table."""

import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data" / "words.toml"
_SENTENCE = re.compile(r"[^。；！？!?\n;]+")
_GOES_ON = "患与和等及因家系是住每身的可能需已于在获领申得由为有今现曾将被让请未也都还"
"""Signs that may follow a name at once."""
_AGE = r"(?:[，,（( ]{0,2}(?:男|女)|[，,（( ]{0,2}\d{1,3}岁)"


@dataclass(frozen=True)
class Words:
    """The lists of ``data/words.toml``, made ready for reading."""

    hardship: re.Pattern[str]
    in_context: re.Pattern[str]
    listed: re.Pattern[str]
    alone: re.Pattern[str]
    never: frozenset[str]


def _raw() -> dict[str, str]:
    found = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {name: str(text).replace("\n", " ") for name, text in found.items()}


@cache
def surnames() -> str:
    """The surnames of ``data/words.toml`` as alternatives of a pattern, the longest first."""
    lists = {name: text.split() for name, text in _raw().items()}
    return "|".join(sorted([*lists["compound"], *"".join(lists["surnames"])], key=len, reverse=True))


@cache
def words_with(own: tuple[str, ...]) -> Words:
    """The shipped lists, with a street's ``own`` words of hardship."""
    lists = {name: text.split() for name, text in _raw().items()}
    name = rf"(?:{surnames()})[一-龥]{{1,2}}?"
    dotted = r"[一-龥]{2,6}·[一-龥]{2,8}"
    any_name = rf"(?P<name>{dotted}|{name})"
    before, after = "|".join(lists["before"]), "|".join(lists["after"])
    hardship = "|".join(re.escape(word) for word in sorted({*lists["hardship"], *own}, key=len, reverse=True))
    link = "(?:[，,：:（( ]{0,2}|患有?|是|系|享受|属)"
    end = rf"(?=$|[\s，,、：:；（()）)。{_GOES_ON}]|享受|{hardship}|{after})"
    context = (
        rf"(?:{before})[:： ]?{any_name}{end}",
        rf"(?<![一-龥]){any_name}(?:{after}|{_AGE})",
        rf"(?:{hardship})[:：（( ]?{any_name}{end}",
        rf"(?:^|[\s，,、：:；（()）)]){any_name}{link}(?:{hardship})",
    )
    pair = rf"(?<![一-龥])(?P<one>{name})、(?P<two>{name})(?![一-龥])"
    return Words(
        re.compile(hardship), re.compile("|".join(_named(context))), re.compile(pair),
        re.compile(rf"\s*(?:{dotted}|{name})\s*"), frozenset(lists["never"]),
    )  # fmt: skip


def _named(context: Sequence[str]) -> list[str]:
    """Each pattern's group under a name of its own."""
    return [pattern.replace("(?P<name>", f"(?P<name{number}>") for number, pattern in enumerate(context)]


def _is_name(word: str, words: Words) -> bool:
    """Whether what looks like a name is none of the words that look like one (高血压, 安全)."""
    if word in words.never or word[:2] in words.never or words.hardship.search(word):
        return False
    return not any(sign in "的了和与及等为是在员户们病症某" for sign in word[1:])


def names_beside(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, name) of names in sentences that hold a word of hardship."""
    for sentence in _SENTENCE.finditer(text):
        if not words.hardship.search(sentence.group()):
            continue
        for pattern in (words.in_context, words.listed):
            for found in pattern.finditer(sentence.group()):
                yield from _names_of(found, sentence.start(), words)


def _names_of(found: re.Match[str], start: int, words: Words) -> Iterator[tuple[int, int, str]]:
    for group, value in found.groupdict().items():
        if value and _is_name(value, words):
            yield start + found.start(group), start + found.end(group), value


def names_in_row(cells: Collection[str], words: Words, *, under: bool = False) -> Iterator[tuple[int, str]]:
    """(index, name) of cells that are a name alone, where the row or its headings (``under``) speak of hardship."""
    if not under and not any(words.hardship.search(cell) for cell in cells):
        return
    for index, cell in enumerate(cells):
        bare = cell.strip()
        if words.alone.fullmatch(bare) and _is_name(bare, words):
            yield index, bare

"""Reading one text for everything that may not be public."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from linli.kernel.privacy.masks import mask_name
from linli.kernel.publication.scanning import numbers
from linli.kernel.publication.scanning.doors import doors_in
from linli.kernel.publication.scanning.findings import Finding, FindingKind
from linli.kernel.publication.scanning.folding import fold
from linli.kernel.publication.scanning.hardship import Words, names_beside, names_in_row, words_with

MOST = 50
"""Findings of one text that are told; more teach nobody anything."""


@dataclass(frozen=True)
class Lists:
    """What may stand although it looks like a person's (``telephones``, ``phrases``), and a street's own words."""

    telephones: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    words: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, may_stand: Collection[str] = (), words: Sequence[str] = ()) -> "Lists":
        """``may_stand`` mixes telephones and addresses of offices and words that only look like a name."""
        plain = [entry.strip() for entry in may_stand if entry.strip()]
        telephones = frozenset(numbers.bare(fold(entry).text) for entry in plain if _is_telephone(entry))
        phrases = frozenset(fold(entry).text for entry in plain if not _is_telephone(entry))
        return cls(telephones, phrases, tuple(sorted(set(words))))

    @property
    def lexicon(self) -> Words:
        return words_with(self.words)


def _is_telephone(entry: str) -> bool:
    return re.fullmatch(r"[\d\s()+\-转]{5,}", fold(entry).text) is not None


def masked_digits(text: str) -> str:
    """``138******34``: enough to find it again, too little to use it."""
    places = [place for place, sign in enumerate(text) if sign.isdigit() or sign in "xXｘＸ〇零○一二三四五六七八九"]
    hidden = set(places[3:-2]) if len(places) > 6 else set(places)
    return "".join("*" if place in hidden else sign for place, sign in enumerate(text))


def _line(text: str, place: int) -> str:
    """Which line, where there are several."""
    if "\n" not in text.strip("\n"):
        return ""
    return _("line %(number)s") % {"number": text.count("\n", 0, place) + 1}


def look_through(text: str, lists: Lists) -> list[Finding]:
    """Everything in ``text`` that may not be public, in the order it stands, at most :data:`MOST`."""
    found: dict[tuple[int, int], Finding] = {}
    for kind, start, end, excerpt in spots(text, lists):
        if not any(start < last and first < end for first, last in found):
            found[start, end] = Finding(kind, _line(text, start), excerpt)
        if len(found) >= MOST:
            break
    return [found[span] for span in sorted(found)]


def spots(text: str, lists: Lists) -> Iterator[tuple[FindingKind, int, int, str]]:
    """(kind, start, end, masked excerpt) of everything that may not be public; spots may overlap."""
    for chinese in (False, True):
        folded = fold(text, chinese=chinese)
        for spot in numbers.numbers_in(folded.text, allowed=lists.telephones):
            start, end = folded.at[spot.start], folded.at[spot.end - 1] + 1
            yield spot.kind, start, end, masked_digits(text[start:end])
    folded = fold(text)
    for first, last in doors_in(folded.text, allowed=lists.phrases):
        start, end = folded.at[first], folded.at[last - 1] + 1
        yield FindingKind.HOUSE, start, end, _masked_address(text[start:end])
    for start, end, name in names_beside(text, lists.lexicon):
        if name not in lists.phrases:
            yield FindingKind.HARDSHIP, start, end, mask_name(name)


def _masked_address(text: str) -> str:
    return re.sub(r"[0-9０-９零〇一二三四五六七八九十百]+", "*", text.strip())[-24:]


def look_through_row(cells: Sequence[str], lists: Lists, *, under: bool = False) -> Iterator[tuple[int, Finding]]:
    """(index of the cell, finding) of names that stand in a row about hardship (``under`` such headings)."""
    for index, name in names_in_row(cells, lists.lexicon, under=under):
        if name not in lists.phrases:
            yield index, Finding(FindingKind.HARDSHIP, excerpt=mask_name(name))


def speaks_of_hardship(text: str, lists: Lists) -> bool:
    """Whether a heading or the name of a sheet holds a word of hardship."""
    return lists.lexicon.hardship.search(text) is not None

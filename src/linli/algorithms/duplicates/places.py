"""Whether two places written in words are one: by the pairs of characters they share, rare ones counting more."""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable

SAME, UNKNOWN, APART = 0.5, 0.4, 0.25
"""From ``SAME`` on the same place; below ``APART`` another."""


class Places:
    """The places of one set of reports. What nearly all of them name (the district, the street) tells nothing."""

    def __init__(self, named: Iterable[str]) -> None:
        self._grams: dict[str, frozenset[str]] = {}
        for place in named:
            if place not in self._grams:
                self._grams[place] = _grams(place)
        shown = Counter(gram for grams in self._grams.values() for gram in grams)
        self._weight = {gram: math.log(len(self._grams) / many) ** 2 for gram, many in shown.items()}
        self._known: dict[tuple[str, str], float] = {}

    def likeness(self, one: str, other: str) -> float:
        """0 to 1: how much of the place that says less is in the other one; ``UNKNOWN`` where it says nothing."""
        if one in other or other in one:
            return 1.0
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            first, second = self._grams[one], self._grams[other]
            least = min(self._sum(first), self._sum(second))
            self._known[key] = self._sum(first & second) / least if least else UNKNOWN
        return self._known[key]

    def _sum(self, grams: frozenset[str]) -> float:
        return sum(self._weight[gram] for gram in grams)


def _grams(place: str) -> frozenset[str]:
    plain = "".join(one for one in unicodedata.normalize("NFKC", place).lower() if one.isalnum())
    return frozenset(plain[at : at + 2] for at in range(max(len(plain) - 1, 1))) - {""}

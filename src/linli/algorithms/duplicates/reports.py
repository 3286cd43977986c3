"""Reports of one matter: alike in words, not at places apart; with what the reports of a group have in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np

from linli.algorithms.duplicates.grams import grams_of
from linli.algorithms.duplicates.pairs import LIKENESS, Pairs, groups_of, jaccard, pairs_among
from linli.algorithms.duplicates.places import APART, SAME, Places

AT_ONE_PLACE = 0.5
"""The likeness of words that is enough at the same place; elsewhere ``LIKENESS``."""


class Report(NamedTuple):
    """What somebody said; the place in words and the time may not be known."""

    text: str
    place: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Group:
    """``members``: places among the reports, ascending. ``likeness``: of the least alike to the group's middle.

    ``place``: the shortest name of the one place of all; empty where not all tell it. ``span``: from the first to the
    last; None where a time is not known.
    """

    members: tuple[int, ...]
    likeness: float
    place: str
    span: timedelta | None


def groups_among(reports: Sequence[Report]) -> list[Group]:
    """Groups of reports of one matter, by their first report; each report is in one group at most."""
    places = Places(report.place for report in reports if report.place)
    number = {place: one for one, place in enumerate(dict.fromkeys(report.place for report in reports))}
    kinds = np.array([number[report.place] for report in reports], dtype=np.int64)
    grams = grams_of([report.text for report in reports])
    placed = any(number)
    pairs = pairs_among(grams, likeness=AT_ONE_PLACE if placed else LIKENESS, kinds=kinds)
    found = groups_of(_together(pairs, reports, places) if placed else pairs)
    if placed:
        found = [(middle, kept) for middle, one in found if len(kept := _at_one(one, reports, places)) > 1]
    middles = np.repeat([middle for middle, _members in found], [len(members) for _middle, members in found])
    exact = jaccard(grams, middles.astype(np.int64), np.array([one for _m, some in found for one in some], np.int64))
    ends = np.cumsum([0, *(len(members) for _middle, members in found)]).tolist()
    return [
        _told(members, float(exact[ends[at] : ends[at + 1]].min()), reports, places)
        for at, (_middle, members) in enumerate(found)
    ]


def _at_one(members: Sequence[int], reports: Sequence[Report], places: Places) -> list[int]:
    """The members without those whose place is apart from the place that most of them tell."""
    told = Counter(reports[one].place for one in members if reports[one].place).most_common(1)
    if not told:
        return list(members)
    common = told[0][0]
    return [one for one in members if not reports[one].place or places.likeness(reports[one].place, common) >= APART]


def _together(pairs: Pairs, reports: Sequence[Report], places: Places) -> Pairs:
    """The pairs without those at places apart, and without those too little alike for places not known the same."""

    def needed(one: str, other: str) -> float:
        if not one or not other:
            return LIKENESS
        near = places.likeness(one, other)
        return AT_ONE_PLACE if near >= SAME else LIKENESS if near >= APART else 2.0

    ends = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    least = np.array([needed(reports[one].place, reports[two].place) for one, two in ends], dtype=np.float64)
    kept = pairs.likeness >= least
    return Pairs(pairs.first[kept], pairs.second[kept], pairs.likeness[kept], pairs.same)


def _told(members: Sequence[int], likeness: float, reports: Sequence[Report], places: Places) -> Group:
    """One group with what it has in common."""
    named = sorted({reports[one].place for one in members}, key=lambda name: (len(name), name))
    one_place = all(named) and all(places.likeness(named[0], other) >= SAME for other in named[1:])
    times = [reports[one].at for one in members]
    known = [at for at in times if at is not None]
    span = max(known) - min(known) if len(known) == len(times) else None
    return Group(tuple(members), likeness, named[0] if one_place else "", span)

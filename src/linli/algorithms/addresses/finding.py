"""From a text to the places it names: all chains of nested names are read, the one that explains most wins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.addresses.gazetteer import Gazetteer, Ints
from linli.algorithms.addresses.naming import KINDS, LIKE, NO_ENDING, Family, Level, ending
from linli.algorithms.addresses.writing import Written, normal

LETTER = 8
"""Points for one explained character; the rest is measured against it."""
OTHER_ENDING, NEAR_ENDING, CUT_THROUGH, SKIPPED = 12, 1, 9, 4
"""Points taken: the ending says another kind of place; it says nearly the same; a separator stands inside the name;
words were passed over before it."""
LIKE_A_ROAD, CUTS_A_WORD = 7, 14
"""Points taken from a reading that stops at a name without an ending, where what follows makes it a road or halves
a word."""
REACHED = 4
"""Points given where a community is named, so that 朝阳 alone is looked for among communities too."""
BREADTH, DEPTH, FOREWORD = 4, 6, 16
_LEAD = re.compile(r"(?:我?(?:家|现)?(?:住址|地址|住在|住|位于|在))?(?:中国|中华人民共和国)?")
_ROAD = re.compile(r"[东南西北中前后]?(?:[0-9十]+)?(?:大街|大道|公路|路|街(?!道)|巷|胡同|条)")
_ROAD_AHEAD = re.compile(r".{1,4}?(?:大街|大道|公路|路|街(?!道)|巷|胡同)")
_WORD = re.compile(r"[东南西北正后大]{1,2}门|[东南西北]侧|[东南西北][边面头]|门口|旁边|附近|对面|楼下|隔壁")
_WIDE = ("省", "市", "区", "县", "旗", "街道", "镇", "乡", "办事处")
_SHOWN = ("社区", "村", "委会", "委员会", "小区", "嘎查")
_BEFORE_A_NAME = "号院路街巷道楼同"
Kinds = NDArray[np.int8]
_AREA, _STREET, _COMMUNITY = int(Level.AREA), int(Level.STREET), int(Level.COMMUNITY)
_UPPER = int(Family.UPPER)
_NARROWEST = (_AREA, _STREET, _COMMUNITY, int(Level.ESTATE))
"""By family; plain numbers, for these are read for every name that is tried."""
_NEAR = tuple({kind: np.isin(np.arange(KINDS), like) for kind, like in LIKE[family].items()} for family in Family)
"""By family and kind: which kinds come close to it."""
NOTHING: Ints = np.zeros(0, dtype=np.int32)


@dataclass(slots=True, eq=False)
class Reading:
    """One way to read a text: ``nodes`` all fit ``steps`` (start, stop of each name in the normal text).

    ``doubt`` counts against it only if nothing narrower follows; ``ends`` is filled where something does.
    """

    nodes: Ints
    level: int
    points: int = 0
    stop: int = 0
    steps: tuple[tuple[int, int], ...] = ()
    doubt: int = 0
    ends: Ints | None = None

    @property
    def worth(self) -> int:
        return self.points - self.doubt + (REACHED if self.level >= _COMMUNITY else 0)


@dataclass(frozen=True, slots=True)
class Found:
    """``nodes`` fit the text equally well (ascending); ``stop`` is where the rest begins in the original.

    ``contradicts`` where a wider place was named in which none of them lies; ``skipped`` are the places in the original
    of words passed over between two names.
    """

    nodes: Ints
    stop: int
    contradicts: bool = False
    skipped: tuple[tuple[int, int], ...] = ()


_NOWHERE = Reading(NOTHING, -1)


def find(gazetteer: Gazetteer, original: str) -> Found:
    """The places a text names: at the narrowest level it reaches, all that fit. Nothing where no name stands in it.

    Two Arabic digits are read as spoken (18里店 is 十八里店); failing that, one by one (南32村 is 南三二村).
    """
    written = normal(original)
    search = _Search(gazetteer, written)
    found = search.best()
    if written.spoken and (found.contradicts or search.leader().stop <= written.spoken[0] + 1 or found.skipped):
        singly = _Search(gazetteer, normal(original, spoken=False))
        other = singly.best()
        if singly.leader().worth > search.leader().worth + (LETTER if found.contradicts < other.contradicts else 0):
            return other
    return found


class _Search:
    """One text being read."""

    def __init__(self, gazetteer: Gazetteer, written: Written) -> None:
        self.gazetteer, self.written, self.text = gazetteer, written, written.text
        self.codes = [ord(char) for char in written.text]
        self.readings: list[Reading] = []

    def best(self) -> Found:
        """The readings worth most, joined; looks further on where the narrowest name is missing or bare."""
        lead = _LEAD.match(self.text)
        begin = Reading(NOTHING, -1, stop=lead.end() if lead else 0)
        self._read(begin, 0)
        if begin.stop:
            self._read(Reading(NOTHING, -1), 0)
        if not self.readings:
            self._begin_later(begin)
        first = self.leader()
        contradicts = False
        if first.level < _COMMUNITY or self._shows_more(first):
            wider = sorted((r for r in self.readings if r.level < _COMMUNITY), key=_worth)[-2:]
            for reading in wider or [begin]:
                self._pass_over(reading)
            if wider and self.leader().level < _COMMUNITY:
                self._pass_over(begin)
                contradicts = self.leader().level >= _COMMUNITY
        return self._joined(contradicts=contradicts)

    def _begin_later(self, begin: Reading) -> None:
        """Where the text begins with words we do not know (another city, a greeting), begin at a wide place's name."""
        for place in range(begin.stop + 1, min(len(self.text), FOREWORD)):
            for reading in list(self._names(begin, place)):
                if reading.level < _COMMUNITY and self.text.endswith(_WIDE, *reading.steps[-1]):
                    self.readings.append(reading)
                    self._read(reading, 1)
            if self.readings:
                return

    def leader(self) -> Reading:
        """The reading worth most; one of nowhere where no name stands in the text."""
        return max(self.readings, key=_worth, default=_NOWHERE)

    def _shows_more(self, reading: Reading) -> bool:
        """Whether a bare name leaves a text in which an ending stands, or names a street too and a road follows."""
        start, stop = last = reading.steps[-1]
        is_street_too = any(other.level == _STREET and other.steps[-1] == last for other in self.readings)
        if is_street_too and _ROAD_AHEAD.match(self.text, stop):
            return True
        has_ending = self.text.endswith(_SHOWN, start, stop)
        return not has_ending and any(shown in self.text[stop:] for shown in _SHOWN)

    def _joined(self, *, contradicts: bool) -> Found:
        if not self.readings:
            return Found(NOTHING, 0)
        most = self.leader().worth
        best = [reading for reading in self.readings if reading.worth == most]
        nodes = np.unique(np.concatenate([reading.nodes for reading in best]))
        at, steps = self.written.at, best[0].steps
        gaps = tuple((at[one[1] - 1] + 1, at[two[0]]) for one, two in pairwise(steps) if one[1] < two[0])
        return Found(nodes, at[best[0].stop - 1] + 1, contradicts, gaps)

    def _read(self, before: Reading, depth: int) -> None:
        """Follow ``before`` by every name that begins where it stops, the longest first."""
        steps = list(self._names(before, before.stop))
        again = self._after_repetition(before)
        if again > before.stop:
            steps += self._names(before, again)
        for reading in sorted(steps, key=_worth, reverse=True)[:BREADTH]:
            self.readings.append(reading)
            if depth < DEPTH and reading.stop < len(self.text):
                self._read(reading, depth + 1)

    def _after_repetition(self, before: Reading) -> int:
        """Forms that fill in the wider places themselves make people write them twice; and nobody means 市辖区."""
        stop = before.stop
        for start, after in before.steps:
            stop += 3 if self.text.startswith("市辖区", stop) else 0
            for written in (self.text[start:after], self.text[start : after - 1]):
                if len(written) > 1 and self.text.startswith(written, stop):
                    stop += len(written)
                    break
        return stop

    def _pass_over(self, before: Reading) -> None:
        """Look further on, where words stand between: a road, a firm, a house number."""
        for place in range(before.stop + 1, len(self.text)):
            for reading in self._names(before, place):
                if reading.level >= _COMMUNITY and self._stands_out(before, place, reading.stop):
                    self.readings.append(replace(reading, points=reading.points - SKIPPED))

    def _stands_out(self, before: Reading, place: int, stop: int) -> bool:
        """After other words a name must show itself: by its ending, or by its length within a street."""
        length = stop - place
        if length > 2 and self.text.endswith(_SHOWN, place, stop):
            return True
        return before.level >= _STREET and (length > 2 or (length > 1 and self.text[place - 1] in _BEFORE_A_NAME))

    def _names(self, before: Reading, place: int) -> Iterator[Reading]:
        """Every name that begins at ``place`` and lies inside ``before``."""
        gazetteer = self.gazetteer
        for stop, first, after in gazetteer.walk(self.text, self.codes, place):
            for group in range(first, after):
                family = gazetteer.families[group]
                if _NARROWEST[family] <= before.level and family != _UPPER:
                    continue
                nodes, kinds = gazetteer.named(group)
                if before.level >= 0:
                    nodes, kinds = self._inside(before, nodes, kinds)
                if len(nodes):
                    yield from self._named(before, (place, stop), family, nodes, kinds)

    def _named(
        self, before: Reading, span: tuple[int, int], family: int, nodes: Ints, kinds: Kinds
    ) -> Iterator[Reading]:
        """The name with what stands behind it: the same ending, nearly the same, another, or none."""
        place, stop = span
        end, kind = ending(family, self.text, stop)
        points = before.points + LETTER * (end - place)
        if self.written.cuts:
            points -= CUT_THROUGH * sum(place < cut < stop for cut in self.written.cuts)
        steps = (*before.steps, (place, end))
        level = _NARROWEST[family]
        if kind == NO_ENDING:
            yield Reading(nodes, self._level(nodes, level), points, end, steps, self._doubt(stop))
            return
        same, near = kinds == kind, _NEAR[family][kind][kinds]
        alike, close = np.count_nonzero(same), np.count_nonzero(near)
        if alike:
            yield Reading(nodes[same], self._level(nodes[same], level), points, end, steps)
        if close > alike:
            yield Reading(nodes[near], self._level(nodes[near], level), points - NEAR_ENDING, end, steps)
        elif not alike:
            yield Reading(nodes, self._level(nodes, level), points - OTHER_ENDING, end, steps)

    def _level(self, nodes: Ints, narrowest: int) -> int:
        """The widest level among ``nodes``: province, city and area share one family."""
        return int(self.gazetteer.levels[nodes].min()) if narrowest == _AREA else narrowest

    def _doubt(self, stop: int) -> int:
        if stop in self.written.cuts or stop == len(self.text):
            return 0
        if _WORD.match(self.text, stop - 1) and not _WORD.match(self.text, stop):
            return CUTS_A_WORD
        return LIKE_A_ROAD if _ROAD.match(self.text, stop) else 0

    def _inside(self, before: Reading, nodes: Ints, kinds: Kinds) -> tuple[Ints, Kinds]:
        """Those of ``nodes`` (ascending) that lie below one of the reading before."""
        if len(before.nodes) == 1:
            outer = before.nodes[0]
            first, after = nodes.searchsorted((outer + 1, self.gazetteer.end[outer]))
            return nodes[first:after], kinds[first:after]
        if before.ends is None:
            before.ends = np.maximum.accumulate(self.gazetteer.end[before.nodes])
        nearest = before.nodes.searchsorted(nodes) - 1
        inside = (nearest >= 0) & (nodes < before.ends[nearest])
        return nodes[inside], kinds[inside]


def _worth(reading: Reading) -> int:
    return reading.worth

"""All names of a tree of places in flat arrays, found letter by letter: half a million in some tens of megabytes."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from linli.algorithms.addresses.naming import FAMILY, Level, short

if TYPE_CHECKING:
    from typing_extensions import Buffer

Ints = NDArray[np.int32]
_MASK = (1 << 64) - 1
_BASE = 0x9E3779B97F4A7C15
"""Odd and well mixed: a hash of text[i:j] is the sum of code × base^k, so it grows by one letter at a time."""
LONGEST = 40
"""No short form is looked for beyond this many characters."""
POWERS = tuple(pow(_BASE, k + 1, 1 << 64) for k in range(LONGEST))
_SHIFT = 29


def _view(numbers: NDArray[Any]) -> memoryview:
    """The same numbers, quicker to read one by one."""
    return memoryview(cast("Buffer", numbers))


@dataclass(frozen=True, slots=True)
class Entry:
    """One place with all its names. Entries come in the order of the tree: a place, then all that lies in it."""

    level: Level
    names: Sequence[str]


class Gazetteer:
    """Places numbered in the order of the tree: ``end[n]`` is the number after the last place below ``n``.

    ``parent[n]`` is -1 at the top; ``levels`` and ``kinds`` (of the ending of a name) are small integers. A name is
    looked for by ``walk``; its ``group`` lists the places called so, in their order, one family of levels a group.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        tree, found = _Tree(), _Names()
        for number, entry in enumerate(entries):
            tree.add(entry.level)
            for name in entry.names:
                found.add(number, entry.level, name)
        self.parent, self.end, self.levels = tree.closed()
        self._keys, self._starts = found.text(), np.frombuffer(found.starts, dtype=np.int32)
        self._build(found)

    def __len__(self) -> int:
        return len(self.levels)

    def _build(self, found: "_Names") -> None:
        lengths = np.diff(self._starts)
        codes = np.frombuffer(self._keys.encode("utf-32-le"), dtype=np.uint32)
        prefixes = _prefix_hashes(codes, self._starts[:-1], lengths)
        whole = prefixes.whole
        families = np.frombuffer(found.families, dtype=np.int8)
        order = np.lexsort((families, whole))
        nodes, kinds = np.frombuffer(found.nodes, dtype=np.int32), np.frombuffer(found.kinds, dtype=np.int8)
        self.nodes: Ints = nodes[order]
        self.kinds = kinds[order]
        sorted_hashes, sorted_families = whole[order], families[order]
        new_key = np.r_[True, sorted_hashes[1:] != sorted_hashes[:-1]]
        new_group = new_key | np.r_[True, sorted_families[1:] != sorted_families[:-1]]
        first = np.flatnonzero(new_group)
        self.bounds = _view(np.r_[first, len(order)].astype(np.int32))
        self.families = _view(sorted_families[first].copy())
        keys = np.flatnonzero(new_key)
        self._groups = _view(np.r_[np.searchsorted(first, keys), len(first)].astype(np.int32))
        self._begins = _view(self._starts[:-1][order][keys].copy())
        self._lay_out(sorted_hashes[keys], prefixes.distinct)

    def _lay_out(self, keys: NDArray[np.uint64], prefixes: NDArray[np.uint64]) -> None:
        """An open table of all beginnings of names: its value is the key's number, -1 for a mere beginning."""
        every = np.union1d(keys, prefixes)
        value = np.full(len(every), -1, dtype=np.int32)
        value[np.searchsorted(every, keys)] = np.arange(len(keys), dtype=np.int32)
        size = 1 << max(4, (2 * len(every)).bit_length())
        table, values = np.zeros(size, dtype=np.uint64), np.full(size, -2, dtype=np.int32)
        left = np.arange(len(every))
        slots = ((every >> np.uint64(_SHIFT)) & np.uint64(size - 1)).astype(np.int64)
        while len(left):
            free = np.flatnonzero(values[slots[left]] == -2)
            _taken, once = np.unique(slots[left[free]], return_index=True)
            placed = left[free[once]]
            table[slots[placed]], values[slots[placed]] = every[placed], value[placed]
            left = np.setdiff1d(left, placed, assume_unique=True)
            slots[left] = (slots[left] + 1) & (size - 1)
        self._mask, self._table, self._values = size - 1, _view(table), _view(values)

    def walk(self, text: str, codes: Sequence[int], place: int) -> Iterator[tuple[int, int, int]]:
        """The names that begin at ``place``: (where it stops, first group, group after the last), shortest first."""
        table, values, mask = self._table, self._values, self._mask
        total = 0
        for step, power in zip(range(place, len(codes)), POWERS, strict=False):
            total = (total + codes[step] * power) & _MASK
            slot = (total >> _SHIFT) & mask
            while (value := values[slot]) != -2 and table[slot] != total:
                slot = (slot + 1) & mask
            if value == -2:
                return
            if value >= 0:
                begin = self._begins[value]
                if self._keys[begin : begin + step + 1 - place] == text[place : step + 1]:
                    yield step + 1, self._groups[value], self._groups[value + 1]

    def named(self, group: int) -> tuple[Ints, NDArray[np.int8]]:
        """The places of a group by number, and the kind of ending of each one's name."""
        begin, after = self.bounds[group], self.bounds[group + 1]
        return self.nodes[begin:after], self.kinds[begin:after]


class _Tree:
    """Reads levels in the order of the tree into parents and ends."""

    def __init__(self) -> None:
        self.parents, self.levels, self.ends = array("i"), array("b"), array("i")
        self._open: list[int] = []

    def add(self, level: Level) -> None:
        while self._open and self.levels[self._open[-1]] >= level:
            self.ends[self._open.pop()] = len(self.levels)
        self.parents.append(self._open[-1] if self._open else -1)
        self._open.append(len(self.levels))
        self.levels.append(level)
        self.ends.append(0)

    def closed(self) -> tuple[Ints, Ints, NDArray[np.int8]]:
        for number in self._open:
            self.ends[number] = len(self.levels)
        return (
            np.frombuffer(self.parents, dtype=np.int32),
            np.frombuffer(self.ends, dtype=np.int32),
            np.frombuffer(self.levels, dtype=np.int8),
        )


class _Names:
    """Collects short forms into one text, with what each one names."""

    def __init__(self) -> None:
        self.nodes, self.starts = array("i"), array("i", [0])
        self.families, self.kinds = array("b"), array("b")
        self._parts: list[str] = []
        self._pending: list[str] = []
        self._length = 0

    def add(self, number: int, level: Level, name: str) -> None:
        key, kind = short(name, level)
        if not key or len(key) > LONGEST:
            return
        self._pending.append(key)
        self._length += len(key)
        self.starts.append(self._length)
        self.nodes.append(number)
        self.families.append(FAMILY[level])
        self.kinds.append(kind)
        if len(self._pending) == 8192:
            self._gather()

    def _gather(self) -> None:
        self._parts.append("".join(self._pending))
        self._pending.clear()

    def text(self) -> str:
        self._gather()
        return "".join(self._parts)


@dataclass(frozen=True, slots=True)
class _Prefixes:
    whole: NDArray[np.uint64]
    distinct: NDArray[np.uint64]


def _prefix_hashes(codes: NDArray[np.uint32], starts: Ints, lengths: Ints) -> _Prefixes:
    """The hash of every key, and the distinct hashes of all their beginnings."""
    whole = np.zeros(len(starts), dtype=np.uint64)
    distinct = []
    for step in range(int(lengths.max(initial=0))):
        long = np.flatnonzero(lengths > step)
        whole[long] += codes[starts[long] + step].astype(np.uint64) * np.uint64(POWERS[step])
        distinct.append(np.unique(whole[long]))
    return _Prefixes(whole, np.unique(np.concatenate(distinct)) if distinct else whole)

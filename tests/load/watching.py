"""What the processes of a house take: memory every ten seconds with its slope, and processor time."""

import asyncio
import os
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 10.0
"""Seconds between two samples."""
TICK = os.sysconf("SC_CLK_TCK")
SETTLING = 1 / 6
"""The first part of a watch in which memory may still grow: what is used for the first time is loaded."""


@dataclass
class Watch:
    """Resident memory of each process by name, and the processor time all of them took.

    A sample is the least of ten looks, one a second: who signs in takes a hundred megabytes for the moment in which the
    password is hashed. Of the database, whose processes share their memory, what each has alone is summed.
    """

    processes: Callable[[], dict[int, str]]
    samples: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    began: float = field(default_factory=time.monotonic)
    spent: dict[int, tuple[str, int, int]] = field(default_factory=dict)
    own: float = field(default_factory=time.process_time)
    length: float = 0.0

    async def run(self) -> None:
        """Sample until cancelled."""
        while True:
            looks: dict[str, list[float]] = defaultdict(list)
            for _look in range(int(EVERY)):
                for name, size in self.look().items():
                    looks[name].append(size)
                await asyncio.sleep(1)
            moment = time.monotonic() - self.began
            for name, sizes in looks.items():
                self.samples[name].append((moment, min(sizes)))

    def look(self) -> dict[str, float]:
        """Megabytes of each process now; processor time is noted on the way."""
        found: dict[str, float] = defaultdict(float)
        for pid, name in self.processes().items():
            with suppress(OSError, IndexError, ValueError):
                found[name] += resident(pid, alone=name == "database")
                ticks = worked(pid)
                self.spent[pid] = (name, self.spent[pid][1] if pid in self.spent else ticks, ticks)
        return found

    def end(self) -> None:
        """The watch is over."""
        self.look()
        self.length = time.monotonic() - self.began
        self.own = time.process_time() - self.own

    def slopes(self) -> dict[str, tuple[float, float, float]]:
        """Of each process: megabytes an hour by least squares after settling, first and last sample."""
        found = {}
        for name, samples in self.samples.items():
            kept = samples[int(len(samples) * SETTLING) :]
            if len(kept) > 2:
                found[name] = (3600 * slope(kept), kept[0][1], kept[-1][1])
        return found

    def report(self) -> None:
        """Print memory and processor time."""
        shares: dict[str, float] = defaultdict(float)
        for name, first, last in self.spent.values():
            shares[name] += (last - first) / TICK
        told = ", ".join(f"{name} {100 * seconds / self.length:.0f} %" for name, seconds in sorted(shares.items()))
        print(f"of one processor: {told}, client {100 * self.own / self.length:.0f} %")
        for name, (an_hour, begun, ended) in sorted(self.slopes().items()):
            print(f"memory of {name:<12} {begun:7.1f} MB to {ended:7.1f} MB, {an_hour:+8.1f} MB an hour")


def resident(pid: int, *, alone: bool) -> float:
    """Megabytes in memory (``alone``: without what is shared). Raises OSError where there is no such process."""
    name = "RssAnon:" if alone else "VmRSS:"
    for text in Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines():
        if text.startswith(name):
            return int(text.split()[1]) / 1024
    return 0.0


def worked(pid: int) -> int:
    """Ticks of processor time of a process, its own and the system's for it. Raises OSError."""
    columns = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return int(columns[11]) + int(columns[12])


def slope(samples: list[tuple[float, float]]) -> float:
    """Of the line that fits best (least squares), a second."""
    middle = sum(at for at, _size in samples) / len(samples)
    mean = sum(size for _at, size in samples) / len(samples)
    above = sum((at - middle) * (size - mean) for at, size in samples)
    return above / sum((at - middle) ** 2 for at, _size in samples)

"""Counts of answered requests, in memory that all processes of one web server share since they were forked.

Each process counts in a slot of its own, so that no lock is held while a request is answered; a slot whose process is
gone keeps its counts and is counted on by the next.
"""

import mmap
import multiprocessing
import os
import threading
from dataclasses import dataclass

SLOTS = 64
CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
BOUNDS = (0.05, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Upper ends of the classes of time, in seconds; longer ones come after the last."""
WIDTH = len(CLASSES) + len(BOUNDS) + 2
"""Cells of a slot: answers by class of status, by class of time, and their time together in microseconds."""


@dataclass(frozen=True)
class Counted:
    """Sums over all processes: answers by class of status, by class of time (not summed up), seconds together."""

    statuses: dict[str, int]
    times: tuple[int, ...]
    seconds: float


class Tally:
    """The counts of one web server."""

    def __init__(self) -> None:
        self._cells = memoryview(mmap.mmap(-1, (1 + SLOTS * WIDTH) * 8)).cast("Q")
        self._claiming = multiprocessing.get_context("fork").Lock()
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        self._slot: int | None = None
        self._adding = threading.Lock()

    def _own(self) -> int:
        """Where this process counts; claimed at its first answer."""
        if self._slot is None:
            held = self._claiming.acquire(timeout=0.2)  # a process killed just here must not stop the others
            number = int(self._cells[0])
            self._cells[0] = number + 1
            if held:
                self._claiming.release()
            self._slot = 1 + (number % SLOTS) * WIDTH
        return self._slot

    def add(self, status: int, seconds: float) -> None:
        """One answer more."""
        kind = min(max(status // 100, 1), len(CLASSES)) - 1
        time = next((place for place, end in enumerate(BOUNDS) if seconds <= end), len(BOUNDS))
        with self._adding:
            start = self._own()
            self._cells[start + kind] += 1
            self._cells[start + len(CLASSES) + time] += 1
            self._cells[start + WIDTH - 1] += int(seconds * 1_000_000)

    def read(self) -> Counted:
        """The sums as they stand now."""
        cells = self._cells.tolist()[1:]
        sums = [sum(cells[place::WIDTH]) for place in range(WIDTH)]
        statuses = dict(zip(CLASSES, sums, strict=False))
        return Counted(statuses, tuple(sums[len(CLASSES) : -1]), sums[-1] / 1_000_000)


TALLY = Tally()
"""Made when the house is loaded, which is before its web server forks."""

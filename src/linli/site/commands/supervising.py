"""Keeps child processes running together: starts them, restarts one that dies, stops all of them by id.

A child is forked, so that what the house loads is loaded once, and lies once in memory as long as nobody changes it.
"""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from types import FrameType

SHORT_LIFE = 10.0
"""Seconds; a child that lived shorter is restarted ever more slowly."""
LONGEST_WAIT = 30.0
PATIENCE = 15.0
"""Seconds a child has to stop when asked."""


ASKED = (signal.SIGTERM, signal.SIGINT)


def _die_with_parent() -> None:
    """On Linux, let the kernel end this child when its parent is gone, however that ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _live(work: Callable[[], object]) -> None:
    """What a child does: in a group of its own, so that Ctrl-C reaches it once, through us; then its work."""
    os.setsid()
    _die_with_parent()
    for number in ASKED:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ASKED)
    work()


@dataclass
class Child:
    """One process to keep alive: its work, and when it may be started again."""

    name: str
    work: Callable[[], object]
    process: ForkProcess | None = None
    started: float = 0.0
    wait: float = 1.0
    not_before: float = 0.0

    def start(self) -> None:
        """Fork it. The signals wait meanwhile: none meets a child that still listens as its parent did."""
        self.started = time.monotonic()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, ASKED)
        try:
            self.process = multiprocessing.get_context("fork").Process(target=_live, args=(self.work,), name=self.name)
            self.process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def lives(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.is_alive()


@dataclass
class Supervisor:
    """Runs ``children`` until asked to stop by SIGTERM, SIGINT or ``stop()``."""

    children: list[Child]
    renew: Callable[[list[int]], None] | None = None
    """What SIGUSR2 asks for, given the numbers of the living children; it may never return."""
    stopping: bool = False
    renewing: bool = False
    told: Callable[[str], None] = field(default=lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201  # speaks to its terminal

    def listen(self) -> None:
        """Let signals ask for the stop."""
        signal.signal(signal.SIGTERM, self._asked)
        signal.signal(signal.SIGINT, self._asked)
        if self.renew is not None:
            signal.signal(signal.SIGUSR2, self._asked_anew)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _asked_anew(self, number: int, frame: FrameType | None) -> None:
        self.renewing = True

    def living(self) -> list[int]:
        """The numbers of the children that run now."""
        return [child.process.pid for child in self.children if child.lives() and child.process and child.process.pid]

    def start(self) -> None:
        """Start all of them, in order."""
        gc.freeze()  # what is loaded stays where it is, in the memory all of them share
        for child in self.children:
            child.start()

    def look_after(self) -> None:
        """One round: a child that died is started again, ever more slowly while it keeps dying young."""
        now = time.monotonic()
        for child in self.children:
            if child.lives():
                continue
            if not child.not_before:
                child.wait = min(child.wait * 2, LONGEST_WAIT) if now - child.started < SHORT_LIFE else 1.0
                child.not_before = now + child.wait
                code = child.process.exitcode if child.process else None
                self.told(f"linli: {child.name} ended ({code}); starting it again in {child.wait:.0f} s")
            elif now >= child.not_before:
                child.not_before = 0.0
                child.start()

    def run(self) -> None:
        """Look after the children until asked to stop, then stop them."""
        try:
            while not self.stopping:
                if self.renewing and self.renew is not None:
                    self.renewing = False
                    self.renew(self.living())
                self.look_after()
                time.sleep(0.25)
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask every child to stop, wait, end those that did not."""
        alive = [child.process for child in self.children if child.process and child.process.is_alive()]
        for process in alive:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in alive:
            process.join(max(deadline - time.monotonic(), 0.1))
            if process.is_alive():
                process.kill()
                process.join()

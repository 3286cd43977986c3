"""Keeps child processes running together: starts them, restarts one that dies, stops all of them by id."""

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

SHORT_LIFE = 10.0
"""Seconds; a child that lived shorter is restarted ever more slowly."""
LONGEST_WAIT = 30.0
PATIENCE = 15.0
"""Seconds a child has to stop when asked."""


def _die_with_parent() -> None:
    """On Linux, let the kernel end this child when its parent is gone, however that ended."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@dataclass
class Child:
    """One process to keep alive: the words that start it, and when it may be started again."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    wait: float = 1.0
    not_before: float = 0.0

    def start(self) -> None:
        """Start it in a group of its own, so that Ctrl-C reaches it once, through us."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  # our own words
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  # no threads here
        )

    def lives(self) -> bool:
        """Whether it runs now."""
        return self.process is not None and self.process.poll() is None


@dataclass
class Supervisor:
    """Runs ``children`` until asked to stop by SIGTERM, SIGINT or ``stop()``."""

    children: list[Child]
    stopping: bool = False
    told: Callable[[str], None] = field(default=lambda line: print(line, file=sys.stderr, flush=True))  # noqa: T201  # speaks to its terminal

    def listen(self) -> None:
        """Let signals ask for the stop."""
        signal.signal(signal.SIGTERM, self._asked)
        signal.signal(signal.SIGINT, self._asked)

    def _asked(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def start(self) -> None:
        """Start all of them, in order."""
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
                code = child.process.returncode if child.process else None
                self.told(f"linli: {child.name} ended ({code}); starting it again in {child.wait:.0f} s")
            elif now >= child.not_before:
                child.not_before = 0.0
                child.start()

    def run(self) -> None:
        """Look after the children until asked to stop, then stop them."""
        try:
            while not self.stopping:
                self.look_after()
                time.sleep(0.25)
        finally:
            self.stop()

    def stop(self) -> None:
        """Ask every child to stop, wait, end those that did not."""
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

"""A rolling restart: the next generation of processes comes before the last one goes, and every request is answered."""

import signal
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from linli.site.commands.renewing import dismiss, opened, renew
from tests.support.sites import running

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow, pytest.mark.race]


@dataclass
class Stream:
    """Visitors who come one after another, each by a connection of his own."""

    address: str
    answered: int = 0
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def visit(self) -> None:
        while not self.stop.is_set():
            try:
                with urllib.request.urlopen(self.address, timeout=20) as answer:
                    answer.read()
                self.answered += 1
            except OSError as error:
                self.failed.append(repr(error))

    def wait_for(self, more: int) -> None:
        """Return after so many more answers."""
        wanted, end = self.answered + more, time.monotonic() + 20
        while self.answered < wanted and time.monotonic() < end:
            time.sleep(0.02)
        assert self.answered >= wanted


@contextmanager
def visiting(address: str) -> Iterator[Stream]:
    """Three of them at once."""
    stream = Stream(address)
    threads = [threading.Thread(target=stream.visit) for _number in range(3)]
    for thread in threads:
        thread.start()
    try:
        yield stream
    finally:
        stream.stop.set()
        for thread in threads:
            thread.join()


def children(pid: int) -> set[str]:
    """The processes this one started."""
    return set(Path(f"/proc/{pid}/task/{pid}/children").read_text().split())


def test_a_rolling_restart_fails_no_request(house: Path) -> None:
    with running(house) as site, visiting(f"{site.address}/accounts/login/") as stream:
        stream.wait_for(20)
        before = children(site.process.pid)
        site.process.send_signal(signal.SIGUSR2)
        site.words_with("A new generation of processes serves; the last one is gone.")
        stream.wait_for(20)
        after = children(site.process.pid)
        assert (len(before), len(after), before & after) == (3, 3, set())
        assert (stream.failed, site.process.poll()) == ([], None)


def test_a_generation_that_would_not_start_leaves_the_last_one_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "linli"
    broken.write_text('#!/bin/sh\necho "- $1: no settings of this kind"\nexit 1\n')
    broken.chmod(0o755)
    monkeypatch.setenv("LINLI_COMMAND", str(broken))
    told: list[str] = []
    with opened("127.0.0.1", 0) as listener:
        renew(listener, [], told.append)
    assert told == ["新一批进程启动不了，现有进程继续运行：\n- check: no settings of this kind\n"]


def test_it_dismisses_those_who_hear_and_ends_those_who_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linli.site.commands.renewing.PATIENCE", 0.3)
    hearing, deaf = (subprocess.Popen(["sh", "-c", words]) for words in ("exec sleep 60", "trap '' TERM; sleep 60"))
    time.sleep(0.2)
    dismiss([hearing.pid, deaf.pid])
    assert [Path(f"/proc/{one.pid}").exists() for one in (hearing, deaf)] == [False, False]
    assert [one.wait() for one in (hearing, deaf)] == [0, 0]  # somebody else has buried them

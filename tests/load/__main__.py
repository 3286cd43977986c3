"""``make load``: people read and sign in to a demo on this machine at once, for a bounded time; any 5xx fails.

ARGS="40 20" means forty people for twenty seconds; ARGS="intake 50 60" fifty needs a second for a minute.
A street of 200,000 residents is filled for the others: ARGS="day 50 60" fifty requests a second for a minute on
PostgreSQL, ARGS="day 10 60 sqlite" ten on SQLite, ARGS="memory 10 30" how memory grows in half an hour at ten a second,
ARGS="faults 10000" so many writes while processes are killed. residents=2000 makes the street smaller, for a first try.
"""

import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import quantiles

import httpx

from tests.load import day, faults, intake
from tests.load.house import House, built
from tests.support.sites import Site, linli, running

SLOWEST, GROWTH = 300.0, 24.0
"""Milliseconds within which 95 of a hundred requests are answered; megabytes a process may grow in an hour."""
RESIDENTS, NEEDS = 200_000, 0.15
"""Of the street, and how many needs it had in a year for each of them."""
PAGES = ("/", "/accounts/login/", "/desk/")


def person(site: Site, end: float, statuses: Counter[int], seconds: list[float]) -> None:
    """One visitor: opens page after page until the time is over."""
    with httpx.Client(base_url=site.address, timeout=60, trust_env=False) as client:
        turn = 0
        while time.monotonic() < end:
            start = time.monotonic()
            status = client.get(PAGES[turn % len(PAGES)]).status_code
            seconds.append(time.monotonic() - start)
            statuses[status] += 1
            turn += 1


def of_a_day(words: list[str]) -> int:
    """A mixed day; 1 where the 95th of a hundred was too slow, a write failed, or its row is missing."""
    rate, length = (float(word) for word in words[1:3]) if len(words) > 2 else (50.0, 60.0)
    with street(words, postgres="sqlite" not in words) as house:
        found, _watch, good = day.lived(house, rate, length)
    slow = day.p95(found)
    print(f"95 of a hundred within {slow:.0f} ms (goal {SLOWEST:.0f}), {'no' if good else 'a'} write failed")
    return int(not good or slow > SLOWEST)


def of_memory(words: list[str]) -> int:
    """The same day for minutes on end; 1 where a process grew by more than it may."""
    rate, minutes = (float(word) for word in words[1:3]) if len(words) > 2 else (10.0, 30.0)
    with street(words, postgres="sqlite" not in words) as house:
        _found, watch, good = day.lived(house, rate, 60 * minutes)
    grown = {name: an_hour for name, (an_hour, _first, _last) in watch.slopes().items() if an_hour > GROWTH}
    print(f"{minutes:.0f} minutes: above {GROWTH:.0f} MB an hour {grown or 'nothing'}")
    return int(bool(grown) or not good)


def of_faults(words: list[str]) -> int:
    """Writes while processes are killed; 1 where one was lost, doubled or refused."""
    with street(words, postgres=True) as house:
        return int(not faults.run(house, int(words[1]) if len(words) > 1 else 10_000))


def street(words: list[str], *, postgres: bool) -> AbstractContextManager[House]:
    """A filled street, of 200,000 unless a word says otherwise."""
    told = next((word.partition("=")[2] for word in words if word.startswith("residents=")), "")
    residents = int(told or RESIDENTS)
    return built(residents=residents, needs=int(residents * NEEDS), postgres=postgres)


FILLED: dict[str, Callable[[list[str]], int]] = {"day": of_a_day, "memory": of_memory, "faults": of_faults}


def main(words: list[str]) -> int:
    """Run; 1 where a page answered with a server error, or what was asked for fell short."""
    if words and words[0] in FILLED:
        return FILLED[words[0]](words)
    if words[:1] == ["intake"]:
        return intake.run(*(int(word) for word in (words[1:] or ["50", "60"])))
    people, length = (int(words[0]), float(words[1])) if len(words) == 2 else (20, 10.0)
    statuses: Counter[int] = Counter()
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        linli(home, "demo")
        with running(home, "--processes", "2") as site:
            end = time.monotonic() + length
            visitors = [threading.Thread(target=person, args=(site, end, statuses, seconds)) for _ in range(people)]
            for visitor in visitors:
                visitor.start()
            for visitor in visitors:
                visitor.join()
    marks = quantiles(seconds, n=100)
    print(f"{people} people, {length:.0f} s: {len(seconds) / length:.0f} pages a second, by status {dict(statuses)}")
    print(f"half within {marks[49] * 1000:.0f} ms, 95 % within {marks[94] * 1000:.0f} ms")
    return 1 if any(status >= 500 for status in statuses) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

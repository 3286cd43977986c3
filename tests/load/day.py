"""A mixed day in an open model: people come when they come, however long the site takes to answer those before.

Every request has a moment at which it is due, and its time runs from then: a site that stands still is not spared, for
those who would have come meanwhile are counted as well. One request in ten writes. Somebody who writes opens the form,
sends it and looks at what came of it, which are three of the requests.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from statistics import quantiles

from tests.load.client import Answer, Lost, form_of
from tests.load.house import House
from tests.load.people import People, Visit, Written
from tests.load.watching import Watch

WRITES, STEPS = 0.1, 3
"""Which share of the requests writes, and how many requests somebody makes who writes."""
TYPING = 2.0
"""Seconds between a form and its sending."""
ASKED = {
    "need": "SELECT count(*) FROM needs_need WHERE matter LIKE %s",
    "order": "SELECT count(*) FROM ordering_order WHERE wished = %s",
    "score": "SELECT count(*) FROM reviews_scoresheet WHERE comment = %s",
    "sign-in": "SELECT count(*) FROM django_session WHERE session_key = %s",
}


@dataclass
class Day:
    """What was asked, how long it took, what was acknowledged."""

    people: People
    seconds: dict[str, list[float]] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)
    lost_writes: list[str] = field(default_factory=list)
    acknowledged: list[Written] = field(default_factory=list)
    scores: dict[str, str] = field(default_factory=dict)
    under_way: int = 0
    most_at_once: int = 0
    length: float = 0.0
    late: float = 0.0

    async def run(self, rate: float, length: float) -> None:
        """Let people come for so many seconds; returns when the last one has gone."""
        chance, began, tasks = self.people.chance, time.monotonic(), set()
        visits = rate * WRITES
        looks = rate - visits * STEPS
        due = began
        while (due := due + chance.expovariate(looks + visits)) < began + length:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            self.late = max(self.late, time.monotonic() - due)
            who = self._visit(due) if chance.random() < visits / (looks + visits) else self._look(due)
            task = asyncio.create_task(who)
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        await asyncio.gather(*tasks)
        self.length = time.monotonic() - began

    async def _look(self, due: float) -> None:
        kind, browser, path = self.people.read()
        await self._timed(kind, due, lambda: browser.get(path), 200)

    async def _visit(self, due: float) -> None:
        visit = self.people.visit()
        page = await self._timed(f"form of a {visit.what}", due, lambda: visit.browser.get(visit.path), 200)
        if page is None:
            return
        given = {**form_of(page.text), **visit.fields()}
        due = max(due + TYPING, time.monotonic())
        await asyncio.sleep(due - time.monotonic())
        answer = await self._timed(f"sent: {visit.what}", due, lambda: visit.browser.post(visit.path, given), 302)
        told = visit.written(answer) if answer else None
        if told is None:
            self.lost_writes.append(visit.what)
            return
        self._note(visit, told)
        if told.location:
            await self._timed("what came of it", time.monotonic(), lambda: visit.browser.get(told.location), 200)

    def _note(self, visit: Visit, told: Written) -> None:
        if told.what == "score":
            self.scores[visit.about] = told.mark  # a judge who hands in again writes on the same sheet
        else:
            self.acknowledged.append(told)

    async def _timed(self, kind: str, due: float, ask: Callable[[], Awaitable[Answer]], wanted: int) -> Answer | None:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            answer = await ask()
        except Lost as lost:
            self.failed[f"{kind}: {lost}"[:120]] += 1
            return None
        finally:
            self.under_way -= 1
            self.seconds.setdefault(kind, []).append(time.monotonic() - due)
        if answer.status != wanted:
            self.failed[f"{kind}: {answer.status} {answer.location}"[:120]] += 1
            return None
        return answer

    def writes(self) -> list[Written]:
        """All that was acknowledged and stands."""
        return [*self.acknowledged, *(Written("score", mark) for mark in self.scores.values())]


def missing(house: House, written: list[Written]) -> tuple[int, int]:
    """How many of these have no row, and how many have several."""
    counts = [rows(house, one) for one in written]
    return counts.count(0), sum(count > 1 for count in counts)


def rows(house: House, one: Written) -> int:
    """How many rows of the database bear the mark."""
    mark = f"%来信{one.mark}%" if one.what == "need" else one.mark
    return int(house.asked(ASKED[one.what], [mark])[0][0])


def line(name: str, seconds: list[float]) -> str:
    """Count, half, 95 and 99 of a hundred in milliseconds, and the longest."""
    marks = quantiles([*seconds, *seconds], n=100)
    told = (marks[49], marks[94], marks[98], max(seconds))
    return f"{name:<24} {len(seconds):>7} " + " ".join(f"{1000 * one:>7.0f}" for one in told)


def report(day: Day, house: House) -> bool:
    """Print what was measured; whether no write failed and none is missing."""
    every = [one for seconds in day.seconds.values() for one in seconds]
    writes = [one for kind, seconds in day.seconds.items() if kind.startswith("sent: ") for one in seconds]
    reads = [one for kind, seconds in day.seconds.items() if not kind.startswith("sent: ") for one in seconds]
    print(f"{len(every)} requests in {day.length:.1f} s, load {os.getloadavg()[0]:.1f}")
    print(f"at most {day.most_at_once} under way, the client at most {1000 * day.late:.0f} ms late")
    print(f"{'milliseconds':<24} {'asked':>7} {'half':>7} {'95 %':>7} {'99 %':>7} {'longest':>7}")
    for name, seconds in (("all", every), ("reads", reads), ("writes", writes), *sorted(day.seconds.items())):
        print(line(name, seconds))
    written = day.writes()
    none, several = missing(house, written)
    told = Counter(one.what for one in written)
    print(f"acknowledged {len(written)} writes {dict(told)}: {none} without a row, {several} with several")
    print(f"failed: {sum(day.failed.values())} requests, of them {len(day.lost_writes)} writes {dict(day.failed)}")
    return not (none or several or day.lost_writes)


def p95(day: Day) -> float:
    """The 95th of a hundred requests, in milliseconds."""
    every = [one for seconds in day.seconds.values() for one in seconds]
    return 1000 * quantiles(every, n=100)[94]


def lived(house: House, rate: float, length: float, *, warm: float = 20.0) -> tuple[Day, Watch, bool]:
    """Open the house, let people come for a while that is not counted, then for ``length`` seconds; report."""
    with house.opened() as site:
        port = int(site.address.rpartition(":")[2])

        async def live() -> tuple[Day, Watch]:
            people = People(port, house.facts)
            await people.arrive()
            await Day(people).run(rate, warm)
            day, watch = Day(people), Watch(lambda: house.processes(site))
            watching = asyncio.create_task(watch.run())
            await day.run(rate, length)
            watching.cancel()
            watch.end()
            return day, watch

        day, watch = asyncio.run(live())
        good = report(day, house)
        watch.report()
    return day, watch, good

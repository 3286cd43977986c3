"""Ten thousand writes while web, worker and database are killed in turn; none is lost, none is doubled.

Each write has a mark of its own and the key of its form. Who gets no answer, or is told of a trouble, sends the same
form again until the site acknowledges it, as ``upload.js`` and a patient person do. What is killed is killed with all
its children and without a last word (SIGKILL); ``linli up`` starts web and worker again, we start the database.
"""

import asyncio
import os
import time
from collections import Counter
from dataclasses import dataclass, field

import psycopg

from tests.load.client import Answer, Lost, form_of
from tests.load.day import rows
from tests.load.house import House, children, end_at_once
from tests.load.people import NeedVisit, OrderVisit, People, ScoreVisit, Visit, Written
from tests.support.postgres import Server
from tests.support.sites import Site

AT_ONCE = 16
"""People who write at the same time, each the next thing when the last one is acknowledged."""
EVERY = 5.0
"""Seconds between two killings: each of the three dies every fifteen, and lives long enough to be trusted again."""
PAUSE = 0.5
VICTIMS = ("web server", "worker", "database")
KINDS: tuple[type[Visit], ...] = (NeedVisit, NeedVisit, OrderVisit)


@dataclass
class Storm:
    """What was written in it, and what happened meanwhile."""

    people: People
    wanted: int
    acknowledged: list[Written] = field(default_factory=list)
    again: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    begun: int = 0

    async def write(self) -> None:
        """One person: write, send until it is acknowledged, write the next."""
        while self.begun < self.wanted:
            self.begun += 1
            visit = ScoreVisit(self.people) if self.begun % 10 == 0 and self._has_sheets() else self._other()
            given = {**form_of(await self._form(visit)), **visit.fields()}
            answer = await self._until(visit, given)
            told = visit.written(answer)
            if told is None:
                self.refused.append(f"{visit.what}: {answer.status}")
            else:
                self.acknowledged.append(told)

    async def _form(self, visit: Visit) -> str:
        """The page with the form; its token serves a browser for all it sends, the key is new in each form."""
        who = visit.browser.origin
        if who not in self.pages:
            self.pages[who] = (await self._until(visit, None)).text, visit.browser.cookies
        page, visit.browser.cookies = self.pages[who][0], dict(self.pages[who][1])
        return page

    def _has_sheets(self) -> bool:
        return self.people.sheets < len(self.people.judges) * len(self.people.facts["entries"])

    def _other(self) -> Visit:
        return self.people.chance.choice(KINDS)(self.people)

    async def _until(self, visit: Visit, given: dict[str, str] | None) -> Answer:
        """An answer that is not a trouble, however often it must be asked for."""
        browser = visit.browser
        while True:
            try:
                answer = await (browser.get(visit.path) if given is None else browser.post(visit.path, given))
                if answer.status < 500:
                    return answer
                self.again[str(answer.status)] += 1
            except Lost:
                self.again["no answer"] += 1
            await asyncio.sleep(PAUSE)

    async def kill(self, house: House, site: Site) -> None:
        """Kill the three in turn until cancelled."""
        while True:
            for name in VICTIMS:
                await asyncio.sleep(EVERY)
                found = {what: pid for pid, what in reversed(house.processes(site).items())}
                victim = found.get(name)
                if not victim:
                    continue
                end_at_once([victim, *children(victim)])
                self.killed[name] += 1
                if name == "database" and house.server is not None:
                    await asyncio.to_thread(start_again, house.server)


def start_again(server: Server) -> None:
    """The database on its folder as the kill left it; returns when it answers."""
    assert server.process is not None
    server.process.wait()
    end = time.monotonic() + 60
    server._launch()
    while True:
        try:
            with psycopg.connect(server.url, connect_timeout=5):
                return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            if server.process.poll() is not None:
                server._launch()  # a child of the one that was killed still held the folder
            time.sleep(0.1)


def run(house: House, writes: int) -> bool:
    """Write, kill, count; whether each acknowledged write is one row, and there is no row nobody was told of twice."""
    with house.opened() as site:
        port = int(site.address.rpartition(":")[2])

        async def live() -> Storm:
            people = People(port, house.facts)
            await people.arrive()
            storm = Storm(people, writes)
            killing = asyncio.create_task(storm.kill(house, site))
            await asyncio.gather(*(storm.write() for _person in range(AT_ONCE)))
            killing.cancel()
            return storm

        began = time.monotonic()
        storm = asyncio.run(live())
        took = time.monotonic() - began
        time.sleep(EVERY)
        counts = {one: rows(house, one) for one in storm.acknowledged}
    lost, doubled = list(counts.values()).count(0), sum(count > 1 for count in counts.values())
    kinds = Counter(one.what for one in storm.acknowledged)
    print(f"{len(storm.acknowledged)} writes acknowledged in {took:.0f} s {dict(kinds)}, load {os.getloadavg()[0]:.1f}")
    print(
        f"killed {dict(storm.killed)}; sent again {dict(storm.again)}; refused {len(storm.refused)} {storm.refused[:3]}"
    )
    print(f"lost {lost}, doubled {doubled}")
    return not (lost or doubled or storm.refused) and len(storm.acknowledged) == writes

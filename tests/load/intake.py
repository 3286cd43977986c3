"""``make load ARGS="intake 50 60"``: fifty needs a second for a minute through the portal's own form; none is lost.

Residents stand at seventy-two addresses of the loopback, as the limit of one network asks. The clock runs from the
moment a need is due, so that a site which falls behind is not spared; what was answered is counted against the rows.
"""

import os
import queue
import sqlite3
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

import httpx

from tests.support.sites import Site, linli, running

ADDRESSES = 72
AT_ONCE = 24
MATTERS = ("楼道灯不亮", "下水道堵了", "楼前积水很深", "树枝挡住路灯", "井盖响得厉害", "垃圾没有清走")


def resident(site: Site, number: int) -> tuple[httpx.Client, dict[str, str]]:
    """A browser at an address of its own, with the form open."""
    transport = httpx.HTTPTransport(local_address=f"127.0.1.{number + 1}", retries=0)
    client = httpx.Client(base_url=site.address, timeout=60, transport=transport)
    page = client.get("/needs/report/").text
    token = page.split('name="csrfmiddlewaretoken" value="', 1)[1].split('"', 1)[0]
    place = page.split('id="id_place"', 1)[1].split('<option value="', 2)[2].split('"', 1)[0]
    return client, {"csrfmiddlewaretoken": token, "place": place}


def send(due: "queue.Queue[tuple[int, float] | None]", site: Site, first: int, out: list[tuple[int, float]]) -> None:
    """Hand needs in as they fall due, from some of the addresses in turn."""
    mine = [resident(site, number) for number in range(first, ADDRESSES, AT_ONCE)]
    ready.wait()
    while (one := due.get()) is not None:
        number, when = one
        client, form = mine[(number // AT_ONCE) % len(mine)]
        matter = f"{MATTERS[number % len(MATTERS)]}，第{number}号楼，请来看看"
        status = client.post("/needs/report/", data={**form, "matter": matter}).status_code
        out.append((status, time.monotonic() - when))


ready = threading.Event()


def kept(home: Path) -> int:
    """How many needs of this run the house holds."""
    with sqlite3.connect(home / "linli.sqlite3") as database:
        found: tuple[int] = database.execute(
            "SELECT count(*) FROM needs_need WHERE channel = 'portal' AND matter LIKE '%号楼，请来看看'"
        ).fetchone()
        return found[0]


def run(rate: int, length: int) -> int:
    """Fill, send, count; 1 where a need was lost, refused, or the 95th of a hundred waited above a second."""
    due: queue.Queue[tuple[int, float] | None] = queue.Queue()
    out: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary) / "home"
        linli(home, "demo")
        with running(home, "--processes", "2") as site:
            hands = [threading.Thread(target=send, args=(due, site, number, out)) for number in range(AT_ONCE)]
            for hand in hands:
                hand.start()
            time.sleep(10)
            ready.set()
            start = time.monotonic()
            for number in range(rate * length):
                when = start + number / rate
                time.sleep(max(0.0, when - time.monotonic()))
                due.put((number, when))
            for _hand in hands:
                due.put(None)
            for hand in hands:
                hand.join()
            took = time.monotonic() - start
        found = kept(home)
    statuses = Counter(status for status, _seconds in out)
    marks = quantiles([seconds for _status, seconds in out], n=100)
    print(f"{rate * length} needs at {rate} a second, {took:.1f} s, load {os.getloadavg()[0]:.1f}: {dict(statuses)}")
    print(f"kept {found}; half within {marks[49] * 1000:.0f} ms, 95 % within {marks[94] * 1000:.0f} ms")
    return 0 if found == statuses[302] == rate * length and marks[94] <= 1 else 1

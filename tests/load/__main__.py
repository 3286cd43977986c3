"""``make load``: people read and sign in to a demo on this machine at once, for a bounded time; any 5xx fails.

ARGS="40 20" means forty people for twenty seconds; ARGS="intake 50 60" fifty needs a second for a minute.
"""

import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

import httpx

from tests.load import intake
from tests.support.sites import Site, linli, running

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


def main(words: list[str]) -> int:
    """Run; 1 where a page answered with a server error, or an intake fell short."""
    if words[:1] == ["intake"]:
        rate, length = (int(word) for word in (words[1:] or ["50", "60"]))
        return intake.run(rate, length)
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

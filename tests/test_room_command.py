"""``linli room`` as a street uses it: out of the house, played on a laptop that is killed once, home once."""

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.postgres import free_port
from tests.support.sites import ROOT, Site, linli, site_environment, wait_until_it_answers

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]
PASSPHRASE = "hall-of-the-street"
HOUSE = """
import django; django.setup()
from linli.apps.places.tests.factories import make_district
from linli.apps.reviews.tests.factories import make_review
print(make_review(make_district().street, judges=3, entries=1).start().session.code)
"""


@contextmanager
def served(house: Path, file: Path, **extra: str) -> Iterator[Site]:
    """``linli room serve`` of a file, until it is killed or stopped."""
    port, log = free_port(), file.with_suffix(".log")
    with log.open("wb") as words:
        process = subprocess.Popen(
            [sys.executable, "-m", "linli.site.cli", "room", "serve", str(file), "--local", "--port", str(port)],
            env=site_environment(house, **extra),
            cwd=ROOT,
            stdout=words,
            stderr=subprocess.STDOUT,
        )
    site = Site(f"http://127.0.0.1:{port}", file.with_name(f"{file.name}.played"), process, log)
    try:
        wait_until_it_answers(site)
        yield site
    finally:
        site.stop()


def test_it_plays_a_review_away_from_its_house_and_merges_it_once(house: Path, tmp_path: Path) -> None:
    words = [sys.executable, "-c", HOUSE]
    made = subprocess.run(words, env=site_environment(house), cwd=ROOT, capture_output=True, text=True, check=True)
    code = made.stdout.strip()
    out, back = tmp_path / "out.linli-room", tmp_path / "back.linli-room"
    taken = linli(house, "room", "export", code, "--to", str(out), "--passphrase", PASSPHRASE)
    assert (taken.returncode, taken.stderr) == (0, "")
    wrong = linli(house, "room", "serve", str(out), "--local", "--passphrase", "another passphrase")
    assert (wrong.returncode, wrong.stderr.count("\n"), list(tmp_path.glob("*.played/*.sqlite3"))) == (1, 1, [])
    with served(house, out, LINLI_ROOM_PASSPHRASE=PASSPHRASE) as site:
        first = re.findall(r"PIN \d{8}", site.words_with("Ctrl-C"))
        site.process.send_signal(signal.SIGKILL)
        site.process.wait()
    with served(house, out) as site:
        assert re.findall(r"PIN \d{8}", site.words_with("Ctrl-C")) == first
        with urllib.request.urlopen(f"{site.address}/room/{code}/", timeout=20) as answer:
            assert answer.status == 200
        written = linli(house, "room", "export", "--folder", str(site.home), "--to", str(back))
    assert (written.returncode, written.stderr) == (0, "")
    refused = linli(house, "room", "import", str(out))
    home = linli(house, "room", "import", str(back))
    again = linli(house, "room", "import", str(back))
    assert [run.returncode for run in (refused, home, again)] == [1, 0, 1]
    assert "taken in already" in again.stderr
    assert refused.stderr.count("\n") == again.stderr.count("\n") == 1

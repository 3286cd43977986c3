"""``linli bench room``: a thousand phones watch a review; how many of their looks ask more than the version."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WATCHERS = 1_000
GOAL = 0.20


def run(words: Sequence[str] = ()) -> int:
    """``linli bench room [watchers]``: prints the figures; 1 when more than a fifth of the looks asked more."""
    found = _answer(words[0] if words else str(WATCHERS))
    sys.stdout.write(
        f"{found['watchers']:,} watchers, {found['looks']:,} looks, {found['changes']} changes\n"
        f"answered 304             {found['unchanged'] / found['looks']:8.1%}\n"
        f"asked more than version  {found['beyond'] / found['looks']:8.2%}   (goal: at most {GOAL:.0%})\n"
        f"queries a look           {found['queries'] / found['looks']:8.3f}\n"
        f"an unchanged look        {found['milliseconds']:8.2f} ms of processor time\n"
    )
    return int(found["beyond"] / found["looks"] > GOAL)


def _answer(watchers: str) -> dict[str, Any]:
    """What a process of its own, with a fresh home, finds."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        environment = {
            **os.environ,
            "LINLI_HOME": home,
            "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-m", "linli.apps.reviews.bench", watchers]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured

"""``linli bench needs duplicates [how many]``: one text against an index of a million needs, on the database at hand.

``linli bench needs streets [how many]``: lists, search and boards of one street of 10,000, alone and among others.

``DATABASE_URL`` names it; without one it is a fresh SQLite file. Processor time is that of the asking process and
of the server's process for its connection together, which must therefore run on this machine.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ASKED = 2_000
GOAL_MS, GOAL_RECALL, GOAL_RATIO = 2.0, 0.99, 1.5
PARTS = {"duplicates": 1_000_000, "streets": 100}
"""Each part and how many needs, or streets, it takes when no number is given."""


def run(words: Sequence[str] = ()) -> int:
    """Print the figures of the part (default: all there are); 1 when a goal is missed."""
    parts = [word for word in words if word in PARTS] or list(PARTS)
    sizes = [int(word) for word in words if word.isdigit()]
    shows = {"duplicates": _show_duplicates, "streets": _show_streets}
    return max(shows[part](_answer(part, sizes[0] if sizes else PARTS[part])) for part in parts)


def _show_streets(found: dict[str, Any]) -> int:
    alone, among = found["alone"], found["among"]
    sys.stdout.write(
        f"{found['streets']:,} streets with {found['each']:,} needs each on {found['database']}, filled in "
        f"{found['filling']:.0f} s; milliseconds of processor time alone, among them, ratio (goal: {GOAL_RATIO})\n"
    )
    for name, cost in alone.items():
        sys.stdout.write(f"{name:20}{cost:10.2f}{among[name]:10.2f}{among[name] / cost:8.2f}\n")
    return int(any(among[name] > GOAL_RATIO * cost for name, cost in alone.items()))


def _show_duplicates(found: dict[str, Any]) -> int:
    sys.stdout.write(
        f"{found['needs']:,} needs indexed on {found['database']} in {found['built']:.0f} s of processor time, "
        f"{found['memory']:.0f} MB\n"
        f"one text  mean {found['mean']:.2f} ms of processor time ({found['server']:.2f} the server's)\n"
        f"          by the clock median {found['median']:.2f} ms, "
        f"of a hundred 95 below {found['p95']:.2f} ms   (goal: {GOAL_MS} ms)\n"
        f"found {found['recall']:.1%} of {found['asked']:,} edited copies that are 0.6 alike\n"
    )
    return int(found["mean"] > GOAL_MS or found["recall"] < GOAL_RECALL)


def _answer(part: str, many: int) -> dict[str, Any]:
    """What a process of its own, with a fresh home, finds."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        environment = {
            "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
            **os.environ,
            "LINLI_HOME": home,
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-m", "linli.apps.needs.bench", part, str(many)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured

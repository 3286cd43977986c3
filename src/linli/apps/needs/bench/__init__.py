"""``linli bench needs duplicates [how many]``: one text against an index of a million needs, on the database at hand.

``DATABASE_URL`` names it; without one it is a fresh SQLite file. Times are of the asking process alone.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

NEEDS, ASKED = 1_000_000, 2_000
GOAL_MS, GOAL_RECALL = 2.0, 0.99
PARTS = ("duplicates",)


def run(words: Sequence[str] = ()) -> int:
    """Print the figures of the part (default: all there are); 1 when a goal is missed."""
    parts = [word for word in words if word in PARTS] or list(PARTS)
    sizes = [int(word) for word in words if word.isdigit()] or [NEEDS]
    return max(_show(_answer(part, sizes[0])) for part in parts)


def _show(found: dict[str, Any]) -> int:
    sys.stdout.write(
        f"{found['needs']:,} needs indexed on {found['database']} in {found['built']:.0f} s of processor time\n"
        f"one text  mean {found['mean']:.2f} ms of processor time, by the clock median {found['median']:.2f} ms, "
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

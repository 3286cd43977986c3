"""``linli bench vouchers``: where an invoice stands already, asked among a million: queries and time."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

VOUCHERS = 1_000_000
GOAL = 2


def run(words: Sequence[str] = ()) -> int:
    """``linli bench vouchers [how many]``: prints the figures; 1 when a look asked more than twice."""
    found = _answer(words[0] if words else str(VOUCHERS))
    lines = [f"{found['vouchers']:,} vouchers, filled in {found['filling']:.0f} s"]
    lines += [
        f"{name:12}{one['queries']:>3} queries{one['milliseconds']:10.2f} ms   {one['found']} found"
        for name, one in found["looks"].items()
    ]
    sys.stdout.write("\n".join(lines) + f"\ngoal: at most {GOAL} queries\n")
    return int(any(one["queries"] > GOAL for one in found["looks"].values()))


def _answer(vouchers: str) -> dict[str, Any]:
    """What a process of its own, with a fresh home, finds."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        environment = {
            **os.environ,
            "LINLI_HOME": home,
            "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-m", "linli.apps.ledger.bench", vouchers]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured

"""``linli bench projects``: the board of 1,000 projects with twelve months of spending: queries and seconds."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PROJECTS = 1_000
GOAL = 15


def run(words: Sequence[str] = ()) -> int:
    """``linli bench projects [how many]``: prints the figures; 1 when the board asks more than 15 queries."""
    found = _answer(words[0] if words else str(PROJECTS))
    sys.stdout.write(
        f"{found['projects']:,} projects, {found['expenditures']:,} expenditures in 12 months\n"
        f"queries of the board     {found['queries']:8}   (goal: at most {GOAL})\n"
        f"board                    {found['seconds']:8.2f} s of processor time\n"
        f"page, lamps              {found['page']:8.2f} s of processor time\n"
    )
    return int(found["queries"] > GOAL)


def _answer(projects: str) -> dict[str, Any]:
    """What a process of its own, with a fresh home, finds."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        environment = {
            **os.environ,
            "LINLI_HOME": home,
            "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-m", "linli.apps.projects.bench", projects]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured

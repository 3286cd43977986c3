"""``linli bench house``: the pages of the roster at 2,000 and at 200,000 residents, one beside the other.

Each size stands in a SQLite file of its own, filled by a process of its own through the verbs; half of the residents
live in one community, whose pages are asked for. Seconds are processor time of the whole answer, database included.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SIZES = (2_000, 200_000)
GOAL = 1.5


def run(words: Sequence[str] = ()) -> int:
    """``linli bench house [small large]``: prints both sizes and their ratios; 1 when one is above 1.5.

    ``linli bench house import [rows]`` takes a roster over, then reads the same file again.
    """
    if words[:1] == ["import"]:
        found = _answer("import", str(words[1]) if len(words) > 1 else "100000")
        sys.stdout.write("\n".join(f"{name}: {value}" for name, value in found.items()) + "\n")
        return 0
    sizes = tuple(int(word) for word in words) or SIZES
    answers = [_answer("pages", str(size)) for size in sizes]
    small, large = answers[0]["pages"], answers[-1]["pages"]
    ratios = {name: large[name] / small[name] for name in small}

    def line(name: str, cells: Sequence[str], last: str) -> str:
        return f"{name:24}" + "".join(f"{cell:>12}" for cell in cells) + f"{last:>8}"

    lines = [line("page", [f"{size:,}" for size in sizes], "ratio")]
    for name, ratio in ratios.items():
        lines.append(line(name, [f"{one['pages'][name] * 1000:.1f} ms" for one in answers], f"{ratio:.2f}"))
    lines.append(line("filled in", [f"{one['filling']:.0f} s" for one in answers], ""))
    sys.stdout.write("\n".join(lines) + "\n")
    return int(max(ratios.values()) > GOAL)


def _answer(*words: str) -> dict[str, Any]:
    """What a process of its own, with a fresh home, finds."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        environment = {
            **os.environ,
            "LINLI_HOME": home,
            "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-m", "linli.apps.people.bench", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured

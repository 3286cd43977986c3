"""pytest by another name: in a fresh clone one process reads all tests first, so that each module is compiled once.

Every process of xdist reads all tests; where nothing is compiled, all of them would compile all of it at the same time.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def is_compiled() -> bool:
    """Whether a process has read the tests before."""
    return (ROOT / "tests" / "journeys" / "__pycache__").exists()


def main(words: list[str]) -> int:
    """Read where needed, then run pytest with ``words``; its exit code."""
    pytest = [sys.executable, "-m", "pytest"]
    if not is_compiled():
        subprocess.run([*pytest, "--collect-only", "-q"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    return subprocess.run([*pytest, *words], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

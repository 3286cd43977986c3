"""``make lock``: pins every dependency with hashes, for Python 3.11 to 3.13, without the address of a registry."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = ["pip", "compile", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"]
WORDS += ["--python-version", "3.11"]
DEV = "requirements/dev.lock"


def main() -> int:
    """Write ``dev.lock``, then ``run.lock`` constrained by it; the exit code of uv."""
    runs = [
        [*WORDS, "pyproject.toml", "--group", "dev", "--extra", "s3", "-o", DEV],
        [*WORDS, "pyproject.toml", "-c", DEV, "-o", "requirements/run.lock"],
    ]
    uv = shutil.which("uv")
    if uv is None:
        print("uv is missing: pip install uv", file=sys.stderr)
        return 1
    for words in runs:
        code = subprocess.run([uv, *words], cwd=ROOT, check=False).returncode
        if code:
            return code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

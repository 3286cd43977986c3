"""``make wheel``: builds the package with compiled catalogues, templates and static files into ``dist/`` (or ARGS)."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ("pyproject.toml", "README.md", "LICENSE")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "tests", "*.pyc")


def build(target: Path) -> Path:
    """Compile the catalogues, build from a clean copy, and return the wheel. Raises CalledProcessError."""
    sys.path.insert(0, str(ROOT / "src"))
    from linli.site.messages.catalogues import compile_all

    compile_all()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as copy:
        for name in KEPT:
            shutil.copy(ROOT / name, copy)
        shutil.copytree(ROOT / "src" / "linli", Path(copy) / "src" / "linli", ignore=LEFT_OUT)
        words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target.resolve()), copy]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd=copy)
    return max(target.glob("linli-*.whl"), key=lambda path: path.stat().st_mtime)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"))

"""``make wheel``: builds the package with compiled catalogues, templates and static files into ``dist/`` (or ARGS)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def build(target: Path) -> Path:
    """Compile the catalogues, build, and return the wheel. Raises CalledProcessError."""
    sys.path.insert(0, str(ROOT / "src"))
    from linli.site.messages.catalogues import compile_all

    compile_all()
    target.mkdir(parents=True, exist_ok=True)
    words = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return max(target.glob("linli-*.whl"), key=lambda path: path.stat().st_mtime)


if __name__ == "__main__":
    print(build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist"))

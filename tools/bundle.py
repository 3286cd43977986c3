"""``make bundle``: one tar for a server without internet (PLATFORM=linux-x86_64 or linux-aarch64).

Wheels by the hashes of the lock, none newer than manylinux_2_28, type faces among them; our own wheel; units; a list of
what it is made of; checksums; scripts that install, upgrade and go back.
"""

import ensurepip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tools import sbom, wheel

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "tools" / "release"
LOCK = ROOT / "requirements" / "run.lock"
PLATFORMS = {"linux-x86_64": "x86_64", "linux-aarch64": "aarch64"}
PYTHON = "{}.{}".format(*sys.version_info[:2])
"""The server needs the same; markers of the lock are read by the Python that makes the bundle."""
NEWEST = (2, 28)
OLD_NAMES = {"x86_64": ("manylinux2014", "manylinux2010", "manylinux1"), "aarch64": ("manylinux2014",)}
PAPERS = ("docs/operate", "LICENSE", "README.md", "README.zh-CN.md")


class Stop(Exception):
    """Why there is no bundle, in a sentence."""


def tags(machine: str) -> list[str]:
    """The platforms of wheels that a server with glibc 2.28 takes, newest first."""
    numbered = [f"manylinux_2_{minor}_{machine}" for minor in range(NEWEST[1], 4, -1)]
    return numbered + [f"{name}_{machine}" for name in OLD_NAMES[machine]]


def fetch(lock: Path, machine: str, target: Path) -> None:
    """Every wheel of the lock, by its hash; of what is published as source alone, a wheel made here. Raises Stop."""
    pip = [sys.executable, "-m", "pip"]
    words = [*pip, "download", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    words += ["--implementation", "cp", "--python-version", PYTHON]
    words += [word for tag in tags(machine) for word in ("--platform", tag)]
    if subprocess.run([*words, "-r", str(lock), "-d", str(target)], check=False).returncode:
        raise Stop("A package of the lock could not be fetched for this platform; pip's own words stand above.")
    for source in [*target.glob("*.tar.gz"), *target.glob("*.zip")]:
        making = [*pip, "wheel", "-qq", "--no-deps", "--no-build-isolation", "--no-cache-dir", "-w", str(target)]
        if subprocess.run([*making, str(source)], check=False).returncode:
            raise Stop(f"{source.name} could not be made a wheel; pip's own words stand above.")
        source.unlink()


def too_new(name: str, machine: str) -> bool:
    """Whether a wheel, by its name, would not run there."""
    built_for = name.removesuffix(".whl").rpartition("-")[2].split(".")
    return not {"any", *tags(machine)} & set(built_for)


def digest(file: Path) -> str:
    """SHA-256, in hexadecimal."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def pip_wheel() -> Path:
    """pip itself, as Python carries it: a server's Python may lack it. Raises Stop."""
    found = sorted((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if not found:
        raise Stop("This Python carries no pip of its own (ensurepip). Use one from python.org, pyenv or uv.")
    return found[-1]


def lay_out(folder: Path, platform: str, *, version: str, wheels: Path | None) -> None:
    """Everything of the bundle into ``folder``. ``wheels``: a folder that has the lock's already. Raises Stop."""
    machine = PLATFORMS[platform]
    held = folder / "wheels"
    held.mkdir(parents=True)
    if wheels is None:
        fetch(LOCK, machine, held)
    else:
        for file in wheels.glob("*.whl"):
            shutil.copy(file, held)
    wrong = sorted(file.name for file in held.glob("*.whl") if too_new(file.name, machine))
    if wrong:
        raise Stop(f"These wheels need a newer system than glibc 2.28: {', '.join(wrong)}")
    number = wheel.build(held).name.split("-")[1]
    (folder / "pip").mkdir()
    shutil.copy(pip_wheel(), folder / "pip")
    for name, text in (("VERSION", version or number), ("PLATFORM", platform), ("PYTHON", PYTHON)):
        (folder / name).write_text(f"{text}\n", encoding="ascii")
    shutil.copytree(SCRIPTS, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for paper in PAPERS:
        copy = shutil.copytree if (ROOT / paper).is_dir() else shutil.copy
        copy(ROOT / paper, folder / paper.rpartition("/")[2])
    _list(folder, version or number, {file: digest(file) for file in held.glob("*.whl")})


def _list(folder: Path, version: str, wheels: dict[Path, str]) -> None:
    """What is in it: for pip, for who looks for vulnerabilities, for who copies it."""
    lock = [
        f"{file.name.split('-')[0]}=={file.name.split('-')[1]} --hash=sha256:{sha}\n" for file, sha in wheels.items()
    ]
    (folder / "requirements.lock").write_text("".join(sorted(lock)), encoding="utf-8")
    made_of = sbom.document(version, wheels)
    (folder / "sbom.cdx.json").write_text(json.dumps(made_of, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (folder / "SHA256SUMS").write_text("".join(sums(folder)), encoding="utf-8")


def sums(folder: Path) -> Iterator[str]:
    """The lines of SHA256SUMS."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield f"{digest(file)}  {file.relative_to(folder).as_posix()}\n"


def build(target: Path, platform: str, *, version: str = "", wheels: Path | None = None) -> Path:
    """The tar in ``target``, for the Python that makes it. Raises Stop, CalledProcessError."""
    if platform not in PLATFORMS:
        raise Stop(f"PLATFORM must be one of {', '.join(PLATFORMS)}: make bundle PLATFORM=linux-x86_64")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "bundle"
        lay_out(folder, platform, version=version, wheels=wheels)
        name = f"linli-{(folder / 'VERSION').read_text().strip()}-{platform}"
        part = target / f"{name}.tar.part"
        with tarfile.open(part, "w") as archive:
            archive.add(folder, name, filter=_nobodys)
    return part.replace(target / f"{name}.tar")


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mode = 0o755 if entry.isdir() or entry.name.endswith((".sh", "/linli")) else 0o644
    return entry


if __name__ == "__main__":
    try:
        print(build(ROOT / "dist", os.environ.get("PLATFORM", "")))
    except Stop as stop:
        print(stop, file=sys.stderr)
        raise SystemExit(1) from None

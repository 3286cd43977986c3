"""Words: every model has one name and one meaning, and nothing in the repository tells of one machine."""

import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[1]
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".html",
    ".js",
    ".css",
    ".yml",
    ".yaml",
    ".env",
    ".txt",
    ".po",
    ".lock",
    ".typ",
    ".json",
    "",
}
MACHINE = re.compile(r"(?<![\w./-])/(work|root|home/\w+|Users/\w+|tmp/wt)/")


def tracked() -> list[Path]:
    """Every file of the repository; outside a checkout, every file that would be one."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        kept = [path for path in ROOT.rglob("*") if path.is_file()]
        return [path for path in kept if not {".venv", "var", ".git"} & set(path.relative_to(ROOT).parts)]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def models() -> list[type]:
    """The models of the house itself."""
    return [model for model in apps.get_models() if model.__module__.startswith("linli.")]


def glossary() -> set[str]:
    """The English words of docs/glossary.md's table, as model names are written."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\|\s*`(\w+)`", text, flags=re.MULTILINE))


def test_it_uses_a_models_name_once() -> None:
    names = [model.__name__ for model in models()]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_it_explains_every_model_in_the_glossary() -> None:
    assert sorted({model.__name__ for model in models()} - glossary()) == []


def test_it_names_no_folder_of_one_machine() -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXT or "vendor" in path.parts or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


def test_it_writes_no_registry_address_into_lock_files() -> None:
    locks = sorted((ROOT / "requirements").glob("*.lock"))
    assert [lock.name for lock in locks] == ["dev.lock", "run.lock"]
    assert [lock.name for lock in locks if re.search(r"https?://|--index-url|--find-links", lock.read_text())] == []


def test_it_pins_every_locked_package_by_hash() -> None:
    unpinned = []
    for lock in (ROOT / "requirements").glob("*.lock"):
        entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"))
        unpinned += [entry.split("\n")[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry]
    assert unpinned == []

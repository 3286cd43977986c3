"""What the code imports is what `make demo` installs: nothing that only a developer's machine has."""

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_architecture import ROOT, product_files, shown, tree_of

pytestmark = pytest.mark.sqlite_only
ELSEWHERE = {
    ("src/linli/algorithms/allocation/bench.py", "pabutools"): "a measurement of make bench, which installs dev.lock",
    ("src/linli/algorithms/duplicates/bench.py", "datasketch"): "a measurement of make bench, which installs dev.lock",
    ("src/linli/kernel/tables/bench.py", "openpyxl"): "a measurement of make bench, which installs dev.lock",
    ("src/linli/kernel/files/keeping.py", "botocore"): "the extra s3",
    ("src/linli/site/settings/storage.py", "botocore"): "the extra s3",
}
"""File and package that run.lock does not bring, and what does."""


def locked() -> set[str]:
    """The packages of run.lock, their names as an index writes them."""
    text = (ROOT / "requirements" / "run.lock").read_text(encoding="utf-8")
    return {_plain(name) for name in re.findall(r"^([\w.-]+)==", text, flags=re.MULTILINE)}


def missing(modules: set[str]) -> set[str]:
    """Those top-level modules that are neither Python's, nor ours, nor brought by run.lock."""
    foreign = modules - sys.stdlib_module_names - {"linli"}
    brought, homes = locked(), packages_distributions()
    return {name for name in foreign if not {_plain(home) for home in homes.get(name, [])} & brought}


def imports(file: Path) -> Iterator[str]:
    """The top-level modules a file imports anywhere, inside functions too."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_it_imports_only_what_run_lock_installs() -> None:
    used = {file: set(imports(file)) for file in product_files()}
    absent = missing(set().union(*used.values()))
    found = {(shown(file), name) for file, names in used.items() for name in names & absent}
    assert found == set(ELSEWHERE)


def test_it_names_only_installed_packages_in_its_settings() -> None:
    named = [*settings.INSTALLED_APPS, *settings.MIDDLEWARE, *settings.AUTHENTICATION_BACKENDS]
    assert missing({name.partition(".")[0] for name in named}) == {"tests"}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

"""The form of the code: small files and functions, one sentence at the top, fixed names, doors with a permission."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from linli.kernel.scope import permission_of
from tests.support.sites import site_environment

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "linli"
FILE, TEST, TEMPLATE, FUNCTION = 300, 400, 150, 40
FORBIDDEN_FILES = {"utils", "util", "helpers", "helper", "common", "misc", "managers", "manager"}
APP_FILES = {
    "__init__", "api", "apps", "bench", "commands", "contributions", "factories", "forms", "jobs", "kinds", "lifecycle",
    "models", "permissions", "queries", "rubric", "schemas", "services", "tables", "urls", "views",
}  # fmt: skip
SHARED_FILES = {"services", "queries", "models", "lifecycle"}
WITHOUT_PERMISSION = {"allauth", "django", "whitenoise"}
"""Packages of others whose views guard themselves."""


def python_files() -> list[Path]:
    """All Python of the house but migrations."""
    files = [*SOURCE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    return sorted(file for file in files if "migrations" not in file.parts)


def product_files() -> list[Path]:
    """The Python that is shipped."""
    return [file for file in python_files() if SOURCE in file.parents and "tests" not in file.parts]


@cache
def tree_of(file: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(file.read_text(encoding="utf-8"))


def shown(file: Path) -> str:
    """The file's name as a reader of a failure looks for it."""
    return file.relative_to(ROOT).as_posix()


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring


def test_it_keeps_files_short() -> None:
    limits = [(file, TEST if "tests" in file.parts else FILE) for file in python_files()]
    limits += [(file, TEMPLATE) for file in SOURCE.rglob("templates/**/*.html")]
    lines = {shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file, _limit in limits}
    assert {shown(file): lines[shown(file)] for file, limit in limits if lines[shown(file)] > limit} == {}


def test_it_keeps_functions_short() -> None:
    long = [
        f"{shown(file)}:{node.lineno} {node.name} {length(node)}"
        for file in python_files()
        for node in functions(file)
        if length(node) > FUNCTION
    ]
    assert long == []


def test_it_opens_every_module_with_a_sentence() -> None:
    empty_packages = {file for file in python_files() if file.name == "__init__.py" and not file.stat().st_size}
    silent = [
        shown(file)
        for file in python_files()
        if file not in empty_packages and ast.get_docstring(tree_of(file)) is None
    ]
    assert silent == []


def test_it_has_no_drawer_for_leftovers() -> None:
    parts = {shown(file): {*file.relative_to(ROOT).parts[:-1], file.stem} for file in python_files()}
    assert {name for name, words in parts.items() if words & FORBIDDEN_FILES} == set()


def test_it_names_no_manager_and_no_service_class() -> None:
    named = [
        f"{shown(file)}: {node.name}"
        for file in product_files()
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Service|Helper|Utils?)$", node.name)
    ]
    assert named == []


def test_it_types_every_signature_of_the_product() -> None:
    untyped = [
        f"{shown(file)}:{node.lineno} {node.name}"
        for file in product_files()
        for node in functions(file)
        if node.returns is None
    ]
    assert untyped == []


def test_it_gives_every_exception_to_a_rule_its_reason() -> None:
    bare = re.compile(r"#\s*(type: ignore\[[^\]]*\]|noqa: [A-Z0-9, ]+?|type: ignore|noqa)\s*$", re.MULTILINE)
    found = [
        f"{shown(file)}: {match.group(0)}"
        for file in product_files()
        for match in bare.finditer(file.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_it_gives_every_mechanism_a_readme_of_at_most_forty_lines() -> None:
    folders = [*SOURCE.glob("kernel/*/apps.py"), *SOURCE.glob("apps/*/apps.py")]
    readmes = {shown(file.parent): file.parent / "README.md" for file in folders}
    missing = sorted(name for name, readme in readmes.items() if not readme.exists())
    assert missing == []
    assert [name for name, readme in readmes.items() if len(readme.read_text("utf-8").splitlines()) > 40] == []


def test_it_uses_only_the_fixed_file_names_in_apps() -> None:
    strange = [
        shown(path)
        for app in SOURCE.glob("apps/*")
        if app.is_dir() and (app / "apps.py").exists()
        for path in app.iterdir()
        if (path.suffix == ".py" and path.stem not in APP_FILES) or (path.is_dir() and not _fixed_folder(path.name))
    ]
    assert sorted(strange) == []


def _fixed_folder(name: str) -> bool:
    return name in {*APP_FILES, "templates", "tests", "migrations", "static", "locale", "data", "__pycache__"}


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_it_lets_other_apps_import_only_services_queries_models_and_lifecycle() -> None:
    wrong = []
    for file in product_files():
        place = file.relative_to(SOURCE).parts
        if place[0] not in ("apps", "demo"):
            continue
        for name in _imported(file):
            words = name.split(".")
            foreign = words[:2] == ["linli", "apps"] and len(words) > 3 and (place[0] == "demo" or words[2] != place[1])
            if foreign and words[3] not in SHARED_FILES:
                wrong.append(f"{shown(file)}: {name}")
    assert wrong == []


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every address of the house with its view."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one.callback


def _guards_itself(view: Callable[..., Any]) -> bool:
    return view.__module__.split(".")[0] in WITHOUT_PERMISSION


def test_it_gives_every_route_a_permission() -> None:
    open_doors = [
        address
        for address, view in routes(get_resolver().url_patterns)
        if permission_of(view) is None and not _guards_itself(view) and not _is_api(view)
    ]
    assert open_doors == []


def _is_api(view: Callable[..., Any]) -> bool:
    """An address of the programming interface; its operations are looked at one by one by the API's own test."""
    return view.__module__.startswith("ninja.")


HEAVY = "print(sorted({%s} & set(sys.modules)))\n"


def _heavy(code: str, libraries: str) -> str:
    """Which of ``libraries`` a process holds that ran ``code``."""
    quoted = ", ".join(f"'{one}'" for one in libraries.split())
    run = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n" + HEAVY % quoted],
        env=site_environment(ROOT),
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def test_it_lists_the_commands_without_heavy_libraries() -> None:
    code = "from linli.site.cli import found, parser_of\nparser_of(found())"
    assert _heavy(code, "django.db numpy scipy sklearn ortools typst") == "[]\n"


def test_it_knows_every_page_without_heavy_libraries() -> None:
    code = "import django\ndjango.setup()\nimport linli.site.urls"
    assert _heavy(code, "scipy sklearn ortools typst docxtpl docx openpyxl pypdfium2 lxml hypothesis") == "[]\n"

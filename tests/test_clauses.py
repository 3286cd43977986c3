"""The lists of what was promised: a clause called done names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[1]
TEST = re.compile(r"`?((?:src|tests)/[\w/]+\.py(?:::[\w:]+)?)(?:\[[^\]]*\])?`?")


def rows() -> list[tuple[str, str, str]]:
    """Clause, state and tests of every row of docs/clauses/*.md."""
    found = []
    for page in sorted((ROOT / "docs" / "clauses").glob("*.md")):
        for line in page.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if len(cells) == 4 and re.fullmatch(r"\d+\.\d+", cells[0]):
                found.append((f"{page.stem}: {cells[0]}", cells[2], cells[3]))
    return found


def exists(test: str) -> bool:
    """Whether a test file, or a function or method in it, is there."""
    file, _, name = test.partition("::")
    path = ROOT / file
    if not path.exists():
        return False
    if not name:
        return True
    wanted = name.split("::")[-1]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == wanted for node in ast.walk(tree))


def test_it_knows_the_clauses() -> None:
    assert len(rows()) > 40


def test_it_uses_two_states() -> None:
    assert {state for _clause, state, _tests in rows()} <= {"☐", "☑"}


def test_it_names_an_existing_test_for_every_clause_called_done() -> None:
    wrong = []
    for clause, state, tests in rows():
        if state != "☑":
            continue
        named = TEST.findall(tests)
        missing = [test for test in named if not exists(test)]
        if missing or not named:
            wrong.append(f"{clause}: {', '.join(missing) or 'no test named'}")
    assert wrong == []

"""``linli allocate`` as it is called from outside."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.sites import site_environment

from linli.algorithms.allocation.tests.test_pabulib import GOOD
from linli.site.cli import main

ROOT = Path(__file__).resolve().parents[5]
pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "votes.pb"
    found.write_text(GOOD, encoding="utf-8")
    return found


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["allocate", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_it_prints_the_winners_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = asked(capsys, file, "--rule", "greedy", "--json")
    answer = json.loads(out)
    assert (code, err, list(answer)) == (0, "", ["winners", "cost", "budget", "votes", "seconds"])
    assert answer == {"winners": ["1"], "cost": 50, "budget": 100.5, "votes": 3, "seconds": answer["seconds"]}


@pytest.mark.parametrize(
    ("words", "winners"),
    [
        (["--rule", "equal-shares"], ["1"]),
        (["--rule", "equal-shares", "--utility", "cardinality", "--completion", "add1"], ["1"]),
        (["--rule", "equal-shares", "--completion", "greedy"], ["1"]),
        (["--rule", "phragmen", "--utility", "points", "--completion", "add1"], ["1"]),
    ],
)
def test_it_knows_every_rule(
    file: Path, capsys: pytest.CaptureFixture[str], words: list[str], winners: list[str]
) -> None:
    assert json.loads(asked(capsys, file, *words, "--json")[1])["winners"] == winners


def test_it_takes_points_where_the_ballots_give_them(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = GOOD.replace("approval", "cumulative").replace("age;vote", "points;vote")
    file.write_text(text.replace("a;30;1,2", "a;1,9;1,2").replace("b;;2, 1", "b;3;1"), encoding="utf-8")
    answers = [
        json.loads(asked(capsys, file, "--rule", "greedy", "--json", *more)[1])["winners"]
        for more in ([], ["--utility", "cost"])
    ]
    assert answers == [["2"], ["1"]]


def test_without_json_it_prints_lines(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = asked(capsys, file, "--rule", "greedy")[1].splitlines()
    assert lines[:4] == ["winners: 1", "cost: 50", "budget: 100.5", "votes: 3"]


def test_a_malformed_file_is_one_line_with_file_line_and_what_was_expected(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(GOOD.replace("b;;2, 1", "b;;2,3"), encoding="utf-8")
    refusal = f"{file}:15: expected ids of PROJECTS separated by ',' in 'vote', found '3'\n"
    assert asked(capsys, file, "--rule", "greedy", "--json") == (2, "", refusal)


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "none.pb"
    refusal = f"{missing}: No such file or directory: expected a file that can be read\n"
    assert asked(capsys, missing, "--rule", "greedy") == (2, "", refusal)


def test_points_asked_of_approval_ballots_are_one_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refusal = f"{file}: expected ballots with points for the utility 'points'\n"
    assert asked(capsys, file, "--rule", "greedy", "--utility", "points") == (2, "", refusal)


def test_it_imports_neither_django_nor_the_solvers(file: Path) -> None:
    heavy = {"django", "ortools", "scipy", "sklearn"}
    code = (
        "import sys\nfrom linli.site.cli import main\n"
        f"code = main(['allocate', {str(file)!r}, '--rule', 'phragmen', '--json'])\n"
        f"print(code, sorted({heavy!r} & {{name.split('.')[0] for name in sys.modules}}))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], env=site_environment(ROOT), capture_output=True, text=True, check=True
    )
    assert run.stdout.splitlines()[-1] == "0 []"

"""``linli calibrate`` and ``linli panels``: what they print, what they refuse, what they leave alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.sites import site_environment

from linli.site.cli import main

pytestmark = pytest.mark.sqlite_only
ROOT = Path(__file__).resolve().parents[5]
MARKS = "entry,judge,score\n" + "".join(
    f"{entry},{judge},{mark}\n"
    for entry, marks in {"甲": (90, 80, 85, 70, 100), "乙": (60, 75, 80, 85, 90)}.items()
    for judge, mark in zip("abcde", marks, strict=True)
)


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def calibrate(tmp_path: Path, text: str, *words: str) -> int:
    file = tmp_path / "marks.csv"
    file.write_text(text, encoding="utf-8")
    return main(["calibrate", str(file), *words])


def test_it_gives_plain_means(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate(tmp_path, MARKS, "--json") == 0
    found = told(capsys)
    assert found["entries"] == [
        {"entry": "甲", "score": 85.0, "rank": 1, "low": None, "high": None},
        {"entry": "乙", "score": 78.0, "rank": 2, "low": None, "high": None},
    ]


def test_it_drops_one_highest_and_one_lowest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate(tmp_path, MARKS, "--method", "trimmed", "--json") == 0
    entries = told(capsys)["entries"]
    assert entries == [
        {"entry": "甲", "score": 85.0, "rank": 1, "low": None, "high": None},
        {"entry": "乙", "score": 80.0, "rank": 2, "low": None, "high": None},
    ]


def test_four_marks_of_one_entry_leave_the_plain_mean_for_its_whole_panel(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = MARKS.replace("乙,e,90\n", "")
    assert calibrate(tmp_path, blank, "--method", "trimmed", "--json") == 0
    assert [one["score"] for one in told(capsys)["entries"]] == [85.0, 75.0]  # type: ignore[attr-defined]  # JSON


def test_effects_come_with_rank_intervals_and_strictness(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = "".join(f"p{entry},{judge},{50 + 5 * entry - 4 * (judge == 'b')}\n" for entry in range(6) for judge in "abc")
    assert calibrate(tmp_path, "entry,judge,score\n" + rows, "--method", "effects", "--json") == 0
    found = told(capsys)
    assert [(one["rank"], one["low"], one["high"]) for one in found["entries"]][-1] == (1, 1, 1)  # type: ignore[attr-defined]  # JSON
    severity = {one["judge"]: one["severity"] > 0 for one in found["judges"]}  # type: ignore[attr-defined]  # JSON
    assert (severity, found["w"]) == ({"a": False, "b": True, "c": False}, 1.0)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ("", 1, "expected the head entry,judge,score or entry,judge,score,panel"),
        ("entry,judge,score\n", 2, "expected at least one mark"),
        ("entry,judge,score\na,b,x\n", 2, "expected a number as score, found 'x'"),
        ("entry,judge,score\na,b,nan\n", 2, "expected a number as score, found 'nan'"),
        ("entry,judge,score\na,b,1\na,b,2\n", 3, "expected one mark of judge b for entry a, found a second"),
        ("entry,judge,score\na,b\n", 2, "expected 3 cells, found 2"),
        ("entry,judge,score\n,b,1\n", 2, "expected an entry and a judge"),
    ],
)
def test_it_says_where_a_file_of_marks_is_wrong(
    text: str, line: int, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert calibrate(tmp_path, text) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'marks.csv'}:{line}: {expected}\n"


def test_it_refuses_to_trim_two_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert calibrate(tmp_path, "entry,judge,score\na,x,1\na,y,2\n", "--method", "trimmed") == 2
    assert capsys.readouterr().err.endswith("expected 3 marks for entry a, found 2\n")


TASK = {
    "units": [{"id": "u1", "projects": 2, "not_with": ["甲"]}, {"id": "u2", "projects": 2, "not_with": []}],
    "groups": [{"id": "g1", "judges": ["甲"]}, {"id": "g2", "judges": ["乙"]}],
    "days": 1,
    "minutes": 15,
    "change_over": 5,
}


def panels(tmp_path: Path, said: object, *words: str) -> int:
    file = tmp_path / "task.json"
    file.write_text(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return main(["panels", str(file), *words])


def test_it_plans_panels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert panels(tmp_path, TASK, "--json") == 0
    found = told(capsys)
    assert {key: found[key] for key in ("objective", "bound", "proven")} == {
        "objective": 35, "bound": 35, "proven": True
    }  # fmt: skip
    assert found["slots"] == [
        {"group": "g1", "day": 1, "unit": "u2", "project": 1, "start": 0, "end": 15},
        {"group": "g1", "day": 1, "unit": "u2", "project": 2, "start": 15, "end": 30},
        {"group": "g2", "day": 1, "unit": "u1", "project": 1, "start": 0, "end": 15},
        {"group": "g2", "day": 1, "unit": "u1", "project": 2, "start": 15, "end": 30},
    ]


def test_it_names_demands_that_clash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clash = {**TASK, "units": [{"id": "u1", "projects": 1, "not_with": ["甲", "乙"]}]}
    assert panels(tmp_path, clash) == 1
    assert capsys.readouterr().err.endswith(
        "no timetable meets these together: unit u1 not with judge 乙; unit u1 not with judge 甲\n"
    )


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("{", "expected JSON"),
        ([], 'expected an object with "units" and "groups"'),
        ({**TASK, "units": []}, 'expected "units" to be a list of objects with at least one'),
        ({**TASK, "minutes": 0}, 'expected "minutes" to be a whole number of at least 1, found 0'),
        ({**TASK, "units": [{"id": "u1", "projects": 1.5}]}, 'expected "projects" to be a whole number of at least 1'),
        ({**TASK, "units": [{"projects": 1}]}, 'expected an id in "units", found None'),
        ({**TASK, "units": [TASK["units"][0], TASK["units"][0]]}, "expected every unit once, found u1 again"),  # type: ignore[index]  # a list
        ({**TASK, "units": [{"id": "u", "projects": 1, "group": "g9"}]}, "expected a group that exists for unit u"),
        ({**TASK, "units": [{"id": "u", "projects": 1, "days": [3]}]}, "expected days of unit u between 1 and 1"),
    ],
)
def test_it_says_where_a_task_is_wrong(
    said: object, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert panels(tmp_path, said) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"{tmp_path / 'task.json'}:1: {expected}")
    assert error.count("\n") == 1


@pytest.mark.parametrize("words", ["calibrate marks.csv --method effects --json", "panels task.json --json"])
def test_they_import_no_django_and_no_solver_before_they_must(words: str, tmp_path: Path) -> None:
    (tmp_path / "marks.csv").write_text(MARKS, encoding="utf-8")
    (tmp_path / "task.json").write_text(json.dumps(TASK), encoding="utf-8")
    code = (
        "import sys\n"
        "from linli.site.cli import main\n"
        f"assert main({words.split()!r}) == 0\n"
        "print(sorted({name for name in sys.modules if name.split('.')[0] in ('django', 'ortools', 'pandas')}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=site_environment(ROOT),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"

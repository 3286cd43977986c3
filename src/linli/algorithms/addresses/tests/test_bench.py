"""The measurement itself, on divisions small enough to be written here; its figures stand in docs/benchmarks.md."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from linli.algorithms.addresses import bench

pytestmark = pytest.mark.sqlite_only
ROWS = {
    "provinces.csv": [("99", "云州省")],
    "cities.csv": [("9901", "临湖市")],
    "areas.csv": [("990101", "和安区")],
    "streets.csv": [("990101001", "清河里街道"), ("990101002", "望桥镇")],
    "villages_all.csv.gz": [
        (f"99010100{street}{number:03d}", f"{name}社区居委会")
        for street in (1, 2)
        for number, name in enumerate(("槐荫", "南里", "桥头", "泉北", "福园第一"), 1)
    ],
}


def write_divisions(folder: Path) -> None:
    for name, rows in ROWS.items():
        opened = gzip.open if name.endswith(".gz") else open
        with opened(folder / name, "wt", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows([("code", "name"), *rows])
    with (folder / "villages_targets.csv").open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([("code", "name"), *ROWS["villages_all.csv.gz"]])


def test_it_measures_speed_and_memory_in_a_process_of_its_own(tmp_path: Path) -> None:
    write_divisions(tmp_path)
    found = bench.measure(tmp_path, seed=1, many=10, rounds=1)
    assert (found["communities"], found["addresses"], sum(found["counts"].values())) == (10, 10, 10)
    assert all(found[figure] > 0 for figure in ("a_second", "megabytes", "build_seconds"))


def test_it_prints_the_figures_and_fails_where_a_goal_is_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_divisions(tmp_path)
    monkeypatch.setattr(bench, "LEAST_A_SECOND", 10**9)
    assert (bench.run(("1", "10", str(tmp_path))), json.loads(capsys.readouterr().out)["seed"]) == (1, 1)


def test_it_says_where_the_divisions_are_looked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.run(("1", "10", str(tmp_path))) == 1
    assert capsys.readouterr().err == f"The divisions are not in {tmp_path}. Name their folder, or set LINLI_DATA.\n"

"""The measurement itself, on an election small enough; its figures stand in docs/benchmarks.md."""

from pathlib import Path

import pytest

from linli.algorithms.allocation import bench

pytestmark = pytest.mark.sqlite_only
OURS = {"seconds": 0.1, "megabytes": 90, "winners": ["1"]}


def test_it_draws_the_same_election_every_time() -> None:
    budget, costs, ballots = bench.invented(20, 50)
    assert (budget, costs, ballots) == bench.invented(20, 50)
    assert ({*map(len, ballots)} <= set(range(1, 15)), budget) == (True, sum(costs.values()) // 4)


def test_it_measures_in_a_process_of_its_own() -> None:
    found = bench._child("ours", "equal-shares", "10", "200")
    assert (len(found["winners"]) > 0, found["whole"] > found["seconds"] >= 0, found["megabytes"] > 10) == (True,) * 3


@pytest.mark.parametrize(
    ("peer", "goal", "missed", "told"),
    [
        ({"winners": ["1"], "seconds": 20.0}, 0.3, False, "peer 20.00 s, 200 x, same winners"),
        ({"seconds": None}, 0.3, False, "peer more than 60 s, more than 600 x, winners not known"),
        ({"winners": ["2"], "seconds": 20.0}, 0.3, True, "peer 20.00 s, 200 x, other winners"),
        ({"winners": ["1"], "seconds": 20.0}, 0.05, True, "peer 20.00 s, 200 x, same winners"),
    ],
)
def test_it_tells_a_missed_goal_and_other_winners(
    peer: dict[str, object], goal: float, missed: bool, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"name": "greedy", "ours": OURS, "peer": {"megabytes": 1400, **peer}, "goal": goal}
    assert bench._show([row], goals=True) is missed
    assert capsys.readouterr().out == f"greedy: 0.100 s, {told}   memory 90 MB, peer 1400 MB\n"


def test_it_says_where_the_elections_are_looked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    assert bench.run(["files"]) == 1
    assert capsys.readouterr().err == f"The elections are not in {tmp_path}/budgets/instances. Set LINLI_DATA.\n"

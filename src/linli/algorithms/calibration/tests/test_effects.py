"""Judge effects: told from common entries only, the same as an independent least squares, sure by a seed."""

import numpy as np
import pytest

from linli.algorithms.calibration import Marks, fit, rank_intervals, ranks

pytestmark = pytest.mark.sqlite_only


def invented(entries: int, judges: int, *, blanks: float = 0.2, seed: int = 3) -> tuple[Marks, np.ndarray, np.ndarray]:
    """Marks of known merits and known generosity, some left blank, chance of half a mark."""
    chance = np.random.default_rng(seed)
    merit, generous = chance.normal(80, 5, entries), chance.normal(0, 3, judges)
    generous -= generous.mean()
    rows = [
        (entry, judge, float(merit[entry] + generous[judge] + chance.normal(0, 0.5)))
        for entry in range(entries)
        for judge in range(judges)
        if chance.random() >= blanks or judge == entry % judges
    ]
    marks, entry_order, judge_order = Marks.of(rows)
    return marks, merit[entry_order], generous[judge_order]


def test_it_gives_each_entry_what_a_judge_of_average_strictness_would() -> None:
    marks = Marks.of([("a", "mild", 90), ("a", "strict", 80), ("b", "mild", 88), ("c", "strict", 82)])[0]
    found = fit(marks, ridge=0)
    assert [round(one, 6) for one in found.entry] == [85, 83, 87]
    assert [round(one, 6) for one in found.judge] == [5, -5]
    assert float(np.abs(found.left).max()) < 1e-9


def test_it_equals_an_independent_least_squares_with_the_same_ridge() -> None:
    marks, _merit, _generous = invented(30, 7)
    design = np.zeros((len(marks.values) + marks.judges, marks.entries + marks.judges))
    design[np.arange(len(marks.values)), marks.entry] = 1
    design[np.arange(len(marks.values)), marks.entries + marks.judge] = 1
    design[len(marks.values) :, marks.entries :] = np.sqrt(2.5) * np.eye(marks.judges)
    solved = np.linalg.lstsq(design, np.concatenate([marks.values, np.zeros(marks.judges)]), rcond=None)[0]
    found = fit(marks, ridge=2.5)
    assert float(np.abs(np.concatenate([found.entry, found.judge]) - solved).max()) < 1e-8


def test_it_lets_effects_of_each_part_sum_to_zero() -> None:
    marks = Marks.of([("a", "x", 80), ("a", "y", 90), ("b", "x", 70), ("c", "p", 60), ("c", "q", 66)])[0]
    assert marks.parts().tolist() == [0, 0, 1, 1]
    effects = fit(marks).judge
    assert [round(float(effects[marks.parts() == part].sum()), 9) for part in (0, 1)] == [0, 0]


def test_it_finds_generosity_again() -> None:
    marks, merit, generous = invented(60, 8, blanks=0.5)
    found = fit(marks)
    assert float(np.abs(found.judge - generous).max()) < 0.4
    assert float(np.corrcoef(found.entry, merit)[0, 1]) > 0.99


def test_it_covers_true_ranks_about_as_often_as_it_says() -> None:
    covered = []
    for seed in range(12):
        marks, merit, _generous = invented(24, 7, seed=seed)
        intervals = rank_intervals(marks, replicates=300, seed=1)
        assert intervals is not None
        true = np.asarray(ranks(merit))
        covered += ((intervals.low <= true) & (true <= intervals.high)).tolist()
    assert 0.85 <= sum(covered) / len(covered) <= 1


def test_the_same_seed_gives_the_same_intervals_and_another_seed_others() -> None:
    marks, _merit, _generous = invented(20, 4, blanks=0)
    first, again, other = (rank_intervals(marks, replicates=60, seed=seed) for seed in (5, 5, 6))
    assert first is not None
    assert again is not None
    assert other is not None
    assert (first.low.tolist(), first.high.tolist()) == (again.low.tolist(), again.high.tolist())
    assert (first.low.tolist(), first.high.tolist()) != (other.low.tolist(), other.high.tolist())


def test_it_says_nothing_where_nothing_is_left_over_to_draw_from() -> None:
    assert rank_intervals(Marks.of([("a", "x", 1), ("b", "x", 2)])[0]) is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no marks"),
        ([("a", "x", 1.0), ("a", "x", 2.0)], "judge x marked entry a twice"),
        ([("a", "x", float("nan"))], "a mark is not a finite number"),
    ],
)
def test_it_refuses_marks_that_cannot_be(rows: list[tuple[str, str, float]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Marks.of(rows)


def test_ranks_are_shared_by_equals() -> None:
    assert ranks([3.0, 5.0, 5.0, 1.0]) == [3, 1, 1, 4]

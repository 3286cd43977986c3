"""Samples: how many of each stratum, which of them, the same again for the same seed."""

import pytest

from linli.algorithms.sampling import allocate, draw

pytestmark = pytest.mark.sqlite_only
STRATA = {"1号楼": list(range(30)), "2号楼": list(range(100, 150)), "3号楼": list(range(200, 220))}


@pytest.mark.parametrize(
    ("sizes", "n", "expected"),
    [
        ((30, 50, 20), 10, [3, 5, 2]),
        ((1, 1, 1), 2, [1, 1, 0]),
        ((10, 20, 70), 7, [1, 1, 5]),
        ((3, 4, 0), 7, [3, 4, 0]),
        ((0, 0), 0, [0, 0]),
        ((999, 1), 1, [1, 0]),
    ],
)
def test_it_gives_each_stratum_its_part_by_largest_remainder(
    sizes: tuple[int, ...], n: int, expected: list[int]
) -> None:
    assert allocate(sizes, n) == expected


def test_it_draws_each_unit_at_most_once_and_only_from_its_stratum() -> None:
    drawn = draw(STRATA, 20, seed=7)

    assert {name: len(units) for name, units in drawn.items()} == {"1号楼": 6, "2号楼": 10, "3号楼": 4}
    assert all(len(set(units)) == len(units) and set(units) <= set(STRATA[name]) for name, units in drawn.items())


def test_it_draws_the_same_for_the_same_seed_for_ever() -> None:
    assert draw(STRATA, 10, seed=2026) == draw(STRATA, 10, seed=2026)
    assert draw({"1号楼": list(range(10))}, 3, seed=2026) == {"1号楼": [2, 3, 5]}


def test_it_leaves_other_strata_alone_when_one_changes() -> None:
    other = {**STRATA, "3号楼": [*range(200, 219), 300]}

    assert draw(other, 20, seed=7)["1号楼"] == draw(STRATA, 20, seed=7)["1号楼"]


def test_it_draws_every_unit_about_as_often_as_any_other() -> None:
    counts = [0] * 10
    for seed in range(2000):
        for unit in draw({"楼": list(range(10))}, 3, seed=seed)["楼"]:
            counts[unit] += 1

    assert sum(counts) == 6000
    assert max(abs(count - 600) for count in counts) < 100  # 600 expected, deviation 20


@pytest.mark.parametrize(("n", "seed"), [(101, 1), (-1, 1), (10, -1)])
def test_it_refuses_more_than_there_are_and_a_negative_seed(n: int, seed: int) -> None:
    with pytest.raises(ValueError):
        draw(STRATA, n, seed=seed)

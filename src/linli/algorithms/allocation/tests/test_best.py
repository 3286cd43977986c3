"""The best total score within a fund or a stock, against all sets of small ones."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from linli.algorithms.allocation.best import Best, best_of_stock

pytestmark = pytest.mark.sqlite_only


def by_all_sets(fund: int, costs: Mapping[str, int], scores: Mapping[str, Fraction]) -> list[str]:
    """The best total, then the cheapest, then the one with the smaller ids."""
    ids = sorted(one for one in costs if scores[one])
    sets = [chosen for many in range(len(ids) + 1) for chosen in combinations(ids, many)]
    within = [chosen for chosen in sets if sum(costs[one] for one in chosen) <= fund]
    return list(
        min(
            within,
            key=lambda chosen: (
                -sum(scores[one] for one in chosen),
                sum(costs[one] for one in chosen),
                [one not in chosen for one in ids],
            ),
        )
    )


def within(fund: int, costs: Mapping[str, int], scores: Mapping[str, Fraction | int]) -> Best:
    return best_of_stock({"money": fund}, {one: {"money": cost} for one, cost in costs.items()}, scores)


def drawn(seed: int) -> tuple[int, dict[str, int], dict[str, Fraction]]:
    random = Random(seed)
    costs = {str(one): random.randint(0, 12) for one in range(random.randint(0, 9))}
    return random.randint(0, 40), costs, {one: Fraction(random.choice([0, 2, 4, 6, 7]), 2) for one in costs}


def test_it_finds_the_best_total_of_all_sets() -> None:
    different = []
    for seed in range(120):
        fund, costs, scores = drawn(seed)
        if list(within(fund, costs, scores).chosen) != by_all_sets(fund, costs, scores):
            different.append(seed)
    assert different == []


def test_those_outside_are_told_the_best_total_with_them() -> None:
    found = within(100, {"a": 60, "b": 50, "c": 50, "d": 101}, {"a": 80, "b": 70, "c": 65, "d": 99})
    assert (found.chosen, found.total, found.proven) == (("b", "c"), 135, True)
    assert found.with_it == {"a": 80, "d": None}


def test_it_proves_seventy_two_projects_in_fen() -> None:
    random = Random(7)
    costs = {str(one): random.randint(5_000, 300_000) * 100 for one in range(72)}
    scores = {one: Fraction(random.randint(5_000, 9_999), 100) for one in costs}
    found = within(sum(costs.values()) // 3, costs, scores)
    assert (found.proven, found.bound, len(found.chosen) + len(found.with_it)) == (True, found.total, 72)
    assert all(other is not None and other <= found.total for other in found.with_it.values())


def test_a_stock_of_several_kinds_has_its_best_set_too() -> None:
    random = Random(3)
    for _one in range(30):
        stock = {"money": random.randint(0, 20), "hours": random.randint(0, 10)}
        needs = {str(n): {"money": random.randint(0, 9), "hours": random.randint(0, 5)} for n in range(7)}
        scores = {one: random.randint(0, 9) for one in needs}
        sets = [chosen for many in range(8) for chosen in combinations(needs, many)]
        totals = [
            sum(scores[one] for one in chosen)
            for chosen in sets
            if all(sum(needs[one][kind] for one in chosen) <= stock[kind] for kind in stock)
        ]
        found = best_of_stock(stock, needs, scores)
        assert (found.total, found.bound, found.proven) == (max(totals), max(totals), True)


def test_it_refuses_what_it_cannot_compare_exactly() -> None:
    with pytest.raises(ValueError, match="in larger steps"):
        within(2**50, {"a": 2**49 + 1, "b": 2**48 + 3}, {"a": 99, "b": 98})
    with pytest.raises(ValueError, match="from 0"):
        within(1, {"a": -1}, {"a": 1})
    with pytest.raises(ValueError, match="none of 'rooms'"):
        best_of_stock({"money": 1}, {"a": {"rooms": 1}}, {"a": 1})

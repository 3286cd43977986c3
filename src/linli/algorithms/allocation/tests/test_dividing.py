"""Dividing a fund: sums to the fen, nobody above asked or cap, and exactly what trying everything finds."""

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from linli.algorithms.allocation.dividing import (
    Bounds,
    Claim,
    Division,
    Grant,
    Tier,
    best_total,
    by_group,
    by_score,
    by_tiers,
    in_order,
    quota,
)

pytestmark = pytest.mark.sqlite_only


def claim(name: str, asked: int, score: str | None = None, rank: int | None = None, group: str = "") -> Claim:
    return Claim(name, asked, None if score is None else Fraction(score), rank, group)


FOUR = (claim("a", 400, "90", 1), claim("b", 500, "85", 2), claim("c", 300, "70", 3), claim("d", 100, "55", 4))


def given(division: Division) -> dict[str, tuple[int, str]]:
    return {grant.id: (grant.amount, grant.why) for grant in division.grants}


def test_it_goes_down_the_ranks_and_passes_over_what_does_not_fit() -> None:
    found = in_order(FOUR, 800)
    assert given(found) == {"a": (400, "rank"), "b": (0, "no-room"), "c": (300, "rank"), "d": (100, "rank")}
    assert (found.left, found.grants[1].facts) == (0, {"wanted": 500, "left": 400, "rank": 2})


def test_the_first_that_does_not_fit_may_get_the_rest() -> None:
    found = in_order(FOUR, 800, partly=True)
    assert given(found) == {"a": (400, "rank"), "b": (400, "partly"), "c": (0, "no-room"), "d": (0, "no-room")}


def test_it_keeps_line_cap_and_places() -> None:
    found = in_order(FOUR, 5000, bounds=Bounds(cap=350, line=Fraction(60), most=2))
    assert given(found) == {
        "a": (350, "rank-capped"), "b": (350, "rank-capped"), "c": (0, "past-places"), "d": (0, "below-line")
    }  # fmt: skip
    assert found.left == 4300


def test_tiers_give_amounts_or_percents_never_more_than_asked_for() -> None:
    found = by_tiers(FOUR, 2000, (Tier(1, 1000), Tier(3, percent=Fraction(50))))
    assert given(found) == {
        "a": (400, "tier"), "b": (250, "tier-capped"), "c": (150, "tier-capped"), "d": (0, "past-tiers")
    }  # fmt: skip


def test_it_divides_by_score_to_the_fen() -> None:
    found = by_score((claim("a", 999, "1"), claim("b", 999, "1"), claim("c", 999, "1")), 100)
    assert [grant.amount for grant in found.grants] == [34, 33, 33]
    assert found.left == 0


def test_what_a_full_project_leaves_goes_to_the_others() -> None:
    found = by_score((claim("a", 10, "90"), claim("b", 999, "60"), claim("c", 999, "30")), 100)
    assert given(found) == {"a": (10, "score-capped"), "b": (60, "score"), "c": (30, "score")}


def test_shares_below_the_floor_go_to_the_others() -> None:
    found = by_score((claim("a", 999, "80"), claim("b", 999, "15"), claim("c", 999, "5")), 100, bounds=Bounds(floor=10))
    assert (given(found)["c"], found.given) == ((0, "below-floor"), 100)


@pytest.mark.parametrize("seed", range(30))
def test_the_best_total_is_what_trying_everything_finds(seed: int) -> None:
    chance = Random(seed)
    claims = [
        Claim(f"p{number}", chance.randint(1, 40) * 5, Fraction(chance.randint(50, 99)), number + 1)
        for number in range(11)
    ]
    pot = chance.randint(100, 600)
    fitting = [
        chosen
        for size in range(len(claims) + 1)
        for chosen in combinations(claims, size)
        if sum(one.asked for one in chosen) <= pot
    ]
    best = max(fitting, key=lambda chosen: (sum(one.score or 0 for one in chosen), -sum(one.asked for one in chosen)))
    found = best_total(claims, pot)
    taken = [one for one, grant in zip(claims, found.grants, strict=True) if grant.amount]
    assert sum(one.score or 0 for one in taken) == sum(one.score or 0 for one in best)
    assert found.given == sum(one.asked for one in best)


def test_the_best_total_of_72_projects_is_found() -> None:
    chance = Random(72)
    claims = [
        Claim(f"p{number}", chance.randint(1000, 80_000) * 100, Fraction(chance.randint(5000, 9900), 100), number + 1)
        for number in range(72)
    ]
    found = best_total(claims, 100_000_000)
    assert found.given + found.left == 100_000_000
    assert 0 <= found.left < min(one.asked for one, grant in zip(claims, found.grants, strict=True) if not grant.amount)


@pytest.mark.parametrize("seed", range(40))
def test_every_division_sums_to_its_pot_and_keeps_its_bounds(seed: int) -> None:
    chance = Random(seed)
    claims = [
        claim(f"p{number}", chance.randint(1, 9_999), str(chance.randint(1, 100)), number + 1, chance.choice("xy"))
        for number in range(chance.randint(1, 12))
    ]
    pot, bounds = chance.randint(1, 30_000), Bounds(cap=chance.choice((0, 5_000)), floor=chance.choice((0, 50)))
    for found in (
        in_order(claims, pot, bounds=bounds, partly=True),
        by_tiers(claims, pot, (Tier(3, 3_000), Tier(6, percent=Fraction(40))), bounds=bounds),
        by_score(claims, pot, bounds=bounds),
        best_total(claims, pot, bounds=bounds),
        by_group(claims, pot, {"x": Fraction(60), "y": Fraction(40)}, by_score),
    ):
        assert found.given + found.left == pot
        assert found.left >= 0
        assert all(0 <= grant.amount <= one.asked for one, grant in zip(claims, found.grants, strict=True))
        assert [grant.id for grant in found.grants] == [one.id for one in claims]


def test_classes_get_their_share_each() -> None:
    claims = (claim("a", 100, "9", 1, "x"), claim("b", 100, "8", 2, "y"), claim("c", 100, "7", 3, "z"))
    found = by_group(
        claims, 200, {"x": Fraction(50), "y": Fraction(25)}, lambda some, part: in_order(some, part, partly=True)
    )
    assert given(found) == {"a": (100, "rank"), "b": (50, "partly"), "c": (0, "no-room")}
    assert found.left == 50
    with pytest.raises(ValueError, match="more than 100"):
        by_group(claims, 200, {"x": Fraction(101)}, in_order)


def test_without_score_or_rank_nothing_is_given() -> None:
    bare = (claim("a", 100),)
    assert by_score(bare, 50).grants == in_order(bare, 50).grants == (Grant("a", 0, "no-score"),)


def test_a_quota_counts_full_hundreds() -> None:
    assert quota(4_599, base=10_000_000, per_hundred=150_000) == 10_000_000 + 45 * 150_000

"""Dividing a fund: sums to the fen, nobody above asked, cap or purse, and exactly what trying everything finds."""

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from linli.algorithms.allocation.dividing import Bounds, Claim, Division, Grant, Tier, by_tiers, in_order
from linli.algorithms.allocation.filling import at_one_rate, by_score
from linli.algorithms.allocation.totals import best_total

pytestmark = pytest.mark.sqlite_only


def claim(name: str, asked: int, score: str | None = None, rank: int | None = None, purse: str = "") -> Claim:
    return Claim(name, asked, None if score is None else Fraction(score), rank, (purse,) if purse else ())


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


def drawn(seed: int) -> tuple[list[Claim], int, Bounds]:
    """Eleven projects of two classes in three communities, not all of which have a quota."""
    chance = Random(seed)
    claims = [
        Claim(
            f"p{number:02}", chance.randint(1, 40) * 5, Fraction(chance.randint(50, 99)), number + 1,
            (f"class:{chance.choice('xy')}", chance.choice(("quota:a", "quota:b", "free:"))), {"hours": number % 4},
        )
        for number in range(11)
    ]  # fmt: skip
    rooms = {"class:x": 200, "class:y": 300, "quota:a": chance.randint(50, 200), "quota:b": 150, "free:": 400}
    return claims, chance.randint(100, 600), Bounds(rooms=rooms, most=chance.choice((0, 4)))


def of_all_sets(claims: list[Claim], pot: int, bounds: Bounds, hours: int) -> Fraction:
    """The best total of every set that keeps pot, purses, places and hours."""
    found = []
    for size in range((bounds.most or len(claims)) + 1):
        for chosen in combinations(claims, size):
            drawn_on = {purse: sum(one.asked for one in chosen if purse in one.purses) for purse in bounds.rooms}
            fits = sum(one.asked for one in chosen) <= pot and sum(one.needs["hours"] for one in chosen) <= hours
            if fits and all(drawn_on[purse] <= bounds.rooms[purse] for purse in bounds.rooms):
                found.append(sum((one.score or Fraction(0) for one in chosen), Fraction(0)))
    return max(found)


@pytest.mark.parametrize("seed", range(12))
def test_the_best_total_is_what_trying_everything_finds(seed: int) -> None:
    claims, pot, bounds = drawn(seed)
    found = best_total(claims, pot, bounds=bounds, stock={"hours": 9})
    assert (found.total, found.proven) == (of_all_sets(claims, pot, bounds, 9), True)
    taken = [one for one, grant in zip(claims, found.division.grants, strict=True) if grant.amount]
    assert sum(one.score or 0 for one in taken) == found.total
    assert found.division.left == pot - sum(one.asked for one in taken)


def test_who_is_left_out_is_told_what_the_choice_with_it_would_score() -> None:
    found = best_total((claim("a", 60, "80"), claim("b", 50, "70"), claim("c", 50, "65"), claim("d", 101, "99")), 100)
    told = {one.id: (one.why, one.facts.get("total"), one.facts.get("other")) for one in found.division.grants}
    assert told == {
        "a": ("not-best", "135.00", "80.00"), "b": ("best", None, None), "c": ("best", None, None),
        "d": ("never-fits", "135.00", None),
    }  # fmt: skip


@pytest.mark.slow
def test_the_best_total_of_72_projects_of_26_communities_is_proven() -> None:
    chance = Random(72)
    claims = [
        Claim(
            f"p{number:02}", chance.randint(1000, 80_000) * 100, Fraction(chance.randint(5000, 9900), 100), number + 1,
            (f"quota:{number % 26}",),
        )
        for number in range(72)
    ]  # fmt: skip
    rooms = {f"quota:{number}": 6_000_000 for number in range(26)}
    all_of_it = best_total(claims, sum(rooms.values()), bounds=Bounds(rooms=rooms))
    half = best_total(claims, 70_000_000, bounds=Bounds(rooms=rooms))
    assert (all_of_it.proven, half.division.given + half.division.left) == (True, 70_000_000)
    assert half.total <= half.bound < half.total + 100
    assert {one.why for one in half.division.grants} == {"best", "left-out", "never-fits"}
    placed = best_total(claims, 100_000_000, bounds=Bounds(most=20, rooms=rooms))
    assert sum(1 for one in placed.division.grants if one.amount) <= 20


@pytest.mark.parametrize("seed", range(40))
def test_every_division_sums_to_its_pot_and_keeps_its_bounds(seed: int) -> None:
    claims, pot, bounds = drawn(seed)
    bounds = Bounds(cap=(0, 90)[seed % 2], floor=(0, 15)[seed % 3 == 0], most=bounds.most, rooms=bounds.rooms)
    for found in (
        in_order(claims, pot, bounds=bounds, partly=True),
        by_tiers(claims, pot, (Tier(3, 60), Tier(6, percent=Fraction(40))), bounds=bounds),
        by_score(claims, pot, bounds=bounds),
        at_one_rate(claims, pot, bounds=bounds),
        best_total(claims, pot, bounds=bounds, stock={"hours": 9}).division,
    ):
        assert found.given + found.left == pot
        assert found.left >= 0
        assert all(0 <= grant.amount <= bounds.wish(one) for one, grant in zip(claims, found.grants, strict=True))
        assert [grant.id for grant in found.grants] == [one.id for one in claims]
        amounts = {grant.id: grant.amount for grant in found.grants}
        for purse, room in bounds.rooms.items():
            assert sum(amounts[one.id] for one in claims if purse in one.purses) <= room


def test_a_full_purse_is_named_and_leaves_the_rest_of_the_pot_to_others() -> None:
    claims = (claim("a", 100, "9", 1, "quota:x"), claim("b", 100, "8", 2, "quota:x"), claim("c", 100, "7", 3, "free:"))
    bounds = Bounds(rooms={"quota:x": 150, "free:": 80})
    assert given(in_order(claims, 230, bounds=bounds, partly=True)) == {
        "a": (100, "rank"), "b": (50, "partly-quota"), "c": (80, "partly-free")
    }  # fmt: skip
    assert given(in_order(claims, 230, bounds=bounds))["b"] == (0, "no-room-quota")
    assert given(by_score(claims, 230, bounds=bounds)) == {
        "a": (79, "score-quota"), "b": (71, "score-quota"), "c": (80, "score-free")
    }  # fmt: skip


def test_classes_get_their_share_each() -> None:
    claims = (claim("a", 100, "9", 1, "class:x"), claim("b", 100, "8", 2, "class:y"), claim("c", 9, "7", 3, "class:z"))
    found = in_order(claims, 200, bounds=Bounds(rooms={"class:x": 100, "class:y": 50}), partly=True)
    assert given(found) == {"a": (100, "rank"), "b": (50, "partly-class"), "c": (0, "no-room-class")}
    assert found.left == 50


def test_one_rate_gives_all_the_same_share_of_what_they_asked() -> None:
    found = at_one_rate((claim("a", 100), claim("b", 50), claim("c", 1)), 90)
    assert [(one.amount, one.why, one.facts["percent"]) for one in found.grants] == [
        (60, "rate", "60.00"), (30, "rate", "60.00"), (0, "rate", "0.00")
    ]  # fmt: skip
    everything = at_one_rate((claim("a", 100), claim("b", 50)), 200)
    assert (given(everything), everything.left) == ({"a": (100, "rate-capped"), "b": (50, "rate-capped")}, 50)


def test_without_score_or_rank_nothing_is_given() -> None:
    bare = (claim("a", 100),)
    assert by_score(bare, 50).grants == in_order(bare, 50).grants == (Grant("a", 0, "no-score"),)

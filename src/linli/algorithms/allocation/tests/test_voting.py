"""A fund divided by votes: what the rules decide, within purses, with a reason for each."""

import pytest

from linli.algorithms.allocation import Completion, Election, Outcome, election, equal_shares, greedy, phragmen
from linli.algorithms.allocation.dividing import Bounds, Claim, Division
from linli.algorithms.allocation.voting import among, by_votes

pytestmark = pytest.mark.sqlite_only
BALLOTS = [("a", "b")] * 6 + [("b", "c")] * 3 + [("d",)] * 2 + [()]
VOTED = election(budget=1, costs={"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, ballots=BALLOTS)
FOUR = tuple(Claim(name, asked) for name, asked in (("a", 400_00), ("b", 300_00), ("c", 180_00), ("d", 100_00)))


def given(division: Division) -> dict[str, tuple[int, str]]:
    return {grant.id: (grant.amount, grant.why) for grant in division.grants}


def test_the_rules_count_at_what_is_asked_for_now() -> None:
    asked = among(VOTED, {"a": 400_00, "d": 100_00, "x": 5_00}, 700_00, 12)
    assert (asked.ids, asked.costs, asked.votes, asked.budget, asked.ballots) == (
        ("a", "d", "x"), (400_00, 100_00, 5_00), (6, 2, 0), 700_00, 12
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "amounts"),
    [
        (greedy, {"a": 400_00, "b": 300_00, "c": 0, "d": 0}),
        (phragmen, {"a": 0, "b": 300_00, "c": 180_00, "d": 100_00}),
        (equal_shares, {"a": 0, "b": 300_00, "c": 0, "d": 100_00}),
    ],
)
def test_every_rule_sums_to_the_pot_and_says_why(rule: object, amounts: dict[str, int]) -> None:
    assert callable(rule)
    found = by_votes(FOUR, 700_00, VOTED, rule)
    assert {one.id: one.amount for one in found.grants} == amounts
    assert found.given + found.left == 700_00
    assert all(one.why.startswith("votes-") and one.facts["votes"] for one in found.grants)


def test_what_nobody_voted_for_is_left_out_even_where_money_is_left() -> None:
    found = by_votes((*FOUR, Claim("e", 1_00), Claim("z", 1_00)), 10_000_00, VOTED, greedy)
    assert given(found)["e"] == given(found)["z"] == (0, "votes-no_support")
    assert found.left == 9_020_00


def test_a_choice_without_room_in_its_quota_is_taken_off_and_the_rule_asked_again() -> None:
    claims = [Claim(one.id, one.asked, purses=("quota:x",) if one.id in "ab" else ("free:",)) for one in FOUR]
    found = by_votes(claims, 700_00, VOTED, greedy, bounds=Bounds(rooms={"quota:x": 350_00, "free:": 350_00}))
    assert given(found) == {
        "a": (0, "votes-room-quota"), "b": (300_00, "votes-ranked"), "c": (180_00, "votes-ranked"),
        "d": (100_00, "votes-ranked"),
    }  # fmt: skip
    assert found.grants[0].facts == {"wanted": 400_00, "left": 50_00}


def test_only_so_many_are_chosen_as_there_are_places() -> None:
    found = by_votes(FOUR, 1_000_00, VOTED, greedy, bounds=Bounds(most=2))
    assert given(found)["c"] == (0, "votes-past-places")
    assert sum(1 for one in found.grants if one.amount) == 2


def test_each_class_has_an_election_of_its_own_by_those_who_voted_in_it() -> None:
    claims = [Claim(one.id, one.asked, purses=("class:x" if one.id in "ab" else "class:y",)) for one in FOUR]
    seen: list[tuple[int, int]] = []

    def rule(asked: Election) -> Outcome:
        seen.append((asked.budget, asked.ballots))
        return equal_shares(asked, completion=Completion.GREEDY)

    found = by_votes(claims, 700_00, VOTED, rule, bounds=Bounds(rooms={"class:x": 400_00, "class:y": 300_00}))
    assert seen == [(400_00, 9), (300_00, 5)]
    assert {one.id for one in found.grants if one.amount} == {"b", "c", "d"}
    assert found.given + found.left == 700_00

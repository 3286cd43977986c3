"""The rules on votes: small cases counted by hand, and thousands against the same rules in plain fractions."""

from fractions import Fraction
from random import Random

import pytest

from linli.algorithms.allocation import (
    Completion,
    Election,
    Outcome,
    Utility,
    Why,
    election,
    equal_shares,
    greedy,
    phragmen,
)
from linli.algorithms.allocation.tests import naive

pytestmark = pytest.mark.sqlite_only
COSTS = {"10": 60, "9": 60, "8": 40, "7": 30}
BALLOTS = [["10", "8"], ["10", "8"], ["9"], ["9", "7"], ["7"], []]


def street(budget: int = 120) -> Election:
    return election(budget=budget, costs=COSTS, ballots=BALLOTS)


def test_it_breaks_ties_by_the_id_read_as_text() -> None:
    assert greedy(election(budget=60, costs={"10": 60, "9": 60}, ballots=[["9"], ["10"]])).winners == ["10"]


def test_greedy_by_cost_goes_by_votes_and_skips_what_does_not_fit() -> None:
    outcome = greedy(street())
    told = {one.project: (one.won, one.why, one.figures["place"]) for one in outcome.verdicts}
    assert (outcome.winners, outcome.cost) == (["10", "7"], 90)
    assert told == {
        "10": (True, Why.RANKED, 1),
        "7": (True, Why.RANKED, 2),
        "8": (False, Why.NO_ROOM, 3),
        "9": (False, Why.NO_ROOM, 4),
    }


def test_greedy_by_cardinality_goes_by_votes_for_the_money() -> None:
    outcome = greedy(street(70), utility=Utility.CARDINALITY)
    assert (outcome.winners, outcome.verdicts[1].figures["score"]) == (["7", "8"], Fraction(2, 30))


def test_equal_shares_let_a_small_group_have_its_project() -> None:
    outcome = equal_shares(street())
    told = {one.project: (one.why, dict(one.figures)) for one in outcome.verdicts}
    assert told == {
        "7": (Why.BOUGHT, {"turn": 1, "each": 15, "payers": 2}),
        "8": (Why.BOUGHT, {"turn": 2, "each": 20, "payers": 2}),
        "9": (Why.UNAFFORDABLE, {"held": 25, "missing": 35}),
        "10": (Why.UNAFFORDABLE, {"held": 0, "missing": 60}),
    }


def test_it_counts_empty_ballots_among_those_who_share_the_budget() -> None:
    ballots = [["1"], [], []]
    assert [equal_shares(election(budget=budget, costs={"1": 10}, ballots=ballots)).winners for budget in (29, 30)] == [
        [],
        ["1"],
    ]


def test_add1_stops_before_the_first_outcome_above_the_budget() -> None:
    read = election(budget=10, costs={"1": 6, "2": 6}, ballots=[["1"], ["2"]])
    outcomes = [equal_shares(read, completion=one).winners for one in Completion]
    assert outcomes == [[], [], ["1"]]


def test_phragmen_stops_where_one_of_those_next_at_once_does_not_fit() -> None:
    read = election(budget=10, costs={"1": 6, "2": 6, "3": 1}, ballots=[["1"], ["2"], ["3"]])
    outcome = phragmen(read)
    told = {one.project: (one.why, dict(one.figures)) for one in outcome.verdicts}
    assert told == {
        "1": (Why.EARLIEST, {"turn": 2, "saved": 6}),
        "2": (Why.STOPPED, {"left": 3}),
        "3": (Why.EARLIEST, {"turn": 1, "saved": 1}),
    }


def test_it_takes_decimal_costs_and_points_without_rounding() -> None:
    ballots = [{"1": "0.5", "2": "1.5"}, {"1": 2}]
    read = election(budget="10.50", costs={"1": "5.25", "2": "5.26"}, ballots=ballots)
    outcome = greedy(read, utility=Utility.POINTS)
    assert (outcome.winners, outcome.cost, read.scale, read.sums) == (["1"], Fraction(21, 4), 100, (5, 3))


@pytest.mark.parametrize(
    ("costs", "ballots", "sentence"),
    [
        ({"1": 5}, [["2"]], "expected ballots for projects that stand, not '2'"),
        ({"1": -5}, [["1"]], "expected a budget and costs that are not negative"),
        ({}, [], "expected at least one project"),
        ({"1": 5}, [["1"], {"1": 3}], "expected ballots of one kind: all with points, or none"),
        ({"1": 5}, [{"1": -3}], "expected points that are not negative"),
    ],
)
def test_it_refuses_what_is_no_election(costs: dict[str, int], ballots: list[object], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        election(budget=1, costs=costs, ballots=ballots)  # type: ignore[arg-type]  # wrong on purpose


def test_it_refuses_points_of_ballots_that_have_none() -> None:
    with pytest.raises(ValueError, match="ballots with points"):
        equal_shares(street(), utility=Utility.POINTS)


def drawn(seed: int) -> tuple[int, dict[str, int], list[dict[str, int]]]:
    """A small election in which ties are frequent; one in five has a project without cost."""
    random = Random(seed)
    ids = [str(number) for number in range(7, 7 + random.randint(2, 8))]
    costs = {name: random.choice([random.randint(1, 6), 10 * random.randint(1, 6)]) for name in ids}
    if random.random() < 0.2:
        costs[ids[0]] = 0
    shy = random.choice([0.2, 0.5])
    voters = range(random.randint(1, 12))
    ballots = [{name: random.randint(1, 3) for name in ids if random.random() < shy} for _voter in voters]
    return random.randint(1, sum(costs.values()) + 1), costs, ballots


def compared(seed: int) -> list[tuple[list[str], list[str]]]:
    """(ours, plain fractions') winners of every rule on one drawn election."""
    budget, costs, ballots = drawn(seed)
    approvals = election(budget=budget, costs=costs, ballots=[list(one) for one in ballots])
    pointed = election(budget=budget, costs=costs, ballots=ballots)
    rows: list[tuple[Outcome, list[str]]] = [(phragmen(approvals), naive.phragmen(budget, costs, ballots))]
    for utility in Utility:
        read = pointed if utility is Utility.POINTS else approvals
        rows.append((greedy(read, utility=utility), naive.greedy(budget, costs, ballots, utility)))
        for completion in Completion:
            if completion is Completion.ADD1 and not min(costs.values()):
                continue
            ours = equal_shares(read, utility=utility, completion=completion)
            rows.append((ours, naive.equal_shares(budget, costs, ballots, utility, completion)))
    return [(ours.winners, theirs) for ours, theirs in rows]


def test_it_equals_the_rules_in_plain_fractions_on_elections_full_of_ties() -> None:
    different = [seed for seed in range(50) if any(ours != theirs for ours, theirs in compared(seed))]
    assert different == []


def test_it_gives_a_reason_for_every_project_and_won_only_for_winners() -> None:
    for seed in range(25):
        budget, costs, ballots = drawn(seed)
        read = election(budget=budget, costs=costs, ballots=[list(one) for one in ballots])
        for outcome in (greedy(read), phragmen(read), *(equal_shares(read, completion=one) for one in Completion)):
            assert [one.project for one in outcome.verdicts] == sorted(costs)
            assert [one.project for one in outcome.verdicts if one.won] == outcome.winners

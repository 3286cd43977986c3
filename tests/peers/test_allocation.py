"""Winners of budgets: all real elections with known winners, and thousands drawn full of ties, against pabutools."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from linli.algorithms.allocation import (
    Completion,
    Election,
    Outcome,
    Utility,
    election,
    equal_shares,
    greedy,
    phragmen,
    read_pb,
)
from linli.algorithms.allocation.tests.test_rules import drawn
from tests.support.budgets import BUDGETS, MISSING, compared, references

pytestmark = [pytest.mark.peer, pytest.mark.sqlite_only]
needs_data = pytest.mark.skipif(not BUDGETS.exists(), reason=MISSING)
KNOWN = {
    "greedy_cost": 128, "greedy_card": 128, "greedy_addcard": 21, "mes_cost": 127, "mes_card": 128, "mes_addcard": 21,
    "mes_cost_add1": 76, "phragmen": 128,
}  # fmt: skip
"""How many winners of each rule the references tell."""
DRAWN = 2_000


@needs_data
def test_winners_of_every_real_election_equal_the_references() -> None:
    rows = list(compared(references()))
    assert [(file, rule) for file, rule, same in rows if not same] == []
    assert Counter(rule for _file, rule, _same in rows) == KNOWN


@needs_data
def test_every_real_file_is_read_but_those_with_rankings() -> None:
    refused = Counter()
    for file in sorted((BUDGETS / "instances").glob("*.pb")):
        try:
            read_pb(file)
        except ValueError as error:
            refused[str(error).partition(": ")[2]] += 1
    told = "expected 'vote_type;' and one of approval, choose-1, scoring, cumulative"
    assert refused == {told: 6}


class Peer:
    """The same election and rules in pabutools."""

    def __init__(self, budget: int, costs: dict[str, int], ballots: list[dict[str, int]]) -> None:
        from pabutools import election as peer

        own = {name: peer.Project(name, cost) for name, cost in costs.items()}
        self.instance = peer.Instance(own.values(), budget_limit=budget)
        approvals = [peer.ApprovalBallot(own[name] for name in ballot) for ballot in ballots]
        points = [peer.CardinalBallot({own[name]: mark for name, mark in ballot.items()}) for ballot in ballots]
        self.approvals = peer.ApprovalProfile(approvals).as_multiprofile()
        self.points = peer.CardinalProfile(points).as_multiprofile()
        self.voters = len(ballots)
        measures = (peer.Cost_Sat, peer.Cardinality_Sat, peer.Additive_Cardinal_Sat)
        self.measures = dict(zip(Utility, measures, strict=True))

    def profile(self, utility: Utility) -> Any:
        return self.points if utility is Utility.POINTS else self.approvals

    def greedy(self, utility: Utility) -> Any:
        from pabutools.rules import greedy_utilitarian_welfare

        return greedy_utilitarian_welfare(self.instance, self.profile(utility), sat_class=self.measures[utility])

    def phragmen(self) -> Any:
        from pabutools.rules import sequential_phragmen

        return sequential_phragmen(self.instance, self.approvals)

    def shares(self, utility: Utility, completion: Completion) -> Any:
        """Raising the budget by one unit for each voter raises every endowment by one."""
        from pabutools.fractions import frac
        from pabutools.rules import exhaustion, greedy_utilitarian_welfare, method_of_equal_shares

        profile, words = self.profile(utility), {"sat_class": self.measures[utility]}
        if completion is Completion.ADD1:
            return exhaustion.exhaustion_by_budget_increase(
                self.instance, profile, method_of_equal_shares, words, budget_step=frac(self.voters)
            )
        rules = [method_of_equal_shares, greedy_utilitarian_welfare]
        if completion is Completion.GREEDY:
            return exhaustion.completion_by_rule_combination(self.instance, profile, rules, [words, dict(words)])
        return method_of_equal_shares(self.instance, profile, **words)


def pairs(seed: int) -> dict[str, tuple[Callable[[], Outcome], Callable[[], Any]]]:
    """Rule → (ours, theirs) on one drawn election."""
    budget, costs, ballots = drawn(seed)
    peer = Peer(budget, costs, ballots)
    approvals = election(budget=budget, costs=costs, ballots=[list(one) for one in ballots])
    pointed = election(budget=budget, costs=costs, ballots=ballots)
    found: dict[str, tuple[Callable[[], Outcome], Callable[[], Any]]] = {
        "phragmen": (partial(phragmen, approvals), peer.phragmen)
    }
    for utility in Utility:
        read: Election = pointed if utility is Utility.POINTS else approvals
        found[f"greedy {utility}"] = (partial(greedy, read, utility=utility), partial(peer.greedy, utility))
        for completion in Completion:
            if completion is Completion.ADD1 and not min(costs.values()):
                continue  # what costs nothing never stops fitting; the peer goes on until its bound
            ours = partial(equal_shares, read, utility=utility, completion=completion)
            found[f"shares {utility} {completion}"] = (ours, partial(peer.shares, utility, completion))
    return found


@pytest.mark.filterwarnings("ignore")
def test_two_thousand_elections_full_of_ties_have_the_peers_winners() -> None:
    asked, different = Counter(), []
    for seed in range(DRAWN):
        for rule, (ours, theirs) in pairs(seed).items():
            asked[rule] += 1
            if ours().winners != sorted(one.name for one in theirs()):
                different.append((seed, rule))
    assert different == []
    assert (asked["phragmen"], asked["shares cost add1"] > 0.8 * DRAWN, len(asked)) == (DRAWN, True, 13)


def test_shares_of_money_are_exact_where_floats_would_decide_otherwise() -> None:
    """Two prices that differ by less than a float can tell apart after purchases with periodic fractions."""
    big = 10**15
    costs = {"1": big, "2": big + 1, "3": 3}
    ballots = [["1"], ["2"], ["3", "1"], ["3", "2"], ["3"]]
    read = election(budget=3 * big, costs=costs, ballots=ballots)
    peer = Peer(3 * big, costs, [dict.fromkeys(one, 1) for one in ballots])
    ours = [equal_shares(read, utility=one).winners for one in (Utility.COST, Utility.CARDINALITY)]
    theirs = [
        sorted(one.name for one in peer.shares(utility, Completion.NONE))
        for utility in (Utility.COST, Utility.CARDINALITY)
    ]
    assert (ours, Fraction(read.budget, read.ballots)) == (theirs, Fraction(3 * big, 5))

"""The method of equal shares with its completions: none, endowments raised step by step, or greedily."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction

from linli.algorithms.allocation.elections import Election
from linli.algorithms.allocation.greedy import Utility, check_utility, completed
from linli.algorithms.allocation.outcomes import Outcome, Verdict, Why, verdict
from linli.algorithms.allocation.shares import Run, Shares

FIRST_STRIDE = 8


class Completion(StrEnum):
    """What happens to money that equal shares leave."""

    NONE = "none"
    ADD1 = "add1"
    GREEDY = "greedy"


def equal_shares(
    election: Election, *, utility: Utility = Utility.COST, completion: Completion = Completion.NONE
) -> Outcome:
    """The winners of equal shares; exact, ties to the smallest id as text.

    ``ADD1`` raises every voter's money by one unit of the currency at a time and stops before the first outcome above
    the budget, or when nothing more fits. Raises ValueError as :func:`check_utility`.
    """
    check_utility(election, utility)
    shares = Shares(election, utility)
    run = Run(shares, Fraction(election.budget, max(1, election.ballots))).finish()
    if completion is Completion.ADD1:
        run = _raised(shares, run)
    chosen = _chosen(run)
    if completion is Completion.GREEDY:
        taken, others = completed(election, chosen, utility)
        return Outcome(election, taken, lambda: {**others(), **_paid(run)})
    return Outcome(election, chosen, lambda: {**_unpaid(run), **_paid(run)})


def _chosen(run: Run) -> tuple[int, ...]:
    return (*run.shares.free, *(one.project for one in run.purchases))


def _raised(shares: Shares, run: Run) -> Run:
    """The last run within the budget while the endowment rises by one unit a step.

    Steps between two endowments that are shown to buy the same are skipped: the stride doubles while that can be
    shown, and is quartered where it cannot.
    """
    election, start, steps, stride = shares.election, run.endowment, 0, FIRST_STRIDE
    while not _full(run):
        further = Run(shares, start + (steps + stride) * election.scale)
        if stride == 1:
            before, run = run, further.finish()
            if election.cost_of(_chosen(run)) > election.budget:
                return before
            same = [one.project for one in before.purchases] == [one.project for one in run.purchases]
            steps, stride = steps + 1, 2 if same else 1
        elif further.follows(run):
            run, steps, stride = further, steps + stride, 2 * stride
        else:
            stride = max(1, stride // 4)
    return run


def _full(run: Run) -> bool:
    """Whether nothing more fits, or everything that anybody supports is bought."""
    election, chosen = run.election, frozenset(_chosen(run))
    left = election.budget - election.cost_of(chosen)
    others = [cost for one, cost in enumerate(election.costs) if one not in chosen]
    return all(cost > left for cost in others) or len(run.purchases) == len(run.shares.backings)


def _paid(run: Run) -> Mapping[int, Verdict]:
    """Verdicts on what was bought."""
    election, exact = run.election, run.exact
    found = {one: verdict(election, one, Why.FREE, won=True) for one in run.shares.free}
    for turn, purchase in enumerate(run.purchases):
        project, each, payers = purchase.project, exact.cap(turn) / election.scale, exact.payers[turn]
        found[project] = verdict(election, project, Why.BOUGHT, won=True, turn=turn + 1, each=each, payers=payers)
    return found


def _unpaid(run: Run) -> Mapping[int, Verdict]:
    """Verdicts on all projects as if nobody could pay for them; true of those not bought."""
    election, found = run.election, {}
    for one, cost in enumerate(election.costs):
        voters = election.supporters(one)
        if not len(voters):
            found[one] = verdict(election, one, Why.NO_SUPPORT, won=False)
            continue
        held = run.exact.held(voters[run.money[voters] > 0]) / election.scale
        missing = election.money(cost) - held
        found[one] = verdict(election, one, Why.UNAFFORDABLE, won=False, held=held, missing=missing)
    return found

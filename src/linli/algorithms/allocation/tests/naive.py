"""The rules once more, slowly and in fractions only, voter by voter: what the quick ones are compared with."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import count

Ballots = Sequence[Mapping[str, int]]
Costs = Mapping[str, int]
FOREVER = Fraction(10**9)


def worth(cost: int, points: int, utility: str) -> Fraction:
    return Fraction({"cost": cost, "cardinality": 1, "points": points}[utility] if points else 0)


def greedy(budget: int, costs: Costs, ballots: Ballots, utility: str, start: Iterable[str] = ()) -> list[str]:
    def density(name: str) -> Fraction:
        total = sum((worth(costs[name], ballot.get(name, 0), utility) for ballot in ballots), Fraction(0))
        return total / costs[name] if costs[name] else FOREVER * (total > 0)

    taken = list(start)
    for name in sorted(set(costs) - set(taken), key=lambda name: (-density(name), name)):
        if sum(costs[one] for one in taken) + costs[name] <= budget:
            taken.append(name)
    return sorted(taken)


def price_of(name: str, costs: Costs, ballots: Ballots, money: Sequence[Fraction], utility: str) -> Fraction | None:
    """What a unit of satisfaction costs the supporters who can pay in full."""
    backing = [(money[i], worth(costs[name], b.get(name, 0), utility)) for i, b in enumerate(ballots)]
    rich, missing = [(held, worth) for held, worth in backing if worth], Fraction(costs[name])
    while rich:
        price = missing / sum(worth for _held, worth in rich)
        poor = [one for one in rich if one[0] < price * one[1]]
        if not poor:
            return price
        missing -= sum(held for held, _worth in poor)
        rich = [one for one in rich if one not in poor]
    return None


def shares(costs: Costs, ballots: Ballots, endowment: Fraction, utility: str) -> list[str]:
    money = [endowment] * len(ballots)
    supported = {name for ballot in ballots for name, points in ballot.items() if points}
    free = [name for name in supported if not costs[name] and utility != "cost"]
    bought, open_ones = list(free), {name for name in supported if costs[name]}
    while True:
        prices = {name: price_of(name, costs, ballots, money, utility) for name in open_ones}
        paid = sorted((price, name) for name, price in prices.items() if price is not None)
        if not paid:
            return sorted(bought)
        price, name = paid[0]
        open_ones.remove(name)
        bought.append(name)
        for i, ballot in enumerate(ballots):
            money[i] -= min(money[i], price * worth(costs[name], ballot.get(name, 0), utility))


def equal_shares(budget: int, costs: Costs, ballots: Ballots, utility: str, completion: str) -> list[str]:
    endowment = Fraction(budget, len(ballots))
    found = shares(costs, ballots, endowment, utility)
    if completion == "greedy":
        return greedy(budget, costs, ballots, utility, found)
    if completion == "none":
        return found
    most = {name for name in costs if costs[name] and any(ballot.get(name) for ballot in ballots)}
    for step in count(1):
        left = budget - sum(costs[name] for name in found)
        if most <= set(found) or all(costs[name] > left for name in set(costs) - set(found)):
            return found
        before, found = found, shares(costs, ballots, endowment + step, utility)
        if sum(costs[name] for name in found) > budget:
            return before
    raise AssertionError


def phragmen(budget: int, costs: Costs, ballots: Ballots) -> list[str]:
    loads = [Fraction(0)] * len(ballots)
    open_ones, bought = {name for name in costs if costs[name] <= budget}, []
    while open_ones:
        moments = {}
        for name in open_ones:
            fans = [i for i, ballot in enumerate(ballots) if ballot.get(name)]
            moments[name] = (sum(loads[i] for i in fans) + costs[name]) / Fraction(len(fans)) if fans else FOREVER
        first = [name for name in open_ones if moments[name] == min(moments.values())]
        if any(sum(costs[one] for one in bought) + costs[name] > budget for name in first):
            break
        name = min(first)
        open_ones.remove(name)
        bought.append(name)
        loads = [moments[name] if ballot.get(name) else load for ballot, load in zip(ballots, loads, strict=True)]
    return sorted(bought)

"""``plan``: first the longest session as short as can be, then the shortest as long as can be, both with their proof.

A quick search usually meets the bound that arithmetic gives; only where it does not, CP-SAT is asked whether loads
within a window are possible, window by window.
"""

import time
from dataclasses import dataclass
from math import gcd
from random import Random

from linli.algorithms.panels.demands import Demand, Infeasible, Session, Task, Unit

STARTS = 60
"""Restarts of the quick search."""


@dataclass(frozen=True)
class Timetable:
    """``placed``: the session of each unit by its id. Minutes: ``longest`` and ``shortest`` session, and their bounds:
    no timetable has a longest below ``bound``, none with this longest a shortest above ``shortest_bound``."""

    placed: dict[str, Session]
    loads: dict[Session, int]
    longest: int
    shortest: int
    bound: int
    shortest_bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.longest == self.bound and self.shortest == self.shortest_bound


class _Weighed:
    """The task in whole numbers: weights divided by what they share, the sessions each unit may have."""

    def __init__(self, task: Task, without: frozenset[Demand] = frozenset()) -> None:
        minutes = [task.weight(unit) for unit in task.units]
        self.unit = gcd(*minutes) or 1
        self.weights = [one // self.unit for one in minutes]
        self.sessions = task.sessions()
        number = {session: place for place, session in enumerate(self.sessions)}
        self.allowed = [[number[one] for one in task.allowed(unit, without=without)] for unit in task.units]
        self.total = sum(self.weights)
        self.limit = self.total if task.longest is None else task.longest // self.unit
        self.sums = 1
        for weight in self.weights:
            self.sums |= self.sums << weight

    def least_longest(self) -> int:
        """No session can be longer than the longest of a timetable, which is at least this: a sum of units."""
        least = max(-(-self.total // len(self.sessions)), *self.weights)
        while not self.sums >> least & 1:
            least += 1
        return least

    def most_shortest(self, longest: int) -> int:
        """The shortest session is at most this: a sum of units, and the rest must fit below ``longest``."""
        most = min(self.total // len(self.sessions), longest)
        while most and not self.sums >> most & 1:
            most -= 1
        return most


def plan(task: Task, *, seconds: float = 20.0, seed: int = 0) -> Timetable:
    """A timetable; proven best unless ``seconds`` ran out. The same seed gives the same one.

    Raises Infeasible with the demands that clash, ValueError for a task without units, groups or days.
    """
    weighed = _checked(task)
    until = time.monotonic() + seconds
    search = _Search(weighed, _quick(weighed, Random(seed)), until, seed)  # noqa: S311  # a search, no secret
    search.shorten()
    if min(search.bound, search.longest) > weighed.limit:
        raise Infeasible(_clash(task))
    search.level()
    return _told(task, weighed, search)


def sketch(task: Task, *, seed: int = 0) -> Timetable:
    """What the quick search finds, with the bounds of arithmetic, without the solver; often proven all the same.

    Its longest session may exceed ``task.longest``. Raises Infeasible where a unit fits nowhere, and as ``plan``.
    """
    weighed = _checked(task)
    starts = max(1, min(STARTS, STARTS * 26**2 // len(task.units) ** 2))  # a start grows with the square of the units
    search = _Search(weighed, _quick(weighed, Random(seed), starts), 0.0, seed)  # noqa: S311  # a search, no secret
    search.top = weighed.most_shortest(search.longest)
    return _told(task, weighed, search)


def _checked(task: Task) -> "_Weighed":
    """The task in whole numbers. Raises ValueError for one of nothing, Infeasible where a unit fits nowhere."""
    if not task.units or not task.groups or task.days < 1:
        message = "a timetable needs units, groups and days"
        raise ValueError(message)
    weighed = _Weighed(task)
    if not all(weighed.allowed) or max(weighed.weights) > weighed.limit:
        raise Infeasible(_clash(task))
    return weighed


class _Search:
    """The best placing so far and the bounds proven so far."""

    def __init__(self, weighed: _Weighed, found: list[int], until: float, seed: int) -> None:
        self.weighed, self.until, self.seed = weighed, until, seed
        self.bound = weighed.least_longest()
        self.top = 0
        self.take(found)

    def take(self, found: list[int]) -> None:
        """This placing is the best now."""
        self.found = found
        self.longest, self.shortest = _ends(self.weighed, found)

    def shorten(self) -> None:
        """Raise the bound, or shorten the longest session, until they meet or time is out."""
        while self.bound < self.longest and self.bound <= self.weighed.limit:
            better = _window(self.weighed, 0, self.bound, self.until, self.seed)
            if better is None:
                return
            if better:
                self.take(better)
            else:
                self.bound += 1

    def level(self) -> None:
        """Then the same for the shortest session, from above."""
        self.top = self.weighed.most_shortest(self.longest)
        while self.top > self.shortest:
            better = _window(self.weighed, self.top, self.longest, self.until, self.seed)
            if better is None:
                return
            if better:
                self.take(better)
            else:
                self.top -= 1


def _told(task: Task, weighed: _Weighed, search: _Search) -> Timetable:
    loads = dict.fromkeys(weighed.sessions, 0)
    placed = {}
    for unit, place in zip(task.units, search.found, strict=True):
        placed[unit.id] = weighed.sessions[place]
        loads[weighed.sessions[place]] += task.weight(unit)
    return Timetable(
        placed, loads, max(loads.values()), min(loads.values()), search.bound * weighed.unit, search.top * weighed.unit
    )


def _ends(weighed: _Weighed, found: list[int]) -> tuple[int, int]:
    loads = [0] * len(weighed.sessions)
    for weight, place in zip(weighed.weights, found, strict=True):
        loads[place] += weight
    return max(loads), min(loads)


def _quick(weighed: _Weighed, chance: Random, starts: int = STARTS) -> list[int]:
    """The best of several starts: longest units first onto the emptiest session, then moves and swaps."""
    goal = (weighed.least_longest(), -weighed.most_shortest(weighed.least_longest()))
    best: tuple[tuple[int, int], list[int]] | None = None
    for start in range(starts):
        spice = 0.0 if start == 0 else 0.6
        order = sorted(
            range(len(weighed.weights)),
            key=lambda one: (len(weighed.allowed[one]) > 1, -weighed.weights[one] * (1 + spice * chance.random())),
        )
        found = _improved(weighed, _dealt(weighed, order))
        longest, shortest = _ends(weighed, found)
        if best is None or (longest, -shortest) < best[0]:
            best = ((longest, -shortest), found)
        if best[0] == goal:
            break
    assert best is not None  # at least one start
    return best[1]


def _dealt(weighed: _Weighed, order: list[int]) -> list[int]:
    loads = [0] * len(weighed.sessions)
    found = [0] * len(order)
    for one in order:
        found[one] = min(weighed.allowed[one], key=lambda place: loads[place])
        loads[found[one]] += weighed.weights[one]
    return found


def _improved(weighed: _Weighed, found: list[int]) -> list[int]:
    """Move a unit, or swap two, as long as the sum of squared loads falls."""
    loads = [0] * len(weighed.sessions)
    for one, place in enumerate(found):
        loads[place] += weighed.weights[one]
    better = True
    while better:
        better = any(_step(weighed, found, loads, one) for one in range(len(found)))
    return found


def _step(weighed: _Weighed, found: list[int], loads: list[int], one: int) -> bool:
    here, weight = found[one], weighed.weights[one]
    for place in weighed.allowed[one]:
        if place != here and loads[here] - weight > loads[place]:
            loads[here] -= weight
            loads[place] += weight
            found[one] = place
            return True
    for other, there in enumerate(found):
        gain = weight - weighed.weights[other]
        if there == here or gain <= 0 or loads[here] - gain <= loads[there]:
            continue
        if there in weighed.allowed[one] and here in weighed.allowed[other]:
            found[one], found[other] = there, here
            loads[here] -= gain
            loads[there] += gain
            return True
    return False


def _window(weighed: _Weighed, least: int, most: int, until: float, seed: int) -> list[int] | None:
    """Units on sessions of ``least`` to ``most`` each; [] where that is proven impossible, None when time is out."""
    left = until - time.monotonic()
    if left <= 0:
        return None
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    sits = [
        {place: model.new_bool_var(f"{one}-{place}") for place in places} for one, places in enumerate(weighed.allowed)
    ]
    for places in sits:
        model.add_exactly_one(places.values())
    loads = []
    for place in range(len(weighed.sessions)):
        load = sum(weight * at[place] for weight, at in zip(weighed.weights, sits, strict=True) if place in at)
        model.add_linear_constraint(load, least, most)
        loads.append(load)
    for one, other in _alike(weighed):
        model.add(loads[one] <= loads[other])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = left
    answer = solver.solve(model)
    if answer in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [next(place for place, sit in at.items() if solver.value(sit)) for at in sits]
    return [] if answer == cp_model.INFEASIBLE else None


def _alike(weighed: _Weighed) -> list[tuple[int, int]]:
    """Neighbouring sessions open to the same units: their order means nothing, so one order is enough."""
    open_to: dict[frozenset[int], int] = {}
    pairs = []
    for place in range(len(weighed.sessions)):
        units = frozenset(one for one, places in enumerate(weighed.allowed) if place in places)
        if units in open_to:
            pairs.append((open_to[units], place))
        open_to[units] = place
    return pairs


def _clash(task: Task) -> tuple[Demand, ...]:
    """Demands that cannot be met together; taking any one of them away would do."""
    for unit in task.units:
        if not task.allowed(unit):
            return tuple(_needed(task, unit))
    limit = Demand("longest", "", str(task.longest))
    demands = [one for unit in task.units for one in task.demands_of(unit)]
    kept = list(demands)
    for one in demands:
        rest = [other for other in kept if other != one]
        if not _possible(task, frozenset(demands) - frozenset(rest)):
            kept = rest
    return (limit, *kept)


def _needed(task: Task, unit: Unit) -> list[Demand]:
    """The demands of one unit that leave it no session, none spare."""
    kept = task.demands_of(unit)
    for one in list(kept):
        rest = [other for other in kept if other != one]
        if not task.allowed(unit, without=frozenset(task.demands_of(unit)) - frozenset(rest)):
            kept = rest
    return kept


def _possible(task: Task, without: frozenset[Demand]) -> bool:
    """Whether the sessions can be kept to ``task.longest`` when some demands are dropped."""
    weighed = _Weighed(task, without)
    if max(weighed.weights) > weighed.limit or weighed.total > weighed.limit * len(weighed.sessions):
        return False
    return bool(_window(weighed, 0, weighed.limit, time.monotonic() + 5, 0))

"""Timetables: units together, nobody before a judge who must not hear them, as level as can be, with proof."""

from itertools import product
from random import Random

import pytest

from linli.algorithms.panels import Break, Demand, Group, Infeasible, Slot, Task, Timetable, Unit, plan, slots

pytestmark = pytest.mark.sqlite_only
GROUPS = (Group("一组", ("甲", "乙")), Group("二组", ("丙", "丁")))


def units(*projects: int) -> tuple[Unit, ...]:
    return tuple(Unit(f"u{place}", count) for place, count in enumerate(projects, start=1))


def by_hand(task: Task) -> tuple[int, int]:
    """The shortest longest session, then the longest shortest, by trying everything."""
    best = None
    for places in product(*(task.allowed(unit) for unit in task.units)):
        loads = dict.fromkeys(task.sessions(), 0)
        for unit, place in zip(task.units, places, strict=True):
            loads[place] += task.weight(unit)
        found = (max(loads.values()), -min(loads.values()))
        best = found if best is None else min(best, found)
    assert best is not None
    return best[0], -best[1]


@pytest.mark.parametrize("seed", range(12))
def test_it_finds_what_trying_everything_finds(seed: int) -> None:
    chance = Random(seed)
    made = tuple(
        Unit(f"u{place}", chance.randint(1, 5), frozenset(chance.sample(["甲", "乙", "丙"], chance.randint(0, 1))))
        for place in range(7)
    )
    task = Task(made, GROUPS, days=2, minutes=chance.choice((10, 15)), change_over=chance.choice((0, 5)))
    table = plan(task)
    assert (table.longest, table.shortest, table.proven) == (*by_hand(task), True)


def demo() -> Task:
    """26 units with 72 projects, four groups of five judges, two days, a judge in ten not for a unit."""
    chance = Random(26)
    counts = [1] * 26
    for _more in range(72 - 26):
        counts[chance.randrange(26)] += 1
    judges = [f"j{number}" for number in range(20)]
    groups = tuple(Group(f"g{place}", tuple(judges[5 * place : 5 * place + 5])) for place in range(4))
    made = tuple(
        Unit(f"u{place}", count, frozenset([chance.choice(judges)]) if chance.random() < 0.5 else frozenset())
        for place, count in enumerate(counts)
    )
    return Task(made, groups, days=2)


def broken(task: Task, table: Timetable) -> list[str]:
    """Units before a judge who must not hear them."""
    return [unit.id for unit in task.units if unit.not_with & set(task.groups[table.placed[unit.id][0]].judges)]


def test_it_proves_26_units_on_four_groups_and_two_days() -> None:
    task = demo()
    table = plan(task)
    assert (table.proven, sum(table.loads.values()), broken(task, table)) == (True, 72 * 15 + 26 * 5, [])
    assert table.longest - table.shortest <= 10


def test_the_same_seed_gives_the_same_timetable() -> None:
    assert plan(demo(), seed=4) == plan(demo(), seed=4)


def test_it_keeps_wishes() -> None:
    wishes = (Unit("a", 2, group="二组"), Unit("b", 2, days=frozenset({2})), Unit("c", 3), Unit("d", 3))
    placed = plan(Task(wishes, GROUPS, days=2)).placed
    assert (placed["a"][0], placed["b"][1]) == (1, 1)


def test_it_names_the_judges_that_leave_a_unit_no_group() -> None:
    task = Task((Unit("a", 1, frozenset({"甲", "丙", "丁"})), Unit("b", 1)), (GROUPS[0], Group("二组", ("丙",))))
    with pytest.raises(Infeasible) as none:
        plan(task)
    assert none.value.clash == (Demand("not_with", "a", "丙"), Demand("not_with", "a", "甲"))


def test_it_names_wishes_that_make_a_session_too_long() -> None:
    wishes = (Unit("a", 3, group="一组"), Unit("b", 3, group="一组"), Unit("c", 1, group="二组"))
    with pytest.raises(Infeasible) as none:
        plan(Task(wishes, GROUPS, minutes=10, change_over=0, longest=50))
    assert none.value.clash == (Demand("longest", "", "50"), Demand("group", "a", "一组"), Demand("group", "b", "一组"))


def test_it_names_the_length_alone_where_there_is_too_much_of_everything() -> None:
    with pytest.raises(Infeasible) as none:
        plan(Task(units(3, 3, 3), GROUPS, minutes=10, change_over=0, longest=40))
    assert none.value.clash == (Demand("longest", "", "40"),)


@pytest.mark.parametrize("task", [Task((), GROUPS), Task(units(1), ()), Task(units(1), GROUPS, days=0)])
def test_it_refuses_a_task_of_nothing(task: Task) -> None:
    with pytest.raises(ValueError, match="a timetable needs units, groups and days"):
        plan(task)


def test_it_writes_the_clock_with_change_overs_and_breaks() -> None:
    task = Task(units(2, 1), (Group("一组"),), minutes=15, change_over=5)
    assert slots(task, plan(task), breaks=(Break(after=30, minutes=10),)) == [
        Slot(0, 0, "u1", 1, 0, 15),
        Slot(0, 0, "u1", 2, 15, 30),
        Slot(0, 0, "u2", 1, 45, 60),
    ]

"""``linli bench panels``: timetables of 26 units, 72 projects, 4 groups, 2 days, beside the plain way of CP-SAT.

The plain way tells the solver everything at once: the longest session, then the spread, as variables to make small.
"""

import sys
import time
from collections.abc import Sequence
from random import Random

from linli.algorithms.panels import Group, Task, Unit, plan

SEEDS, GOAL, PATIENCE = 8, 1.0, 20.0
"""Instances; wall seconds a timetable may take; seconds the plain way gets."""


def invented(seed: int) -> Task:
    """One instance: a judge in ten may not hear a unit."""
    chance = Random(seed)  # noqa: S311  # an invented timetable
    counts = [1] * 26
    for _more in range(72 - 26):
        counts[chance.randrange(26)] += 1
    judges = [f"j{number}" for number in range(20)]
    groups = tuple(Group(f"g{place}", tuple(judges[5 * place : 5 * place + 5])) for place in range(4))
    units = tuple(
        Unit(f"u{place}", count, frozenset([chance.choice(judges)]) if chance.random() < 0.5 else frozenset())
        for place, count in enumerate(counts)
    )
    return Task(units, groups, days=2)


def plain(task: Task, seconds: float) -> tuple[int, int, bool]:
    """The plain way: longest and shortest session, and whether it was proven in time."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    sessions = task.sessions()
    sits = [{one: model.new_bool_var("") for one in task.allowed(unit)} for unit in task.units]
    for at in sits:
        model.add_exactly_one(at.values())
    total = sum(task.weight(unit) for unit in task.units)
    longest, shortest = model.new_int_var(0, total, ""), model.new_int_var(0, total, "")
    for session in sessions:
        load = sum(task.weight(unit) * at[session] for unit, at in zip(task.units, sits, strict=True) if session in at)
        model.add(load <= longest)
        model.add(load >= shortest)
    model.minimize(longest * (total + 1) - shortest)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    proven = solver.solve(model) == cp_model.OPTIMAL
    return solver.value(longest), solver.value(shortest), proven


def run(_words: Sequence[str] = ()) -> int:
    """Print both ways, instance by instance; 1 where a goal is missed or the ways differ."""
    import ortools.sat.python.cp_model  # so that neither way pays for it

    assert ortools.sat.python.cp_model
    wrong = 0
    for seed in range(SEEDS):
        task = invented(seed)
        began = time.perf_counter()
        table = plan(task)
        ours = time.perf_counter() - began
        began = time.perf_counter()
        longest, shortest, proven = plain(task, PATIENCE)
        theirs = time.perf_counter() - began
        wrong += not table.proven or ours > GOAL or (proven and (longest, shortest) != (table.longest, table.shortest))
        sys.stdout.write(
            f"seed {seed}: {table.longest}/{table.shortest} min {'proven' if table.proven else 'open'} {ours:6.3f} s; "
            f"plain {longest}/{shortest} {'proven' if proven else 'open'} {theirs:6.3f} s ({theirs / ours:,.0f} x)\n"
        )
    return int(wrong > 0)

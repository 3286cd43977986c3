"""Clock times inside a session: the projects of a unit one after the other, a change-over, breaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from linli.algorithms.panels.demands import Session, Task
from linli.algorithms.panels.planning import Timetable


@dataclass(frozen=True)
class Break:
    """After ``after`` minutes of a session at the earliest, between two projects, ``minutes`` long."""

    after: int
    minutes: int


@dataclass(frozen=True)
class Slot:
    """``group`` and ``day`` count from 0, ``project`` from 1; ``start`` and ``end`` are minutes from the beginning."""

    group: int
    day: int
    unit: str
    project: int
    start: int
    end: int


def slots(task: Task, table: Timetable, *, breaks: Sequence[Break] = ()) -> list[Slot]:
    """Every project's slot, by day, group and time; units in the order they were given."""
    by_session: dict[Session, list[Slot]] = {session: [] for session in task.sessions()}
    clock = dict.fromkeys(by_session, 0)
    waiting = {session: sorted(breaks, key=lambda one: one.after) for session in by_session}
    for unit in task.units:
        group, day = session = table.placed[unit.id]
        for project in range(1, unit.projects + 1):
            while waiting[session] and by_session[session] and clock[session] >= waiting[session][0].after:
                clock[session] += waiting[session].pop(0).minutes
            end = clock[session] + task.minutes
            by_session[session].append(Slot(group, day, unit.id, project, clock[session], end))
            clock[session] = end
        clock[session] += task.change_over
    return [slot for session in task.sessions() for slot in by_session[session]]

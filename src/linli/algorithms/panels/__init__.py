"""Panels: units and their projects on groups of judges and days; the longest session as short as can be, proven."""

from linli.algorithms.panels.clock import Hours, Pause, lay, ordered
from linli.algorithms.panels.demands import Demand, Group, Infeasible, Task, Unit
from linli.algorithms.panels.planning import Timetable, plan, sketch
from linli.algorithms.panels.slots import Break, Slot, slots

__all__ = [
    "Break",
    "Demand",
    "Group",
    "Hours",
    "Infeasible",
    "Pause",
    "Slot",
    "Task",
    "Timetable",
    "Unit",
    "lay",
    "ordered",
    "plan",
    "sketch",
    "slots",
]

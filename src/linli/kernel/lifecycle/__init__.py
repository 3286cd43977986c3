"""States and the only door between them: permission, guards, one compare-and-set, clocks, audit, events."""

from linli.kernel.lifecycle.machine import Lifecycle, lifecycles
from linli.kernel.lifecycle.transitions import Clock, Guard, Transition, pauses, resumes, starts, stops

__all__ = [
    "Clock",
    "Guard",
    "Lifecycle",
    "Transition",
    "lifecycles",
    "pauses",
    "resumes",
    "starts",
    "stops",
]

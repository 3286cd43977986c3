"""``lay``: clock times of one room and day; nothing runs into a pause, nothing comes before its wish."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pause:
    """From ``start`` to ``end``, minutes since midnight."""

    start: int
    end: int


@dataclass(frozen=True)
class Hours:
    """One day of a room: minutes since midnight, minutes a project, minutes between two units."""

    opens: int
    closes: int
    minutes: int
    change_over: int = 0
    pauses: tuple[Pause, ...] = ()

    @property
    def room(self) -> int:
        """Minutes of the day that no pause takes."""
        taken = sum(max(0, min(one.end, self.closes) - max(one.start, self.opens)) for one in self.pauses)
        return self.closes - self.opens - taken

    def clear(self, start: int) -> int:
        """The first moment from ``start`` on at which a whole project fits before the next pause."""
        for pause in sorted(self.pauses, key=lambda one: one.start):
            if start < pause.end and start + self.minutes > pause.start:
                start = pause.end
        return start


def lay(units: Sequence[str], hours: Hours, earliest: Mapping[str, int] | None = None) -> list[int]:
    """When each project begins; ``units`` names the unit of each in their order. The day may run over its end."""
    clock, starts, before = hours.opens, [], None
    for unit in units:
        if before is not None and unit != before:
            clock += hours.change_over
        starts.append(hours.clear(max(clock, (earliest or {}).get(unit, 0))))
        clock, before = starts[-1] + hours.minutes, unit
    return starts


def ordered(projects: Mapping[str, int], hours: Hours, earliest: Mapping[str, int] | None = None) -> list[str]:
    """Units in their order, those that may not begin yet later, so that the room waits least."""
    left, done, clock = list(projects), list[str](), hours.opens
    wishes = earliest or {}
    while left:
        ready = [unit for unit in left if wishes.get(unit, 0) <= clock]
        one = ready[0] if ready else min(left, key=lambda unit: wishes.get(unit, 0))
        left.remove(one)
        done.append(one)
        laid = lay([unit for unit in done for _project in range(projects[unit])], hours, wishes)
        clock = hours.clear(laid[-1] + hours.minutes + hours.change_over) if laid else clock
    return done

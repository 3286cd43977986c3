"""What a timetable is asked for: units with their projects, groups with their judges, days, wishes."""

from dataclasses import dataclass, field

Session = tuple[int, int]
"""A group and a day, both counted from 0."""


@dataclass(frozen=True)
class Unit:
    """``projects`` of one unit stay together. ``not_with``: judges who must not hear it; ``group`` and ``days``
    are wishes: the only group (its id), the only days (from 1)."""

    id: str
    projects: int
    not_with: frozenset[str] = frozenset()
    group: str | None = None
    days: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Group:
    """A panel: the judges who sit in it on every day."""

    id: str
    judges: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """All that is asked. Minutes: ``minutes`` a project, ``change_over`` after each unit, ``longest`` a session."""

    units: tuple[Unit, ...]
    groups: tuple[Group, ...]
    days: int = 1
    minutes: int = 15
    change_over: int = 5
    longest: int | None = None

    def weight(self, unit: Unit) -> int:
        """Minutes a unit takes."""
        return unit.projects * self.minutes + self.change_over

    def sessions(self) -> list[Session]:
        """Every group on every day."""
        return [(group, day) for day in range(self.days) for group in range(len(self.groups))]

    def allowed(self, unit: Unit, *, without: frozenset["Demand"] = frozenset()) -> list[Session]:
        """Sessions no demand forbids the unit; demands named in ``without`` do not count."""
        return [
            (group, day)
            for group, day in self.sessions()
            if all(one in without or not one.forbids(self.groups[group], day + 1) for one in self.demands_of(unit))
        ]

    def demands_of(self, unit: Unit) -> list["Demand"]:
        """What the unit demands, one by one."""
        found = [Demand("not_with", unit.id, judge) for judge in sorted(unit.not_with)]
        if unit.group is not None:
            found.append(Demand("group", unit.id, unit.group))
        if unit.days:
            found.append(Demand("days", unit.id, ",".join(str(day) for day in sorted(unit.days)), unit.days))
        return found


@dataclass(frozen=True)
class Demand:
    """One demand: ``kind`` is "not_with" (a judge), "group", "days" or "longest" (minutes); ``value`` as text."""

    kind: str
    unit: str
    value: str
    days: frozenset[int] = field(default=frozenset(), compare=False)

    def forbids(self, group: Group, day: int) -> bool:
        """Whether it keeps its unit out of a group on a day (from 1)."""
        if self.kind == "not_with":
            return self.value in group.judges
        if self.kind == "group":
            return self.value != group.id
        return self.kind == "days" and day not in self.days


class Infeasible(ValueError):
    """No timetable meets all demands; ``clash`` are those that together cannot be met, none of them spare."""

    def __init__(self, clash: tuple[Demand, ...]) -> None:
        super().__init__("; ".join(f"{one.unit} {one.kind} {one.value}".strip() for one in clash))
        self.clash = clash

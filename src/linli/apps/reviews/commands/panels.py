"""``linli panels``: a timetable of units, groups and days from a JSON file."""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from linli.algorithms.panels import Break, Demand, Group, Infeasible, Task, Timetable, Unit, plan, slots
from linli.kernel.contributions.commands import Malformed


def run(options: Namespace) -> int:
    """Print the timetable; 2 for a file that cannot be read, 1 with the clashing demands where there is none."""
    try:
        task, breaks = _task(options.file)
    except Malformed as wrong:
        sys.stderr.write(f"{wrong}\n")
        return 2
    try:
        table = plan(task, seconds=options.seconds)
    except Infeasible as none:
        sys.stderr.write(f"{options.file}: no timetable meets these together: {'; '.join(map(_said, none.clash))}\n")
        return 1
    answer = _answer(task, table, breaks)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n" if options.json else _text(answer))
    return 0


def _said(demand: Demand) -> str:
    words = {
        "not_with": f"unit {demand.unit} not with judge {demand.value}",
        "group": f"unit {demand.unit} in group {demand.value}",
        "days": f"unit {demand.unit} on day {demand.value}",
        "longest": f"sessions of at most {demand.value} minutes",
    }
    return words[demand.kind]


def _task(file: Path) -> tuple[Task, tuple[Break, ...]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        said = json.loads(text)
    except OSError as error:
        raise Malformed(file, 0, f"expected a file that can be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise Malformed(file, 1, "expected UTF-8") from None
    except json.JSONDecodeError as error:
        raise Malformed(file, error.lineno, f"expected JSON ({error.msg})") from None
    except RecursionError:
        raise Malformed(file, 1, "expected JSON that is not nested so deep") from None
    return _Reader(file, text).task(said)


class _Reader:
    """Checks what the JSON says and names the line where it first says something else than expected."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.lines = text.splitlines()

    def wrong(self, about: object, expected: str) -> Malformed:
        """A sentence at the first line that holds ``about``."""
        wanted = json.dumps(about, ensure_ascii=False) if not isinstance(about, dict | list) else ""
        line = next((place for place, line in enumerate(self.lines, start=1) if wanted and wanted in line), 1)
        return Malformed(self.file, line, expected)

    def task(self, said: Any) -> tuple[Task, tuple[Break, ...]]:
        """The whole task. Raises Malformed."""
        if not isinstance(said, dict):
            raise self.wrong(said, 'expected an object with "units" and "groups"')
        days = self.whole(said, "days", 1, least=1)
        groups = tuple(self.group(one) for one in self.many(said, "groups"))
        units = tuple(self.unit(one, {group.id for group in groups}, days) for one in self.many(said, "units"))
        for kind, ids in (("unit", [one.id for one in units]), ("group", [one.id for one in groups])):
            twice = next((one for one in ids if ids.count(one) > 1), None)
            if twice is not None:
                raise self.wrong(twice, f"expected every {kind} once, found {twice} again")
        longest = self.whole(said, "longest", 0, least=1) or None
        minutes = self.whole(said, "minutes", 15, least=1)
        task = Task(units, groups, days, minutes, self.whole(said, "change_over", 5, least=0), longest)
        breaks = [] if "breaks" not in said else self.many(said, "breaks")
        return task, tuple(
            Break(self.whole(one, "after", 0, least=0), self.whole(one, "minutes", 10, least=1)) for one in breaks
        )

    def many(self, said: dict[str, Any], key: str) -> list[Any]:
        """A list that is not empty."""
        found = said.get(key)
        if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
            raise self.wrong(key, f'expected "{key}" to be a list of objects with at least one')
        return found

    def whole(self, said: dict[str, Any], key: str, default: int, *, least: int) -> int:
        """A whole number, ``default`` where nothing is said."""
        found = said.get(key, default)
        if isinstance(found, bool) or not isinstance(found, int) or (key in said and found < least):
            raise self.wrong(key, f'expected "{key}" to be a whole number of at least {least}, found {found!r}')
        return found

    def name(self, said: Any, where: str) -> str:
        """An id as text; numbers are taken as they are written."""
        if isinstance(said, bool) or not isinstance(said, str | int) or str(said) == "":
            raise self.wrong(said, f"expected an id in {where}, found {said!r}")
        return str(said)

    def names(self, said: Any, where: str) -> list[str]:
        """A list of ids, which may be empty."""
        if not isinstance(said, list):
            raise self.wrong(said, f"expected a list of ids in {where}, found {said!r}")
        return [self.name(one, where) for one in said]

    def group(self, said: dict[str, Any]) -> Group:
        """One group of judges."""
        return Group(self.name(said.get("id"), '"groups"'), tuple(self.names(said.get("judges", []), '"judges"')))

    def unit(self, said: dict[str, Any], groups: set[str], days: int) -> Unit:
        """One unit with its projects, judges it must not meet, and wishes."""
        name = self.name(said.get("id"), '"units"')
        group = None if said.get("group") is None else self.name(said["group"], '"group"')
        if group is not None and group not in groups:
            raise self.wrong(group, f"expected a group that exists for unit {name}, found {group}")
        wished = said.get("days", [said["day"]] if "day" in said else [])
        if not isinstance(wished, list) or not all(type(day) is int and 1 <= day <= days for day in wished):
            raise self.wrong(name, f"expected days of unit {name} between 1 and {days}, found {wished!r}")
        projects = self.whole({"projects": said.get("projects")}, "projects", 1, least=1)
        return Unit(
            name, projects, frozenset(self.names(said.get("not_with", []), '"not_with"')), group, frozenset(wished)
        )


def _answer(task: Task, table: Timetable, breaks: tuple[Break, ...]) -> dict[str, Any]:
    return {
        "groups": [
            {
                "id": group.id,
                "days": [
                    {
                        "day": day + 1,
                        "units": [unit.id for unit in task.units if table.placed[unit.id] == (place, day)],
                        "minutes": table.loads[place, day],
                    }
                    for day in range(task.days)
                ],
            }
            for place, group in enumerate(task.groups)
        ],
        "slots": [
            {
                "group": task.groups[slot.group].id,
                "day": slot.day + 1,
                "unit": slot.unit,
                "project": slot.project,
                "start": slot.start,
                "end": slot.end,
            }
            for slot in slots(task, table, breaks=breaks)
        ],
        "objective": table.longest,
        "bound": table.bound,
        "shortest": table.shortest,
        "shortest_bound": table.shortest_bound,
        "proven": table.proven,
    }


def _text(answer: dict[str, Any]) -> str:
    lines = [
        f"{group['id']}  day {day['day']}  {day['minutes']:>4} min  {', '.join(day['units'])}"
        for group in answer["groups"]
        for day in group["days"]
    ]
    word = "proven best" if answer["proven"] else f"not proven, no session below {answer['bound']} min at best"
    lines.append(f"longest {answer['objective']} min, shortest {answer['shortest']} min: {word}")
    return "\n".join(lines) + "\n"

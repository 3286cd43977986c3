"""Reads of the desk's front page: whose it is, what waits and how urgent it is, the numbers of his place."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.places.models import Level, Place
from linli.apps.places.queries import COMMUNITIES
from linli.kernel.contributions import Number, Reading, Task, TaskSource, contributions

SHOWN = 8
"""How many tasks of a group stand open; the rest is folded behind their count."""
NEARNESS = (Level.DISTRICT, Level.STREET, Level.GRID, Level.POINT, *COMMUNITIES)
"""Of several posts the desk speaks of the place that stands last here."""


@dataclass(frozen=True)
class TaskGroup:
    """Tasks of one urgency: those that stand open, and those folded away."""

    name: str
    tasks: list[Task]

    @property
    def shown(self) -> list[Task]:
        return self.tasks[:SHOWN]

    @property
    def folded(self) -> list[Task]:
        return self.tasks[SHOWN:]


def _asked(user: User) -> Iterable[TaskSource]:
    """The sources that may have something: those that share a question answer it once, together."""
    answers: dict[Any, Collection[str]] = {}
    for source in contributions(TaskSource):
        question = source.beforehand
        if question is not None and question not in answers:
            answers[question] = question(user)
        if question is None or source.name in answers[question]:
            yield source


def tasks_of(user: User) -> list[Task]:
    """What waits for ``user`` in all apps: danger before all, then the first due, then what waits longest."""
    tasks = [task for source in _asked(user) for task in source.find(user)]
    far = datetime.max.replace(tzinfo=timezone.get_fixed_timezone(0))
    return sorted(tasks, key=lambda task: (not task.urgent, _moment(task.due) or far, _moment(task.since) or far))


def _moment(value: Any) -> datetime | None:
    """A due date is the end of its day."""
    if isinstance(value, datetime) or value is None:
        return value
    return timezone.make_aware(datetime.combine(value + timedelta(days=1), datetime.min.time()))


def by_urgency(tasks: Iterable[Task], at: datetime) -> list[TaskGroup]:
    """``tasks``, in their order, as overdue, due today, and later or without a date; empty groups left out."""
    tonight = timezone.make_aware(datetime.combine(timezone.localdate(at) + timedelta(days=1), datetime.min.time()))
    groups: dict[str, list[Task]] = {"overdue": [], "today": [], "later": []}
    for task in tasks:
        due = _moment(task.due)
        groups["overdue" if due and due <= at else "today" if due and due <= tonight else "later"].append(task)
    return [TaskGroup(name, rows) for name, rows in groups.items() if rows]


def own_place(user: User) -> Place | None:
    """The place the desk speaks of: that of the own post nearest to the neighbours, a community before a street.

    A grid or a point has no cards and organizations of its own: its community is told of.
    """
    places = [post.place for post in user.posts_in_force if post.place is not None and post.user_id == user.pk]
    nearest = max(places, key=lambda place: NEARNESS.index(Level(place.level)), default=None)
    return nearest.parent if nearest is not None and nearest.level in (Level.GRID, Level.POINT) else nearest


def a_month_before(day: date) -> date:
    """The same day of the month before; its last day where there is no such day."""
    last = day.replace(day=1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))


def numbers_of(user: User, place: Place, on: date) -> list[tuple[Number, Reading]]:
    """The numbers of ``place`` that ``user`` may open, in their order."""
    before = a_month_before(on)
    found = ((number, number.read(user, place, on, before)) for number in contributions(Number))
    return sorted([(number, told) for number, told in found if told is not None], key=lambda pair: pair[0].order)

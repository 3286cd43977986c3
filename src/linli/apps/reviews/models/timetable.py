"""What a timetable was asked for, what the planning proved, and the state before its last change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.algorithms.panels import Hours, Pause
from linli.apps.reviews.models.session import ReviewSession
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


def minutes_of(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def clock_of(minutes: int) -> time:
    """The time of day so many minutes after midnight; the last minute of the day at the latest."""
    minutes = min(minutes, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


@dataclass(frozen=True)
class Rest:
    """A break of every panel on every day."""

    starts: time
    ends: time
    title: str


@dataclass(frozen=True)
class Wish:
    """A unit (its key) only on a day (from 1), only before a panel (its id), or not before a time."""

    unit: str
    day: int | None = None
    panel: str | None = None
    not_before: time | None = None


@dataclass(frozen=True)
class Conditions:
    """What the organizer states: days, hours, breaks, minutes a project and between two units, wishes; whether every
    project stays before the panel it stands before (panels by class)."""

    days: tuple[date, ...]
    opens: time
    closes: time
    minutes: int
    change_over: int
    rests: tuple[Rest, ...] = ()
    wishes: tuple[Wish, ...] = ()
    keep_panels: bool = False

    @property
    def hours(self) -> Hours:
        """The same as the planning reckons: minutes since midnight."""
        pauses = tuple(Pause(minutes_of(one.starts), minutes_of(one.ends)) for one in self.rests)
        return Hours(minutes_of(self.opens), minutes_of(self.closes), self.minutes, self.change_over, pauses)

    @property
    def earliest(self) -> dict[str, int]:
        """Unit → minutes since midnight before which it does not come."""
        return {one.unit: minutes_of(one.not_before) for one in self.wishes if one.not_before is not None}

    def as_data(self) -> dict[str, Any]:
        """Plain data for a JSON column."""
        return _plain(asdict(self))  # type: ignore[no-any-return]  # a dictionary stays one

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Conditions":
        """What ``as_data`` wrote."""
        rests = (Rest(time.fromisoformat(one["starts"]), time.fromisoformat(one["ends"]), one["title"])
                 for one in data["rests"])  # fmt: skip
        wishes = (
            Wish(**{**one, "not_before": time.fromisoformat(one["not_before"]) if one["not_before"] else None})
            for one in data["wishes"]
        )
        return cls(
            tuple(date.fromisoformat(day) for day in data["days"]), time.fromisoformat(data["opens"]),
            time.fromisoformat(data["closes"]), data["minutes"], data["change_over"], tuple(rests), tuple(wishes),
            data.get("keep_panels", False),
        )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date | time) else value


class Timetable(Record):
    """One a session. ``typed`` is what the organizer stated last, ``conditions`` what the slots stand by.
    ``longest`` and ``shortest`` session in minutes with their bounds, as the planning left them; ``moved`` once
    somebody changed it by hand. ``before`` is the state before the last change; ``clash`` the demands of the last
    planning that cannot be met together; ``job_id`` the proof that is still looked for."""

    session = models.OneToOneField(ReviewSession, models.CASCADE, related_name="timetable")
    typed = models.JSONField()
    conditions = models.JSONField(null=True, blank=True)
    longest = models.PositiveIntegerField(null=True, blank=True)
    shortest = models.PositiveIntegerField(null=True, blank=True)
    bound = models.PositiveIntegerField(null=True, blank=True)
    shortest_bound = models.PositiveIntegerField(null=True, blank=True)
    moved = models.BooleanField(default=False)
    before = models.JSONField(null=True, blank=True)
    clash = models.JSONField(default=list, blank=True)
    job_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    planned_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="reviews_a_planned_timetable_knows_its_figures",
                condition=Q(conditions__isnull=True)
                | Q(longest__isnull=False, shortest__isnull=False, bound__isnull=False, shortest_bound__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(_("Timetable of %(session)s") % {"session": self.session})

    @property
    def anchor(self) -> Anchor:
        return self.session.anchor

    @property
    def wanted(self) -> Conditions:
        """What the organizer stated last."""
        return Conditions.from_data(self.typed)

    @property
    def asked(self) -> Conditions:
        """What the slots stand by; what was stated last where nothing was planned yet."""
        return Conditions.from_data(self.conditions or self.typed)

    @property
    def is_planned(self) -> bool:
        """Whether a planning stands, or what became of it by hand."""
        return self.conditions is not None

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists for what was asked."""
        return self.is_planned and (self.longest, self.shortest) == (self.bound, self.shortest_bound)

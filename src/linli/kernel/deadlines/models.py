"""Two tables: the deadlines that run or ran, and the days a street entered into its calendar."""

from django.db import models
from django.db.models import F, Q

from linli.kernel.deadlines.terms import Unit
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record


class Deadline(Record):
    """One clock on one record. At most one of a ``kind`` runs at a time; those that were met stay."""

    ref_kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    street = models.UUIDField(null=True)
    """Whose calendar counts."""
    unit = models.CharField(max_length=20, choices=Unit.choices, default=Unit.CALENDAR_HOURS)
    """How a pause is made good."""
    started = models.DateTimeField()
    due = models.DateTimeField()
    paused = models.DateTimeField(null=True)
    met = models.DateTimeField(null=True)
    extended = models.PositiveSmallIntegerField(default=0)
    """How many times."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ref_kind", "ref_id", "kind"], condition=Q(met__isnull=True), name="deadlines_one_runs"
            ),
            models.CheckConstraint(condition=Q(due__gte=F("started")), name="deadlines_due_after_start"),
            models.CheckConstraint(
                condition=Q(paused__isnull=True) | Q(met__isnull=True), name="deadlines_met_is_not_paused"
            ),
        ]
        indexes = [
            models.Index(fields=["due"], condition=Q(met__isnull=True, paused__isnull=True), name="deadlines_due"),
            models.Index(fields=["ref_kind", "ref_id"], name="deadlines_of_ref"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due:%Y-%m-%d %H:%M}"

    @property
    def ref(self) -> Ref:
        """The record it runs on."""
        return Ref(self.ref_kind, self.ref_id)

    @property
    def was_late(self) -> bool:
        """Whether it was met after it was due."""
        return self.met is not None and self.met > self.due


class CalendarDay(Record):
    """A day entered by hand: works or not, against the published calendar. Without a street: for the district."""

    street = models.UUIDField(null=True)
    day = models.DateField()
    is_working = models.BooleanField()
    note = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["street", "day"], name="deadlines_day_once_a_street"),
            models.UniqueConstraint(fields=["day"], condition=Q(street__isnull=True), name="deadlines_day_once"),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()

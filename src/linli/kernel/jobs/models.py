"""The table of jobs, and the clock's own rows."""

from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs.record import Record


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Job(Record):
    """One call of a task. ``key`` makes it unique; ``leased_until`` says how long its worker is trusted."""

    task = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    key = models.CharField(max_length=200, null=True, unique=True)
    owner_id = models.UUIDField(null=True)
    run_after = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    worker = models.CharField(max_length=80, blank=True)
    leased_until = models.DateTimeField(null=True)
    progress = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0)
    progress_note = models.CharField(max_length=200, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=State.RUNNING) | models.Q(leased_until__isnull=False),
                name="jobs_running_has_a_lease",
            ),
            models.CheckConstraint(
                condition=models.Q(progress__lte=models.F("progress_total")) | models.Q(progress_total=0),
                name="jobs_progress_within_total",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-priority", "id"], name="jobs_next"),
            models.Index(fields=["owner_id", "-id"], name="jobs_of_owner"),
        ]

    def __str__(self) -> str:
        return self.told_title

    @property
    def told_title(self) -> str:
        """The task's title in the reader's language; what was stored where the task is gone."""
        try:
            title = getattr(import_string(self.task), "title", "")
        except ImportError:
            title = ""
        return str(title or self.title or self.task)

    @property
    def percent(self) -> int:
        """Progress from 0 to 100."""
        if self.state == State.DONE:
            return 100
        return self.progress * 100 // self.progress_total if self.progress_total else 0


class PeriodicRun(models.Model):
    """When a task that comes round by the clock is due next. Claimed by compare-and-set on ``due``."""

    name = models.CharField(primary_key=True, max_length=200)
    due = models.DateTimeField()
    last = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

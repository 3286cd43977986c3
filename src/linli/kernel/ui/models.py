"""What the interface itself keeps: forms already answered, counts per window, and what people write to us."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed
from linli.kernel.refs.record import Record


class SubmittedForm(Record):
    """A form that was done: whoever sends it again gets the first answer."""

    PATH_LIMIT = 500

    key = models.CharField(max_length=40, unique=True)
    actor_id = models.UUIDField(null=True)
    path = models.CharField(max_length=500)
    location = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return self.path


class RateCount(Record):
    """How often something was done from one origin in one window; the origin is a keyed hash."""

    origin = models.CharField(max_length=64)
    window = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["origin", "window"], name="ui_one_count_a_window")]

    def __str__(self) -> str:
        return f"{self.window}: {self.count}"


class AppendOnly(models.QuerySet["Feedback"]):
    """Rows are added and read. There is no other verb."""

    def delete(self) -> tuple[int, dict[str, int]]:
        raise NotAllowed(_("What people wrote to us cannot be deleted."))

    def update(self, **columns: Any) -> int:
        raise NotAllowed(_("What people wrote to us cannot be changed."))


class Feedback(Record):
    """One comment or complaint. Who wrote it is not kept, unless the writer leaves a contact (sealed)."""

    class Kind(models.TextChoices):
        COMMENT = "comment", _("Comment or suggestion")
        BURDEN = "burden", _("Complaint about burden")
        FAULT = "fault", _("Something does not work")

    at = models.DateTimeField(default=timezone.now)
    path = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, db_index=True)
    text = models.TextField()
    contact_sealed = models.TextField(blank=True)
    contact_print = models.CharField(max_length=64, blank=True, db_index=True)
    """Keyed hash of the contact: whoever left it finds the row again under “my data”."""

    objects = AppendOnly.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="ui_feedback_says_something"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["comment", "burden", "fault"]), name="ui_feedback_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NotAllowed(_("What people wrote to us cannot be changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NotAllowed(_("What people wrote to us cannot be deleted."))

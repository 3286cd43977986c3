"""Days on which somebody is away, without why in detail: then his substitutes act."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", _("On leave")
    TRAINING = "training", _("In training")
    ERRAND = "errand", _("Away on duty")
    SICK = "sick", _("On sick leave")
    OTHER = "other", _("Other")


class AbsenceRows(models.QuerySet["Absence"]):
    """Rows of absences."""

    def in_force(self, on: date) -> "AbsenceRows":
        """Those that cover the day ``on`` and were not called off."""
        return self.filter(first_day__lte=on, last_day__gte=on, called_off_at__isnull=True)


class Absence(Record):
    """``user`` is away from ``first_day`` to ``last_day``, both counted, unless it was called off."""

    user = models.ForeignKey(User, models.PROTECT, related_name="absences", verbose_name=_("person"))
    kind = models.CharField(_("kind"), max_length=12, choices=AbsenceKind)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True)

    objects = AbsenceRows.as_manager()

    class Meta:
        ordering = ["-first_day", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "last_day"], name="people_absent"),
            models.Index(fields=["first_day", "id"], name="people_absence_by_day"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="people_absence_has_a_day", condition=Q(last_day__gte=F("first_day"))),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.first_day:%Y-%m-%d} — {self.last_day:%Y-%m-%d}"

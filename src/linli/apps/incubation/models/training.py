"""The training a street plans for a year; what was held of it are activities with their attendance."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class PlannedTraining(Record):
    """One line of the plan of a year: a course with its series, and how many sessions and person-times it is to have.

    Activities whose subject it is are what was done of it.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="planned_trainings", verbose_name=_("street"))
    year = models.PositiveSmallIntegerField(_("year"))
    month = models.PositiveSmallIntegerField(_("month"))
    title = models.CharField(_("course"), max_length=80)
    series = models.CharField(_("series"), max_length=40, blank=True)
    audience = models.CharField(_("meant for"), max_length=80)
    sessions = models.PositiveSmallIntegerField(_("sessions planned"))
    person_times = models.PositiveIntegerField(_("person-times planned"))
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["year", "month", "title", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "title"], name="incubation_a_course_once_a_year"),
            models.CheckConstraint(name="incubation_a_course_has_a_month", condition=Q(month__gte=1, month__lte=12)),
            models.CheckConstraint(name="incubation_a_course_has_sessions", condition=Q(sessions__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.street.anchor

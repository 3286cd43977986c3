"""What was counted when a survey closed: grades by subject and stratum."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.models.sample import Stratum
from linli.apps.surveys.models.survey import SurveySubject
from linli.kernel.refs.record import Record


class RatingLabel(models.TextChoices):
    OFFICIAL = "official", _("From a sample or from slips handed out")
    SELF_SELECTED = "self_selected", _("Self-selected")


class RatingCount(Record):
    """Grades of one subject in one stratum; without a stratum those of the open link.

    ``watched``: valid answers given in the presence of the rated team, ``watched_satisfied`` the satisfied of them.
    """

    subject = models.ForeignKey(SurveySubject, models.CASCADE, related_name="counts")
    stratum = models.ForeignKey(Stratum, models.CASCADE, null=True, blank=True, related_name="counts")
    label = models.CharField(max_length=13, choices=RatingLabel)
    very_satisfied = models.PositiveIntegerField(_("very satisfied"), default=0)
    satisfied = models.PositiveIntegerField(_("satisfied"), default=0)
    fair = models.PositiveIntegerField(_("fair"), default=0)
    dissatisfied = models.PositiveIntegerField(_("dissatisfied"), default=0)
    very_dissatisfied = models.PositiveIntegerField(_("very dissatisfied"), default=0)
    unknown = models.PositiveIntegerField(_("cannot say"), default=0)
    watched = models.PositiveIntegerField(default=0)
    watched_satisfied = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject", "stratum"], condition=Q(stratum__isnull=False), name="surveys_counted_once"
            ),
            models.UniqueConstraint(
                fields=["subject"], condition=Q(stratum__isnull=True), name="surveys_open_link_counted_once"
            ),
            models.CheckConstraint(
                name="surveys_open_link_is_self_selected",
                condition=Q(stratum__isnull=True, label="self_selected") | Q(stratum__isnull=False, label="official"),
            ),
            models.CheckConstraint(
                name="surveys_watched_satisfied_are_watched", condition=Q(watched_satisfied__lte=F("watched"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.label}"

    @property
    def valid(self) -> int:
        """Answers that gave a grade."""
        return sum((self.very_satisfied, self.satisfied, self.fair, self.dissatisfied, self.very_dissatisfied))

    @property
    def content(self) -> int:
        """Of them very satisfied and satisfied."""
        return self.very_satisfied + self.satisfied

"""Two small registers of the security administrator: impact assessments and incidents (PIPL Art. 55 to 57)."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record

YEARS_KEPT = 3
"""PIPL Art. 56: at least."""


class AssessmentGround(models.TextChoices):
    """When an assessment is asked for (PIPL Art. 55)."""

    SENSITIVE = "sensitive", _("sensitive data are used")
    AUTOMATED = "automated", _("a machine helps to decide")
    ENTRUSTED = "entrusted", _("data are entrusted, passed on or made public")
    ABROAD = "abroad", _("data go abroad")
    OTHER = "other", _("another use with great effect on people's rights")


class ImpactAssessment(Record):
    """What was thought before data were used in a risky way; kept three years at least (PIPL Art. 56).

    ``ground`` is empty in those entered before it was asked for.
    """

    ground = models.CharField(_("which case"), max_length=10, choices=AssessmentGround, blank=True, default="")
    title = models.CharField(_("what is planned"), max_length=120)
    lawful = models.TextField(_("are purpose and way lawful, right and needed"))
    effects = models.TextField(_("effects on people's rights, and risks"))
    measures = models.TextField(_("are the measures lawful, effective and fit for the risk"))
    conclusion = models.TextField(_("conclusion"))
    made_on = models.DateField(_("day"), db_index=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    class Meta:
        ordering = ["-made_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def kept_until(self) -> date:
        """The first day on which the law no longer asks for it; nothing removes it even then."""
        year = self.made_on.year + YEARS_KEPT
        try:
            return self.made_on.replace(year=year)
        except ValueError:  # entered on 29 February
            return date(year, 3, 1)


class DataIncident(Record):
    """Data were leaked, changed or lost, or might have been; what was done and who was told (PIPL Art. 57)."""

    title = models.CharField(_("what happened"), max_length=120)
    found_at = models.DateTimeField(_("found at"), db_index=True)
    kinds = models.CharField(_("kinds of data"), max_length=200)
    cause = models.TextField(_("cause and possible harm"))
    measures = models.TextField(_("what was done, and what people can do themselves"))
    authority_told_at = models.DateTimeField(_("authority told at"), null=True, blank=True)
    people_told_at = models.DateTimeField(_("people told at"), null=True, blank=True)
    why_not_told = models.TextField(_("why people were not told"), blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("entered by"))

    class Meta:
        ordering = ["-found_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_incident_tells_people_or_says_why_not",
                condition=Q(people_told_at__isnull=False) | ~Q(why_not_told=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

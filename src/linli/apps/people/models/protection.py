"""Two small registers of the security administrator: impact assessments and incidents (PIPL Art. 55 to 57)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record


class ImpactAssessment(Record):
    """What was thought before data were used in a risky way; kept three years at least (PIPL Art. 56)."""

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

"""Hours of voluntary service, by team and kind: never a table of persons."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.kinds import kind_title
from linli.apps.activities.models.activity import Platform
from linli.apps.activities.models.occurrence import Occurrence
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class VolunteerHours(Record):
    """What a team gave on a day: ``people`` heads, ``hours`` of all of them together, in halves of an hour.

    ``source`` is the platform whose export said so, "" for what was entered here; found again by its project and day.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    team = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="volunteer_hours", verbose_name=_("team")
    )
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, null=True, blank=True, related_name="volunteer_hours")
    kind = models.CharField(_("kind"), max_length=16)
    day = models.DateField(_("day"), db_index=True)
    people = models.PositiveIntegerField(_("volunteers"))
    hours = models.DecimalField(_("hours together"), max_digits=8, decimal_places=1)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    source = models.CharField(_("taken from"), max_length=8, choices=Platform, blank=True)
    project_number = models.CharField(_("project number there"), max_length=40, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("entered"))

    class Meta:
        ordering = ["-day", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["place", "day"]),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["occurrence", "team"], condition=Q(team__isnull=False), name="activities_hours_once_a_team"
            ),
            models.UniqueConstraint(
                fields=["place", "source", "project_number", "day"],
                condition=~Q(source=""),
                name="activities_hours_once_a_project_and_day",
            ),
            models.CheckConstraint(
                name="activities_hours_of_a_project",
                condition=Q(source="", project_number="") | (~Q(source="") & ~Q(project_number="")),
            ),
            models.CheckConstraint(
                name="activities_hours_are_given", condition=Q(hours__gt=Decimal(0)) & Q(people__gt=0)
            ),
            models.CheckConstraint(
                name="activities_day_has_24_hours", condition=Q(hours__lte=models.F("people") * Decimal(24))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team or self.place}：{self.hours}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.team_id)

    @property
    def kind_title(self) -> str:
        """The kind in the dictionary's words."""
        return kind_title(self.kind)

    @property
    def subject(self) -> Ref | None:
        """What it was given for."""
        return Ref(self.subject_kind, self.subject_id) if self.subject_id else None

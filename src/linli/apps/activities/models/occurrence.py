"""One date of an activity, its agenda, and how many heads were counted."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models.activity import Activity
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class OccurrenceState(models.TextChoices):
    AHEAD = "ahead", _("To come")
    HELD = "held", _("Held")
    CALLED_OFF = "called_off", _("Not taking place")


class Occurrence(Record):
    """``taken`` counts the places that are given or offered: never more than ``capacity``.

    ``door_code`` is what the QR at the door leads to; nobody guesses it.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="occurrences")
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    capacity = models.PositiveIntegerField(_("how many can come"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("places taken"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=OccurrenceState, default=OccurrenceState.AHEAD)
    door_code = models.CharField(max_length=16, unique=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["starts", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts", "id"]),
            models.Index(fields=["state", "starts"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["activity", "starts"], name="activities_one_date_once"),
            models.CheckConstraint(name="activities_ends_after_it_begins", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(
                name="activities_no_more_than_places",
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def anchor(self) -> Anchor:
        return self.activity.anchor

    @property
    def free(self) -> int | None:
        """Places left; None where there is no limit."""
        return None if self.capacity is None else self.capacity - self.taken

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended."""
        return at > self.ends


class AgendaItem(Record):
    """One item of an occurrence: what, who speaks, how long."""

    occurrence = models.ForeignKey(Occurrence, models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("agenda item"), max_length=80)
    speaker = models.CharField(_("speaker"), max_length=60, blank=True)
    unit = models.CharField(_("speaker's unit"), max_length=80, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["occurrence", "number"], name="activities_agenda_is_numbered"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.occurrence.anchor


class HeadCount(Record):
    """How many were there, as somebody counted: those who signed and those who did not. One an occurrence."""

    occurrence = models.OneToOneField(Occurrence, models.CASCADE, related_name="head_count")
    total = models.PositiveIntegerField(_("people counted"))
    minors = models.PositiveIntegerField(_("of them children"), default=0)
    counted_at = models.DateTimeField(_("counted"))
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="activities_children_are_of_the_heads", condition=Q(minors__lte=F("total"))),
        ]

    def __str__(self) -> str:
        return f"{self.total}"

    @property
    def anchor(self) -> Anchor:
        return self.occurrence.anchor

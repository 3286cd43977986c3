"""Danger that somebody wrote of: who is on watch is told at once, and one of them takes it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Watch(Record):
    """Who is on watch at a place from when to when. Where nobody is entered, all who work there are told."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    starts = models.DateTimeField(_("from when"))
    ends = models.DateTimeField(_("until when"))
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["starts", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ends", "starts"], name="needs_watch_by_time")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="needs_a_watch_ends_after_it_begins", condition=Q(ends__gt=F("starts"))),
            models.UniqueConstraint(fields=["place", "user", "starts"], name="needs_one_watch_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.user}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class Alarm(Record):
    """Words of danger in a need. ``kinds`` are codes of ``data/danger.toml``, parted by blanks.

    It stands open until one of those who were told says that he looks after it, and what he did.
    """

    need = models.OneToOneField(Need, models.CASCADE, related_name="alarm")
    kinds = models.CharField(_("danger"), max_length=80)
    raised_at = models.DateTimeField(_("when"))
    told = models.PositiveIntegerField(_("people told"), default=0)
    taken_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    done = models.CharField(_("how it was dealt with"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-raised_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_an_alarm_is_taken_by_somebody",
                condition=Q(taken_by__isnull=True, taken_at__isnull=True)
                | Q(taken_by__isnull=False, taken_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.need.number

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor

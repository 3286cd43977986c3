"""Exports on their way in: what a street said of its columns, and one file from its headings to its last row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Purpose(models.TextChoices):
    TICKETS = "tickets", _("12345 tickets")
    GRID = "grid", _("Cases of the grid system")
    NEEDS = "needs", _("Needs kept in Excel")


class DayOrder(models.TextChoices):
    """How days are written whose year stands last, where the column itself does not tell."""

    UNTOLD = "untold", _("Nothing was said")
    DAY_FIRST = "day_first", _("Day, month, year")
    MONTH_FIRST = "month_first", _("Month, day, year")


class ColumnMapping(Record):
    """What a street said of the columns of one platform: heading → key of ours, "" for one that is ignored."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    purpose = models.CharField(_("for"), max_length=8, choices=Purpose)
    name = models.CharField(_("name"), max_length=60)
    headings = models.JSONField(default=dict)
    day_order = models.CharField(_("order of days"), max_length=12, choices=DayOrder, default=DayOrder.UNTOLD)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "purpose", "name"], name="needs_a_mapping_has_its_name"),
            models.CheckConstraint(name="needs_mappings_are_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)


class FileState(models.TextChoices):
    ASKS = "asks", _("asks about columns")
    READY = "ready", _("ready to take over")
    RUNNING = "running", _("being taken over")
    DONE = "done", _("taken over")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class TicketFile(Record):
    """One upload. ``unknown`` headings wait for an answer, those in ``never`` are not read whatever anybody says;
    ``problems`` name row, column and reason, never a person."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    purpose = models.CharField(_("for"), max_length=8, choices=Purpose)
    file_id = models.UUIDField()
    file_name = models.CharField(_("file"), max_length=200)
    uploader_id = models.UUIDField(null=True)
    language = models.CharField(max_length=12, default="zh-hans")
    mapping = models.ForeignKey(ColumnMapping, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.ASKS)
    unknown = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    never = models.JSONField(default=list)
    said = models.JSONField(default=dict)
    day_order = models.CharField(max_length=12, choices=DayOrder, default=DayOrder.UNTOLD)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    same = models.PositiveIntegerField(_("unchanged"), default=0)
    bad = models.PositiveIntegerField(_("left out"), default=0)
    waits = models.PositiveIntegerField(_("closed, call-back not content"), default=0)
    problems = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField(_("uploaded"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "-made_at", "-id"], name="needs_files_of_a_street"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)

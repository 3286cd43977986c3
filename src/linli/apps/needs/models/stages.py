"""The plan of a complex matter (H20): five stages one after another, each with its day and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class StageKind(models.TextChoices):
    """In the order in which a complex matter is gone about."""

    VISIT = "visit", _("Visit to the point, photos before")
    VIEWS = "views", _("Residents' views asked")
    PLAN = "plan", _("Plan of the work")
    WORK = "work", _("Work carried out")
    CHECK = "check", _("Looked at afterwards, photos after")


PICTURED = (StageKind.VISIT, StageKind.CHECK)
"""Stages that end with a photo: how it looked before, how it looks after."""


class StagePlan(Record):
    """One plan a need; its stages are made with it."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="stage_plan")
    made_at = models.DateTimeField(_("planned"))
    made_by = models.UUIDField(null=True, editable=False)

    def __str__(self) -> str:
        return self.need.number

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor


class Stage(Record):
    """One stage: by when, when it was done, what came of it. Photos before and after lie with this row."""

    plan = models.ForeignKey(StagePlan, models.CASCADE, related_name="stages")
    kind = models.CharField(_("stage"), max_length=6, choices=StageKind)
    position = models.PositiveSmallIntegerField()
    due = models.DateField(_("due"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    note = models.TextField(_("what came of it"), max_length=2000, blank=True)
    done_by = models.UUIDField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "kind"], name="needs_a_stage_stands_once_in_a_plan"),
            models.CheckConstraint(
                name="needs_a_finished_stage_says_what_came_of_it",
                condition=Q(done_at__isnull=True) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def anchor(self) -> Anchor:
        return self.plan.need.anchor

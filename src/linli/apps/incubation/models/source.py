"""Where a mark comes from: the records a draft was filled from, kept with it and linked."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.models.month import MonthMark
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record


class MonthSource(Record):
    """One record behind a mark, as it was read into the draft. ``ref`` is empty where only a count may be told."""

    mark = models.ForeignKey(MonthMark, models.CASCADE, related_name="sources")
    label = models.CharField(_("what shows it"), max_length=200)
    on = models.DateField(_("day"), null=True, blank=True)
    ref_kind = models.CharField(max_length=60, blank=True)
    ref_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="incubation_a_source_points_or_not",
                condition=models.Q(ref_kind="", ref_id__isnull=True)
                | ~models.Q(ref_kind="") & models.Q(ref_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def ref(self) -> Ref | None:
        """The record it stands in, where the reader may follow."""
        return Ref(self.ref_kind, self.ref_id) if self.ref_id else None


def source(label: str, on: date | None = None, ref: Ref | None = None) -> MonthSource:
    """A source without its mark yet."""
    key: UUID | None = ref.id if ref else None
    return MonthSource(label=label[:200], on=on, ref_kind=ref.kind if ref else "", ref_id=key)

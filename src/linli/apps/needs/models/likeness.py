"""Which needs say the same: keys by which they meet, and the pairs a worker is asked about."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Sketch(models.Model):
    """The signature of one need's words; its number is what :class:`Band` counts by. Nothing can be read from it."""

    id = models.BigAutoField(primary_key=True)
    need = models.OneToOneField(Need, models.CASCADE, related_name="sketch")
    signature = models.BinaryField(editable=False)

    def __str__(self) -> str:
        return str(self.id)


class Band(models.Model):
    """Needs of a street whose words are alike share some ``key``: read by it, newest first, on both databases.

    No key to follow to the sketch: a million needs have twenty-four million of these. Who takes away a sketch takes its
    bands away too; one left over leads nowhere.
    """

    pk = models.CompositePrimaryKey("key", "sketch")
    key = models.BigIntegerField(editable=False)
    sketch = models.BigIntegerField(editable=False)

    def __str__(self) -> str:
        return f"{self.key}:{self.sketch}"


class LikelyVerdict(models.TextChoices):
    """What a worker said to a pair."""

    ASKED = "asked", _("Waits for somebody to look")
    JOINED = "joined", _("One matter")
    OTHER = "other", _("Two matters")


class Likely(Record):
    """Two needs that seem to be one matter: ``need`` came later than ``other``. Proposed once, whatever was said."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="likely")
    other = models.ForeignKey(Need, models.CASCADE, related_name="likely_later")
    percent = models.PositiveSmallIntegerField(_("likeness of the words"))
    verdict = models.CharField(_("what it is"), max_length=6, choices=LikelyVerdict, default=LikelyVerdict.ASKED)
    found_at = models.DateTimeField(_("found"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-found_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["other", "need"], condition=Q(verdict="asked"), name="needs_pairs_that_wait"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["need", "other"], name="needs_a_pair_once"),
            models.CheckConstraint(name="needs_a_pair_is_two", condition=~Q(need=F("other"))),
            models.CheckConstraint(name="needs_likeness_in_percent", condition=Q(percent__gte=1, percent__lte=100)),
            models.CheckConstraint(
                name="needs_a_pair_is_decided_at_a_moment",
                condition=Q(verdict="asked", decided_at__isnull=True)
                | ~Q(verdict="asked") & Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need.number} ~ {self.other.number}"

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor

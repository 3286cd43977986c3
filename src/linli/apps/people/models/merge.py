"""One person found to stand twice on the roster: who joined the two rows, why, and what moved."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.person import Person
from linli.apps.people.models.user import User
from linli.kernel.privacy import SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Merge(Record):
    """``gone`` was joined to ``kept``. ``before`` holds, sealed, the columns of both as they were and became;
    ``moved`` the ids of what other rows each contribution turned to ``kept``: undoing puts back exactly these.
    """

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges", verbose_name=_("kept"))
    gone = models.ForeignKey(Person, models.PROTECT, related_name="merges_away", verbose_name=_("joined to it"))
    reason = models.CharField(_("reason"), max_length=200)
    before = SealedText(_("values before"))
    moved = models.JSONField(default=dict)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(_("joined on"))
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)
    undo_reason = models.CharField(_("reason for undoing"), max_length=200, blank=True)

    class Meta:
        ordering = ["-done_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="people_merge_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(name="people_merge_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(
                name="people_merged_away_once", fields=["gone"], condition=Q(undone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"

    @property
    def anchor(self) -> Anchor:
        return self.kept.anchor

"""Items of a checklist that an organization or party organization has, each with its evidence."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import checklists
from linli.apps.organizations.models.organization import Organization
from linli.apps.places.models import Place
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class ChecklistTick(Record):
    """One item of one checklist, there from ``valid_from`` until the day before ``valid_to``.

    ``subject_kind`` and ``subject_id`` point at whose it is; ``place`` and ``organization`` say where that belongs.
    The evidence is a file, a link, or both.
    """

    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="checklist_ticks")
    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="checklist_ticks"
    )
    checklist = models.CharField(_("checklist"), max_length=24)
    item = models.CharField(_("item"), max_length=24)
    link = models.URLField(_("link to the evidence"), max_length=300, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)
    valid_from = models.DateField(_("there since"))
    valid_to = models.DateField(_("there until"), null=True, blank=True)
    ticked_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["checklist", "item", "valid_from"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["subject_id", "checklist"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject_id", "checklist", "item"],
                condition=models.Q(valid_to__isnull=True),
                name="organizations_item_ticked_once",
            ),
            models.CheckConstraint(
                name="organizations_tick_ends",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        known = checklists().get(self.checklist)
        item = known.item(self.item) if known else None
        return item.title if item else self.item

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)

    @property
    def subject(self) -> Ref:
        """Whose item it is."""
        return Ref(self.subject_kind, self.subject_id)

"""Public-safety equipment as far as it is registered here: kind, notice and filing. No picture, no connection."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models.place import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SafetyKind(models.TextChoices):
    CAMERA = "camera", _("Camera in public space")
    ACCESS = "access", _("Access control")
    ALARM = "alarm", _("Alarm button")
    FIRE = "fire", _("Fire detector")
    OTHER = "other", _("Other equipment")


class SafetyEquipment(Record):
    """So many pieces of one kind: where the notice hangs, since when, and when the police had it filed (E40)."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="safety_equipment", verbose_name=_("place"))
    kind = models.CharField(_("kind"), max_length=8, choices=SafetyKind)
    count = models.PositiveIntegerField(_("pieces"))
    notice_at = models.CharField(_("where the notice hangs"), max_length=120)
    notice_on = models.DateField(_("notice since"))
    filed_on = models.DateField(_("filed with the police on"), null=True, blank=True)

    class Meta:
        ordering = ["kind", "notice_on", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["notice_on", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "kind", "notice_at"], name="places_one_equipment_at_a_notice"),
            models.CheckConstraint(name="places_equipment_counts", condition=models.Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.notice_at}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

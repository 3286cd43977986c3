"""Residential estates of a community, by type (E01)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models.place import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class EstateKind(models.TextChoices):
    OLD = "old", _("Old estate")
    COMMERCIAL = "commercial", _("Commercial estate")
    RESETTLEMENT = "resettlement", _("Resettlement estate")
    OTHER = "other", _("Self-built or other")


class Estate(Record):
    """A residential estate. ``aliases`` are other names people use, parted by 、; ``address`` is its street and number.

    ``key`` is the name without width, case, space and marks: what tells two estates of a community apart.
    """

    community = models.ForeignKey(Place, models.PROTECT, related_name="estates", verbose_name=_("community"))
    name = models.CharField(_("name"), max_length=80)
    key = models.CharField(max_length=80)
    kind = models.CharField(_("type"), max_length=12, choices=EstateKind)
    address = models.CharField(_("street and number"), max_length=120, blank=True)
    aliases = models.CharField(_("other names"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name", "id"]),
            models.Index(fields=["kind", "name", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["community", "key"], name="places_one_estate_of_a_name"),
            models.CheckConstraint(
                name="places_estate_ends_after_it_begins",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id)

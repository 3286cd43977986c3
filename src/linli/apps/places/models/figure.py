"""What is known of a place in numbers, each with its source and its day; and its outline."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models.place import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Figure(Record):
    """One number about a place, as its source gave it for a day. Older ones stay; nothing is made to add up."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="figures", verbose_name=_("place"))
    kind = models.CharField(_("figure"), max_length=40)
    value = models.DecimalField(_("number given"), max_digits=16, decimal_places=4)
    source = models.CharField(_("taken from"), max_length=120)
    as_of = models.DateField(_("as of"))

    class Meta:
        ordering = ["-as_of", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "place", "as_of"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "kind", "as_of", "source"], name="places_one_figure_of_a_source"),
            models.CheckConstraint(name="places_figure_is_not_negative", condition=models.Q(value__gte=0)),
            models.CheckConstraint(name="places_figure_has_a_source", condition=~models.Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value.normalize():f}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class OutlineDatum(models.TextChoices):
    WGS84 = "wgs84", _("WGS-84")
    GCJ02 = "gcj02", _("GCJ-02")


class Outline(Record):
    """The outline of a place: polygons of GeoJSON in the coordinates its source used."""

    place = models.OneToOneField(Place, models.CASCADE, related_name="outline", verbose_name=_("place"))
    polygons = models.JSONField()
    datum = models.CharField(_("coordinates"), max_length=8, choices=OutlineDatum)
    source = models.CharField(_("taken from"), max_length=120)
    as_of = models.DateField(_("as of"))

    def __str__(self) -> str:
        return str(self.place)

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

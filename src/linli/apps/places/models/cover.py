"""Which grid looks after which building or stairwell, from when to when."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models.building import Building, Stairwell
from linli.apps.places.models.place import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class GridCover(Record):
    """``grid`` looks after one building, or one stairwell, from ``valid_from`` until the day before ``valid_to``.

    A stairwell's own cover goes before its building's. Covers of one thing never overlap: only one is open, and a
    new one begins where the last ended or later.
    """

    grid = models.ForeignKey(Place, models.PROTECT, related_name="covers", verbose_name=_("grid"))
    building = models.ForeignKey(Building, models.CASCADE, null=True, blank=True, related_name="covers")
    stairwell = models.ForeignKey(Stairwell, models.CASCADE, null=True, blank=True, related_name="covers")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="places_cover_of_a_building_or_a_stairwell",
                condition=Q(building__isnull=False, stairwell__isnull=True)
                | Q(building__isnull=True, stairwell__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["building"],
                condition=Q(building__isnull=False, valid_to__isnull=True),
                name="places_one_open_cover_of_a_building",
            ),
            models.UniqueConstraint(
                fields=["stairwell"],
                condition=Q(stairwell__isnull=False, valid_to__isnull=True),
                name="places_one_open_cover_of_a_stairwell",
            ),
            models.UniqueConstraint(fields=["building", "valid_from"], name="places_one_cover_of_a_building_from"),
            models.UniqueConstraint(fields=["stairwell", "valid_from"], name="places_one_cover_of_a_stairwell_from"),
            models.CheckConstraint(
                name="places_cover_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grid} · {self.building or self.stairwell}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.grid_id)

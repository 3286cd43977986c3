"""Buildings, their stairwells, and the households behind their doors."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from linli.apps.places.models.estate import Estate
from linli.apps.places.models.place import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Building(Record):
    """A building of a community, inside an estate or beside one.

    ``name`` is what stands on it (2号楼, 甲5号); ``key`` the same without width, case and words such as 楼 or 栋;
    ``number`` the first number in it, by which buildings stand in order.
    """

    community = models.ForeignKey(Place, models.PROTECT, related_name="buildings", verbose_name=_("community"))
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, blank=True, related_name="buildings", verbose_name=_("estate")
    )
    name = models.CharField(_("building"), max_length=40)
    key = models.CharField(max_length=40)
    number = models.PositiveIntegerField(default=0)
    storeys = models.PositiveSmallIntegerField(_("storeys"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["number", "name", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["number", "name", "id"]),
            models.Index(fields=["name", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["estate", "key"], condition=Q(estate__isnull=False), name="places_one_building_in_an_estate"
            ),
            models.UniqueConstraint(
                fields=["community", "key"], condition=Q(estate__isnull=True), name="places_one_building_beside_estates"
            ),
            models.CheckConstraint(
                name="places_building_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id)


class Stairwell(Record):
    """One stairwell (单元) of a building; ``number`` without the word: 3 for 3单元."""

    building = models.ForeignKey(Building, models.CASCADE, related_name="stairwells", verbose_name=_("building"))
    number = models.CharField(_("stairwell"), max_length=12)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["building", "number"], name="places_one_stairwell_of_a_number"),
        ]

    def __str__(self) -> str:
        return pgettext("a stairwell", "Stairwell %(number)s") % {"number": self.number}

    @property
    def anchor(self) -> Anchor:
        return self.building.anchor


class Household(Record):
    """One door. It belongs to the community of its building; ``room`` is the door's number (501, 底商2)."""

    building = models.ForeignKey(Building, models.CASCADE, related_name="households", verbose_name=_("building"))
    stairwell = models.ForeignKey(
        Stairwell, models.CASCADE, null=True, blank=True, related_name="households", verbose_name=_("stairwell")
    )
    room = models.CharField(_("door"), max_length=20)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "room", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["building", "order", "room"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["stairwell", "room"],
                condition=Q(stairwell__isnull=False),
                name="places_one_household_in_a_stairwell",
            ),
            models.UniqueConstraint(
                fields=["building", "room"],
                condition=Q(stairwell__isnull=True),
                name="places_one_household_beside_stairwells",
            ),
        ]

    def __str__(self) -> str:
        return self.room

    @property
    def anchor(self) -> Anchor:
        return self.building.anchor

"""What a place was called before, and which places it came from."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models.place import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class PlaceName(Record):
    """A name and a code a place carried from ``valid_from`` until the day before ``valid_to``, and no longer."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=80)
    code = models.CharField(_("code"), max_length=18)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    document = models.CharField(_("number of the decision"), max_length=80, blank=True)

    class Meta:
        ordering = ["valid_from"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name", "place"]),
            models.Index(fields=["code", "place"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "valid_from"], name="places_one_former_name_from_a_day"),
            models.UniqueConstraint(fields=["place", "valid_to"], name="places_one_former_name_to_a_day"),
            models.CheckConstraint(
                name="places_former_name_ends_after_it_begins",
                condition=models.Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class ChangeKind(models.TextChoices):
    MERGE = "merge", _("Merger")
    SPLIT = "split", _("Division")


class Predecessor(Record):
    """``place`` came from ``predecessor`` on ``day``, by the decision in ``document``."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="predecessors")
    predecessor = models.ForeignKey(Place, models.PROTECT, related_name="successors")
    kind = models.CharField(_("kind"), max_length=8, choices=ChangeKind)
    day = models.DateField(_("day"))
    document = models.CharField(_("number of the decision"), max_length=80, blank=True)

    class Meta:
        ordering = ["day", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "predecessor"], name="places_one_descent"),
            models.CheckConstraint(
                name="places_nothing_descends_from_itself",
                condition=~models.Q(place=models.F("predecessor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.place}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

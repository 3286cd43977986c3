"""Matters that belong elsewhere: how many of each kind a day, and nothing about any of them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.refs.record import Record


class ElsewhereCount(Record):
    """A number. Neither words nor a person, a moment or an address is kept with it."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    day = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=20)
    count = models.PositiveIntegerField(_("how many"), default=0)

    class Meta:
        ordering = ["-day", "kind"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "day", "kind"], name="needs_one_count_elsewhere_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.count}"

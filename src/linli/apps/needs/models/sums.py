"""Daily sums: what boards read instead of a year of rows. They can be thrown away; ``recount`` makes them again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.category import Category
from linli.apps.needs.models.need import Need
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.money import LimitRow
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class CountedDay(LimitRow):
    """A day of a street whose matters were counted; two who count it again wait for each other at this row."""

    street = models.ForeignKey(Place, models.CASCADE, related_name="+")
    day = models.DateField(_("received on"))
    counted_at = models.DateTimeField(_("counted"), null=True, blank=True)

    class Meta:
        ordering = ["street", "day"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "day"], name="needs_a_day_is_counted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.day.isoformat()}"


class DailySum(Record):
    """Counts of the matters a street received on one day, by place, unit that handles, category and source.

    What stands behind the wall (complaints about persons and offices, sensitive kinds) is in none of them.
    """

    counted = models.ForeignKey(CountedDay, models.CASCADE, related_name="sums")
    street = models.ForeignKey(Place, models.CASCADE, related_name="+")
    day = models.DateField(_("received on"))
    place = models.ForeignKey(Place, models.CASCADE, related_name="+")
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    official = models.BooleanField(_("ticket of 12345"), default=False)
    received = models.PositiveIntegerField(_("received"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    assessed = models.PositiveIntegerField(_("assessed"), default=0)
    answerable = models.PositiveIntegerField(_("had to be contacted"), default=0)
    contacted = models.PositiveIntegerField(_("contacted in time"), default=0)
    asked = models.PositiveIntegerField(_("asked afterwards"), default=0)
    solved = models.PositiveIntegerField(_("solved"), default=0)
    unsolved = models.PositiveIntegerField(_("not solved"), default=0)
    satisfied = models.PositiveIntegerField(_("satisfied"), default=0)
    rated = models.PositiveIntegerField(_("rated"), default=0)
    done = models.PositiveIntegerField(_("answered"), default=0)
    late = models.PositiveIntegerField(_("late"), default=0)
    reopened = models.PositiveIntegerField(_("opened again"), default=0)

    class Meta:
        ordering = ["day", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "day"], name="needs_sums_of_a_street"),
            models.Index(fields=["place", "day"], name="needs_sums_of_a_place"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_sums_are_parts",
                condition=Q(contacted__lte=models.F("answerable"), satisfied__lte=models.F("rated"))
                & Q(received=models.F("assessed") + models.F("left_out")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()}: {self.received}"


class Exclusion(Record):
    """A matter that is left out of the figures, for a reason a person gave; a ticket's comes with its export."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="exclusion")
    reason = models.CharField(_("reason"), max_length=300)
    at = models.DateTimeField(_("decided"))
    decided_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="needs_excluded_for_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor

"""The tree of places, and its closure: every pair of a place and a place above it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Level(models.TextChoices):
    DISTRICT = "district", _("District")
    STREET = "street", _("Street")
    COMMUNITY = "community", _("Community")
    VILLAGE = "village", _("Village")
    GRID = "grid", _("Grid")
    POINT = "point", _("Point")


class Place(Record):
    """A piece of the district. ``code`` is the 12-digit statistical code; grids and points add 3 digits each.

    ``street`` is the street it lies in (a street's is itself, a district's is empty): audit chains, lists and
    numbers are kept by street, so it stands in the row. ``label`` is the name with as much of what lies above as
    tells it apart from places of the same name; the verbs keep it. ``region`` says what lies above a district.
    A code belongs to one place at a time: a place that ended gives it free.
    """

    code = models.CharField(_("code"), max_length=18)
    name = models.CharField(_("name"), max_length=80)
    label = models.CharField(max_length=300, blank=True)
    region = models.CharField(_("city and province"), max_length=80, blank=True)
    level = models.CharField(_("level"), max_length=12, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    street = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="within")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["code", "id"]),
            models.Index(fields=["level", "code"]),
            models.Index(fields=["name", "id"]),
            models.Index(fields=["parent", "code"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="places_a_code_belongs_to_one_place",
                fields=["code"],
                condition=models.Q(valid_to__isnull=True),
            ),
            models.CheckConstraint(
                name="places_only_a_district_stands_alone",
                condition=models.Q(parent__isnull=True, level=Level.DISTRICT)
                | models.Q(parent__isnull=False) & ~models.Q(level=Level.DISTRICT),
            ),
            models.CheckConstraint(
                name="places_below_a_district_lie_in_a_street",
                condition=models.Q(street__isnull=True, level=Level.DISTRICT)
                | models.Q(street__isnull=False) & ~models.Q(level=Level.DISTRICT),
            ),
            models.CheckConstraint(
                name="places_end_after_they_begin",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.pk)


class PlacePath(Record):
    """``descendant`` lies ``depth`` steps below ``ancestor``; every place is its own ancestor at depth 0."""

    ancestor = models.ForeignKey(Place, models.CASCADE, related_name="paths_down")
    descendant = models.ForeignKey(Place, models.CASCADE, related_name="paths_up")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ancestor", "descendant"], name="places_one_path"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["descendant", "ancestor"])]

    def __str__(self) -> str:
        return f"{self.ancestor_id} > {self.descendant_id} ({self.depth})"

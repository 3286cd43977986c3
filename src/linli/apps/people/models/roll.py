"""The rolls of a community: residents' representatives, stairwell heads and the four helpers of a stairwell."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.person import Person
from linli.apps.places.models import Building, Place, Stairwell
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class RollKind(models.TextChoices):
    """The dictionary of rolls (E02, G15)."""

    REPRESENTATIVE = "representative", _("Residents' representative")
    STAIRWELL_HEAD = "stairwell_head", _("Stairwell head")
    PUBLICITY = "publicity", _("Publicity helper")
    HYGIENE = "hygiene", _("Hygiene helper")
    SAFETY = "safety", _("Safety helper")
    MEDIATION = "mediation", _("Mediation helper")
    BUILDING_HEAD = "building_head", _("Building head")
    SUPERVISION = "supervision", _("Member of the supervision committee")


OF_A_STAIRWELL = (
    RollKind.STAIRWELL_HEAD, RollKind.PUBLICITY, RollKind.HYGIENE, RollKind.SAFETY, RollKind.MEDIATION,
)  # fmt: skip
"""Held at one stairwell, by one person at a time."""
OF_A_BUILDING = (RollKind.BUILDING_HEAD,)
"""Held at one building, by one person at a time."""


class RollRows(models.QuerySet["RollEntry"]):
    """Rows of rolls."""

    def in_force(self, on: date) -> "RollRows":
        """Entries held on the day ``on``."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on)


class RollEntry(Record):
    """One person on one roll, from ``started_on`` until the day before ``ended_on``; ``term_ends_on`` is the plan."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="rolls", verbose_name=_("person"))
    kind = models.CharField(_("roll"), max_length=16, choices=RollKind)
    community = models.ForeignKey(Place, models.PROTECT, related_name="rolls", verbose_name=_("community"))
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="rolls", verbose_name=_("building")
    )
    stairwell = models.ForeignKey(
        Stairwell, models.PROTECT, null=True, blank=True, related_name="rolls", verbose_name=_("stairwell")
    )
    started_on = models.DateField(_("since"))
    term_ends_on = models.DateField(_("term until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = RollRows.as_manager()

    class Meta:
        ordering = ["kind", "started_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "kind", "id"], name="people_rolls_of_a_community"),
            models.Index(fields=["kind", "id"], name="people_rolls_by_kind"),
            models.Index(fields=["started_on", "id"], name="people_rolls_by_start"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="people_one_seat_of_a_stairwell",
                fields=["kind", "stairwell"],
                condition=Q(ended_on__isnull=True, stairwell__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_one_seat_of_a_building",
                fields=["kind", "building"],
                condition=Q(ended_on__isnull=True, stairwell__isnull=True, building__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_once_on_a_roll_of_a_community",
                fields=["person", "kind", "community"],
                condition=Q(ended_on__isnull=True, building__isnull=True),
            ),
            models.CheckConstraint(
                name="people_seat_stands_at_its_place",
                condition=Q(kind__in=OF_A_STAIRWELL, stairwell__isnull=False, building__isnull=False)
                | Q(kind__in=OF_A_BUILDING, stairwell__isnull=True, building__isnull=False)
                | (~Q(kind__in=(*OF_A_STAIRWELL, *OF_A_BUILDING)) & Q(stairwell__isnull=True, building__isnull=True)),
            ),
            models.CheckConstraint(
                name="people_roll_ends_after_it_starts",
                condition=(Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")))
                & (Q(term_ends_on__isnull=True) | Q(term_ends_on__gt=F("started_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_kind_display()} · {self.where}"

    @property
    def where(self) -> str:
        """The community, or the building and stairwell."""
        if self.building is None:
            return self.community.name
        estate = self.building.estate.name if self.building.estate else ""
        return f"{estate}{self.building}{self.stairwell or ''}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id)

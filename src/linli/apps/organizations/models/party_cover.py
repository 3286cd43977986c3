"""Which units and spaces a party organization covers, and where an instructor was sent; no person is named."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models.history import ends_after_it_begins
from linli.apps.organizations.models.organization import Organization
from linli.apps.organizations.models.party import PartyOrganization
from linli.apps.places.models import Building, Estate, Place, Stairwell
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

COVERED = ("organization", "grid", "estate", "building", "stairwell")


def exactly_one(*names: str) -> Q:
    """The condition that one of these columns is filled and the others are empty."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


class PartyCover(Record):
    """One unit of a joint branch, or one grid, estate, building or stairwell, until the day before ``valid_to``."""

    party = models.ForeignKey(PartyOrganization, models.CASCADE, related_name="covers")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="party_covers", verbose_name=_("organization")
    )
    grid = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="party_covers", verbose_name=_("grid")
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, blank=True, related_name="party_covers", verbose_name=_("estate")
    )
    building = models.ForeignKey(
        Building, models.PROTECT, null=True, blank=True, related_name="party_covers", verbose_name=_("building")
    )
    stairwell = models.ForeignKey(
        Stairwell, models.PROTECT, null=True, blank=True, related_name="party_covers", verbose_name=_("stairwell")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_party_cover_ends"),
            models.CheckConstraint(name="organizations_party_covers_one_thing", condition=exactly_one(*COVERED)),
            *(
                models.UniqueConstraint(
                    fields=["party", name],
                    condition=Q(valid_to__isnull=True, **{f"{name}__isnull": False}),
                    name=f"organizations_party_covers_{name}_once",
                )
                for name in COVERED
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.party.anchor

    @property
    def what(self) -> str:
        """Which of :data:`COVERED` it is."""
        return next(name for name in COVERED if getattr(self, f"{name}_id") is not None)

    @property
    def covered(self) -> Any:
        """The unit or space."""
        return getattr(self, self.what)

    @property
    def name(self) -> str:
        """What is covered, with as much of what it lies in as tells it apart: 槐荫小区 2号楼 3单元."""
        building = self.building or (self.stairwell.building if self.stairwell else None)
        parts = [building.estate if building else None, building, self.stairwell]
        return " ".join(str(part) for part in parts if part) or str(self.covered)


class InstructorAssignment(Record):
    """A unit without party members has an instructor until the day before ``valid_to``; who, is a post higher up."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="instructor_assignments")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=160)

    class Meta:
        ordering = ["valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_instructor_ends"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(valid_to__isnull=True),
                name="organizations_one_instructor_assignment_now",
            ),
            models.UniqueConstraint(
                fields=["organization", "valid_from"], name="organizations_one_instructor_assignment_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.valid_from}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor

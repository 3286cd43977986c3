"""Ties between organizations that somebody declared: relations of ownership and persons, and who coaches whom."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models.history import ends_after_it_begins
from linli.apps.organizations.models.organization import Organization
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class RelationKind(models.TextChoices):
    SUBSIDIARY = "subsidiary", _("Subsidiary")
    SHARED_OFFICER = "shared_officer", _("Shared officer")
    STAFF_FAMILY = "staff_family", _("Family of staff")


class RelatedParty(Record):
    """A tie an organization declared, with source and date.

    SUBSIDIARY: ``other`` belongs to ``organization``. SHARED_OFFICER: both have one officer. STAFF_FAMILY: how many
    of its people are family of staff of the street or community; a count, never a name, and no other organization.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="related_parties")
    other = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="related_to")
    kind = models.CharField(_("kind"), max_length=16, choices=RelationKind)
    count = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_relation_ends"),
            models.CheckConstraint(
                name="organizations_relation_has_another_or_a_count",
                condition=models.Q(kind=RelationKind.STAFF_FAMILY, other__isnull=True, count__isnull=False)
                | (~models.Q(kind=RelationKind.STAFF_FAMILY) & models.Q(other__isnull=False, count__isnull=True)),
            ),
            models.CheckConstraint(
                name="organizations_not_related_to_itself",
                condition=models.Q(other__isnull=True) | ~models.Q(other=models.F("organization")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor


class Coaching(Record):
    """A supporting agency coaches a team or organization; it does not judge what it coached."""

    agency = models.ForeignKey(Organization, models.CASCADE, related_name="coachings")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="coached_by")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_coaching_ends"),
            models.CheckConstraint(
                name="organizations_nobody_coaches_itself",
                condition=~models.Q(agency=models.F("organization")),
            ),
            models.UniqueConstraint(
                fields=["agency", "organization"],
                condition=models.Q(valid_to__isnull=True),
                name="organizations_coached_once_by_an_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} > {self.organization_id}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor

"""Honours of organizations and places: who gave them, at which level, until when they count."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models.organization import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class HonourLevel(models.TextChoices):
    COUNTRY = "country", _("National")
    PROVINCE = "province", _("Provincial")
    CITY = "city", _("Municipal")
    DISTRICT = "district", _("Of the district")
    STREET = "street", _("Of the street")


class Honour(Record):
    """A title given to one organization or one place; it counts until the day before ``valid_to``."""

    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="honours")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="honours")
    title = models.CharField(_("title of the honour"), max_length=80, db_index=True)
    level = models.CharField(_("level of the honour"), max_length=12, choices=HonourLevel, db_index=True)
    year = models.PositiveSmallIntegerField(_("year"), db_index=True)
    given_by = models.CharField(_("given by"), max_length=80)
    valid_to = models.DateField(_("expires on"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "title"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="organizations_honour_of_one_organization_or_place",
                condition=models.Q(organization__isnull=True, place__isnull=False)
                | models.Q(organization__isnull=False, place__isnull=True),
            ),
            models.CheckConstraint(
                name="organizations_honour_in_a_year", condition=models.Q(year__gte=1949, year__lte=2199)
            ),
            models.UniqueConstraint(
                fields=["organization", "title", "level", "year"],
                condition=models.Q(organization__isnull=False),
                name="organizations_honour_once_an_organization",
            ),
            models.UniqueConstraint(
                fields=["place", "title", "level", "year"],
                condition=models.Q(place__isnull=False),
                name="organizations_honour_once_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor if self.organization else Anchor(place=self.place_id)

    @property
    def holder(self) -> Organization | Place | None:
        """Who bears it."""
        return self.organization or self.place

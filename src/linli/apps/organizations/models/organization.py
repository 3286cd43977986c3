"""Organizations that take part: who they are, where they sit, from when to when they exist."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class OrganizationKind(models.TextChoices):
    SOCIAL_ORGANIZATION = "social_organization", _("Social organization")
    SUPPORTING_AGENCY = "supporting_agency", _("Supporting agency")
    DEPARTMENT = "department", _("Department")
    ENTERPRISE = "enterprise", _("Enterprise")
    PROPERTY_COMPANY = "property_company", _("Property company")
    SCHOOL = "school", _("School")
    MEMBER_UNIT = "member_unit", _("Member unit")
    RESIDENT_TEAM = "resident_team", _("Resident team")
    TASK_TEAM = "task_team", _("Task team")


class Organization(Record):
    """One organization of the district. ``place`` is its seat; teams without legal person have no credit code."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=24, choices=OrganizationKind)
    place = models.ForeignKey(Place, models.PROTECT, related_name="organizations", verbose_name=_("seat"))
    credit_code = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name", "id"]),
            models.Index(fields=["kind", "name", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "name"], name="organizations_one_name_at_a_place"),
            models.CheckConstraint(
                name="organizations_end_after_they_begin",
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.pk)

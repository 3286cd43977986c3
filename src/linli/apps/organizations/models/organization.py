"""Organizations that take part: who they are, where they sit, from when to when they exist."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import title_of, words
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


TEAMS = (OrganizationKind.RESIDENT_TEAM, OrganizationKind.TASK_TEAM)
"""Kinds without legal person; who leads one is a post."""


class OrganizationStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", _("Ended")


class LegalForm(models.TextChoices):
    ASSOCIATION = "association", _("Social association")
    SOCIAL_SERVICE = "social_service", _("Social service institution")
    FOUNDATION = "foundation", _("Foundation")
    COMPANY = "company", _("Company")
    PUBLIC_INSTITUTION = "public_institution", _("Public institution")
    STATE_ORGAN = "state_organ", _("State organ")
    COOPERATIVE = "cooperative", _("Cooperative")
    SELF_GOVERNMENT = "self_government", _("Residents' or villagers' committee")
    OTHER_LEGAL_PERSON = "other_legal_person", _("Other legal person")
    BRANCH = "branch", _("Branch without legal person")
    SOLE_TRADER = "sole_trader", _("Individual business")
    NONE = "none", _("No legal person")


WITHOUT_LEGAL_PERSON = (LegalForm.BRANCH, LegalForm.SOLE_TRADER, LegalForm.NONE)


class Organization(Record):
    """One organization of the district. ``place`` is its seat; teams without legal person have no credit code.

    ``address_key`` is the address without width, case and spaces, by which organizations under one roof are found.
    A team keeps how many it counts and as of when, never who.
    """

    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=24, choices=OrganizationKind)
    status = models.CharField(
        _("status"), max_length=12, choices=OrganizationStatus, default=OrganizationStatus.ACTIVE, db_index=True
    )
    legal_form = models.CharField(_("legal form"), max_length=24, choices=LegalForm, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="organizations", verbose_name=_("seat"))
    credit_code = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    registered_with = models.CharField(_("registered with"), max_length=80, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    business = models.CharField(_("field of work"), max_length=24, blank=True)
    about = models.TextField(_("what it does"), max_length=600, blank=True)
    address = models.CharField(_("address"), max_length=160, blank=True)
    address_key = models.CharField(max_length=160, blank=True, editable=False, db_index=True)
    office_phone = models.CharField(_("office telephone"), max_length=20, blank=True)
    office_hours = models.CharField(_("office hours"), max_length=120, blank=True)
    member_count = models.PositiveIntegerField(_("number of members"), null=True, blank=True)
    member_count_on = models.DateField(_("counted on"), null=True, blank=True)
    is_public = models.BooleanField(_("shown to the neighbours"), default=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
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
            models.CheckConstraint(
                name="organizations_ended_on_a_day",
                condition=models.Q(status=OrganizationStatus.ENDED, valid_to__isnull=False)
                | (~models.Q(status=OrganizationStatus.ENDED) & models.Q(valid_to__isnull=True)),
            ),
            models.CheckConstraint(
                name="organizations_teams_have_no_legal_person",
                condition=~models.Q(kind__in=TEAMS)
                | models.Q(credit_code__isnull=True, legal_form__in=("", LegalForm.NONE)),
            ),
            models.CheckConstraint(
                name="organizations_members_counted_on_a_day",
                condition=models.Q(member_count__isnull=True, member_count_on__isnull=True)
                | models.Q(member_count__isnull=False, member_count_on__isnull=False),
            ),
            models.CheckConstraint(
                name="organizations_founded_before_registered",
                condition=models.Q(founded_on__isnull=True)
                | models.Q(registered_on__isnull=True)
                | models.Q(registered_on__gte=models.F("founded_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.pk)

    @property
    def is_team(self) -> bool:
        """Whether it is a team of neighbours without legal person."""
        return self.kind in TEAMS

    @property
    def business_title(self) -> str:
        """The field of work in the dictionary's words."""
        return title_of(words("business"), self.business) if self.business else ""

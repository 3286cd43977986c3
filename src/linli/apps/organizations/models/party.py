"""Party organizations: the tree, and what each was called, was and stood under from when to when."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models.history import ends_after_it_begins
from linli.apps.organizations.models.organization import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class PartyKind(models.TextChoices):
    COMMITTEE = "committee", _("Party committee")
    GENERAL_BRANCH = "general_branch", _("General party branch")
    BRANCH = "branch", _("Party branch")
    JOINT_BRANCH = "joint_branch", _("Joint party branch")
    GROUP = "group", _("Party group")
    AREA_COMMITTEE = "area_committee", _("Area joint party committee")
    PROPERTY_ALLIANCE_BRANCH = "property_alliance_branch", _("Property alliance party branch")


BRANCHES = (PartyKind.BRANCH, PartyKind.JOINT_BRANCH, PartyKind.PROPERTY_ALLIANCE_BRANCH)


class PartyOrganization(Record):
    """A party organization at ``place``; one of a unit names it in ``organization`` and sits at its seat.

    Name, kind and ``parent`` are those of its open :class:`PartyStatus`. Members are counted, never named.
    """

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=32, choices=PartyKind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("stands under")
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="party_organizations", verbose_name=_("place"))
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="party_organizations",
        verbose_name=_("organization"),
    )
    elected_on = models.DateField(_("last election"), null=True, blank=True)
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
            ends_after_it_begins("organizations_party_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["place", "name"],
                condition=models.Q(valid_to__isnull=True),
                name="organizations_one_party_name_at_a_place",
            ),
            models.CheckConstraint(
                name="organizations_party_not_under_itself",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="organizations_party_group_stands_under",
                condition=~models.Q(kind=PartyKind.GROUP) | models.Q(parent__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)


class PartyStatus(Record):
    """What a party organization was called, was and stood under until the day before ``valid_to``."""

    party = models.ForeignKey(PartyOrganization, models.CASCADE, related_name="statuses")
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=32, choices=PartyKind)
    parent = models.ForeignKey(PartyOrganization, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=160)

    class Meta:
        ordering = ["valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_party_status_ends"),
            models.UniqueConstraint(fields=["party", "valid_from"], name="organizations_one_party_status_a_day"),
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(valid_to__isnull=True),
                name="organizations_one_open_party_status",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"

    @property
    def anchor(self) -> Anchor:
        return self.party.anchor

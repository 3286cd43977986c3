"""The pool of experts of the district: who they are, what they know, what ties them; never how well they judge."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.reviews.permissions import pays_fees, tends_experts
from linli.kernel.privacy import ADDRESS, ID_NUMBER, PHONE, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Expert(Record):
    """Somebody who may judge. ``place`` is the street that entered the row; the pool is one for the district.

    ``organization`` is the unit where the register knows it, ``unit`` how it is printed. ``lives_in`` is a community,
    no address. Telephone, identity number and account stand sealed.
    """

    name = models.CharField(_("name"), max_length=60)
    unit = models.CharField(_("unit and position"), max_length=120)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit in the register")
    )
    lives_in = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lives in the community")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account")
    )
    specialty = models.CharField(_("specialty"), max_length=120)
    service = models.TextField(_("earlier service"), max_length=600, blank=True)
    phone = SealedText(_("telephone"), blank=True, sort=PHONE, may_reveal=tends_experts)
    id_number = SealedText(_("identity number"), blank=True, sort=ID_NUMBER, may_reveal=pays_fees)
    account = SealedText(_("account and bank"), blank=True, sort=ADDRESS, may_reveal=pays_fees)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    is_active = models.BooleanField(_("may be invited"), default=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "unit"], name="reviews_one_expert_of_a_name_and_unit"),
            models.CheckConstraint(name="reviews_expert_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class Ground(models.TextChoices):
    """Why a judge may not judge an entry."""

    UNIT = "unit", _("Works in the unit")
    RESIDENCE = "residence", _("Lives there")
    ROLE = "role", _("Holds a post there")
    FAMILY = "family", _("Family there")
    LEFT = "left", _("Left less than two years ago")
    COACHING = "coaching", _("Coached it")
    PARTY = "party", _("Is a party itself")
    OTHER = "other", _("Another interest")


TIES = (Ground.ROLE, Ground.FAMILY, Ground.LEFT, Ground.COACHING, Ground.OTHER)


class ExpertTie(Record):
    """What ties an expert to one organization or one place: a post, family (a note, no name), former work, coaching."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="ties")
    ground = models.CharField(_("kind of tie"), max_length=12, choices=Ground)
    organization = models.ForeignKey(Organization, models.CASCADE, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="+")
    until = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=120, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="reviews_tie_to_one_place_or_organization",
                condition=Q(organization__isnull=False, place__isnull=True)
                | Q(organization__isnull=True, place__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_who_left_left_on_a_day", condition=~Q(ground=Ground.LEFT) | Q(until__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.expert.anchor

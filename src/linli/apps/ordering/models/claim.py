"""Who offers to take a sheet on, and who did: with which share, for how much, under which commitment."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import Agreement
from linli.apps.ledger.models import Commitment
from linli.apps.ordering.models.catalog import NOTHING
from linli.apps.ordering.models.sheet import WorkSheet
from linli.apps.organizations.models import Organization
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class ClaimState(models.TextChoices):
    MADE = "made", _("Waits for the choice")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    WON = "won", _("The claim won")
    LOST = "lost", _("Not chosen")


class Claim(Record):
    """An organization offers to take a sheet on for ``price`` in all; ``ties`` is what it declared about itself."""

    sheet = models.ForeignKey(WorkSheet, models.PROTECT, related_name="claims", verbose_name=_("work sheet"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="claims", verbose_name=_("organization")
    )
    price = MoneyField(_("price in all"))
    plan = models.TextField(_("how you will do it"), max_length=1000)
    ties = models.CharField(_("ties to whoever decides"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ClaimState, default=ClaimState.MADE)
    made_at = models.DateTimeField(_("claimed"))
    made_by = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["made_at", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organization", "-made_at"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sheet", "organization"], condition=~Q(state="withdrawn"), name="ordering_one_claim_each"
            ),
            models.CheckConstraint(name="ordering_a_claim_is_not_negative", condition=Q(price__gte=NOTHING)),
        ]

    def __str__(self) -> str:
        return f"{self.organization}：{self.sheet}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.sheet.place_id, organization=self.organization_id)


class Contractor(Record):
    """An organization that took a sheet on with ``share`` percent of it; all shares of a sheet sum to 100.

    ``resources``: rooms, tools, training and the like which it gets beside ``amount``.
    """

    sheet = models.ForeignKey(WorkSheet, models.PROTECT, related_name="contractors", verbose_name=_("work sheet"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="contracts", verbose_name=_("organization")
    )
    share = models.PositiveSmallIntegerField(_("share in percent"))
    amount = MoneyField(_("amount"))
    resources = models.CharField(_("resources given with the money"), max_length=200, blank=True)
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="contractor", verbose_name=_("commitment")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreement")
    )

    class Meta:
        ordering = ["-share", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "organization"], name="ordering_a_contractor_once"),
            models.CheckConstraint(name="ordering_a_share_is_of_hundred", condition=Q(share__gte=1, share__lte=100)),
            models.CheckConstraint(name="ordering_a_contract_is_not_negative", condition=Q(amount__gte=NOTHING)),
        ]

    def __str__(self) -> str:
        return f"{self.organization}：{self.share}%"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.sheet.place_id, organization=self.organization_id)

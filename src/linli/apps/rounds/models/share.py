"""Who proposes, and with which share."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import WITHOUT_LEGAL_PERSON, Organization
from linli.apps.places.models import Place
from linli.apps.rounds.models.proposal import OFFICE, Proposal
from linli.kernel.privacy import PERSON_NAME, PHONE, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, holds


class ProposerKind(models.TextChoices):
    ORGANIZATION = "organization", _("Organization or team")
    COMMUNITY = "community", _("Community")
    RESIDENT = "resident", _("Resident")


class ProposerShare(Record):
    """One proposer of a proposal and its share of 100 per cent: an organization or team, a community, a resident.

    A resident's name and telephone are sealed; the telephone may be missing, and so may an account.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="shares")
    kind = models.CharField(_("kind"), max_length=12, choices=ProposerKind)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="proposer_shares"
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="proposer_shares")
    resident_name = SealedText(_("name of the person"), sort=PERSON_NAME, blank=True, may_reveal=holds(*OFFICE))
    resident_phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=holds(*OFFICE))
    resident_user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    share = models.DecimalField(_("share in per cent"), max_digits=5, decimal_places=2, default=Decimal(100))
    is_lead = models.BooleanField(_("leads"), default=False)

    class Meta:
        ordering = ["-is_lead", "-share", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="rounds_a_proposer_is_one_of_three",
                condition=models.Q(
                    kind="organization", organization__isnull=False, place__isnull=True, resident_user__isnull=True
                )
                | models.Q(kind="community", organization__isnull=True, place__isnull=False, resident_user__isnull=True)
                | models.Q(kind="resident", organization__isnull=True, place__isnull=True),
            ),
            models.CheckConstraint(name="rounds_a_share_of_a_hundred", condition=models.Q(share__gt=0, share__lte=100)),
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(is_lead=True), name="rounds_one_proposer_leads"
            ),
            models.UniqueConstraint(
                fields=["proposal", "organization"],
                condition=models.Q(organization__isnull=False),
                name="rounds_an_organization_proposes_once",
            ),
            models.UniqueConstraint(
                fields=["proposal", "place"],
                condition=models.Q(place__isnull=False),
                name="rounds_a_community_proposes_once",
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def anchor(self) -> Anchor:
        return self.proposal.anchor

    @property
    def shown(self) -> str:
        """The proposer's name as readers see it; a resident's is masked."""
        return str(self.organization or self.place or self.resident_name)

    @property
    def has_legal_person(self) -> bool:
        """Whether it can hold money itself: a community's committee and a registered organization can."""
        if self.kind == ProposerKind.COMMUNITY:
            return True
        if self.organization is None:
            return False
        return not self.organization.is_team and self.organization.legal_form not in WITHOUT_LEGAL_PERSON

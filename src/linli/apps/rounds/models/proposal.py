"""A proposal: what is to be done, for whom, by whom, from when to when, with how much."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.rounds.models.programme import ProgrammeWord
from linli.apps.rounds.models.round import Round
from linli.kernel.money import MoneyField
from linli.kernel.privacy import PERSON_NAME, PHONE, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, Role, holds

OFFICE = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER)


class ProposalState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("Sent back for more")
    ACCEPTED = "accepted", _("Accepted for review")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    AWARDED = "awarded", _("Awarded")


EDITABLE = (ProposalState.DRAFT, ProposalState.RETURNED)
HANDED_IN = (
    ProposalState.SUBMITTED, ProposalState.RETURNED, ProposalState.ACCEPTED, ProposalState.REFUSED,
    ProposalState.AWARDED,
)  # fmt: skip
"""States of what lies on the table. A draft is its proposers' own; what was withdrawn is gone from it."""


class ProviderKind(models.TextChoices):
    PROFESSIONAL = "professional", _("Professional organization")
    MEMBERS_TEAM = "members_team", _("Service team of party members")
    RESIDENTS = "residents", _("Residents themselves")
    COMMUNITY = "community", _("Community")


class Proposal(Record):
    """One proposal. Who proposes are the rows of its shares; ``entered_at`` is the community whose worker typed it.

    ``asked`` and ``own`` are stated; the lines must add up to them exactly. ``confirm_edit`` is set while an agency's
    change waits for the proposers' word. ``serial`` is given when it is handed in.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals")
    place = models.ForeignKey(Place, models.PROTECT, related_name="proposals", verbose_name=_("community"))
    serial = models.CharField(_("number"), max_length=24, blank=True, db_index=True)
    title = models.CharField(_("title of the project"), max_length=80)
    category = models.ForeignKey(
        ProgrammeWord, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("class")
    )
    direction = models.ForeignKey(
        ProgrammeWord, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("direction")
    )
    theme = models.ForeignKey(
        ProgrammeWord, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme of the year")
    )
    provider = models.CharField(_("kind of provider"), max_length=16, choices=ProviderKind, blank=True)
    is_brand = models.BooleanField(_("the brand of its community"), default=False)
    site = models.CharField(_("where it takes place"), max_length=120, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    background = models.TextField(_("background and need"), max_length=3000, blank=True)
    goal = models.TextField(_("goal"), max_length=2000, blank=True)
    beneficiaries = models.CharField(_("who benefits"), max_length=120, blank=True)
    beneficiary_count = models.PositiveIntegerField(_("how many benefit"), null=True, blank=True)
    steps = models.TextField(_("content and steps"), max_length=4000, blank=True)
    party_role = models.TextField(_("role of the party organization, who takes part"), max_length=2000, blank=True)
    risks = models.TextField(_("risks and how they are met"), max_length=2000, blank=True)
    sustainability = models.TextField(_("how it goes on afterwards"), max_length=2000, blank=True)
    asked = MoneyField(_("sum asked for"), default=Decimal(0))
    own = MoneyField(_("own contribution"), default=Decimal(0))
    contact_name = SealedText(_("person in charge"), sort=PERSON_NAME, blank=True, may_reveal=holds(*OFFICE))
    contact_phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=holds(*OFFICE))
    fund_holder = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("fund holder")
    )
    holder_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community that holds the funds")
    )
    entered_at = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirm_edit = models.BooleanField(default=False)
    state = models.CharField(
        _("state"), max_length=12, choices=ProposalState, default=ProposalState.DRAFT, db_index=True
    )
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    is_late = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last change"))
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["serial", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["round", "state"]),
            models.Index(fields=["title", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["round", "serial"], condition=~models.Q(serial=""), name="rounds_one_serial_a_round"
            ),
            models.CheckConstraint(
                name="rounds_money_is_not_negative",
                condition=models.Q(asked__gte=0, own__gte=0),
            ),
            models.CheckConstraint(
                name="rounds_a_project_ends_after_it_begins",
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="rounds_what_was_handed_in_has_a_number",
                condition=models.Q(state__in=("draft", "withdrawn")) | ~models.Q(serial=""),
            ),
            models.CheckConstraint(
                name="rounds_one_fund_holder",
                condition=models.Q(fund_holder__isnull=True) | models.Q(holder_place__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def is_closed_to_readers(self) -> bool:
        """Whether nobody but its proposers may see it: a draft, something withdrawn before, or sealed."""
        return self.state not in HANDED_IN or self.round.is_closed_to_readers

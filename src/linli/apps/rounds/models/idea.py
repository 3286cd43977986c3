"""Ideas (金点子), the supporting agencies of a round, and what was coached."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.rounds.models.proposal import Proposal
from linli.apps.rounds.models.round import Round
from linli.kernel.privacy import PERSON_NAME, PHONE, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, Role, holds

COUNTER = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER)
"""Who may open the telephone somebody left with an idea."""


class IdeaSource(models.TextChoices):
    PORTAL = "portal", _("Portal")
    PAPER = "paper", _("Paper form")
    COUNTER = "counter", _("Told at the counter")
    PHONE = "phone", _("Told by telephone")


class IdeaState(models.TextChoices):
    NEW = "new", _("New")
    COACHED = "coached", _("Being coached")
    PROPOSED = "proposed", _("Became a proposal")
    SET_ASIDE = "set_aside", _("Set aside")


class Idea(Record):
    """What a neighbour would like to do, in a few sentences. Name and telephone are optional and sealed."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="ideas")
    place = models.ForeignKey(Place, models.PROTECT, related_name="ideas", verbose_name=_("community"))
    title = models.CharField(_("the idea in one line"), max_length=80)
    text = models.TextField(_("what you would like to do"), max_length=2000)
    name = SealedText(_("name of the person"), sort=PERSON_NAME, blank=True, may_reveal=holds(*COUNTER))
    phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=holds(*COUNTER))
    source = models.CharField(_("how it came"), max_length=8, choices=IdeaSource)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    handed_in_at = models.DateTimeField(_("handed in"))
    state = models.CharField(_("state"), max_length=12, choices=IdeaState, default=IdeaState.NEW, db_index=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="idea")
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-handed_in_at", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["handed_in_at", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="rounds_an_idea_became_a_proposal",
                condition=models.Q(state="proposed", proposal__isnull=False)
                | (~models.Q(state="proposed") & models.Q(proposal__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class AgencyAssignment(Record):
    """A supporting agency looks after the ideas and proposals of one community in one round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="agencies")
    agency = models.ForeignKey(Organization, models.PROTECT, related_name="round_assignments")
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "community"], name="rounds_one_agency_a_community"),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} > {self.community_id}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id, organization=self.agency_id)


class CoachingVisit(Record):
    """One hour of coaching on record: on which day, what changed by it, what comes next."""

    idea = models.ForeignKey(Idea, models.CASCADE, null=True, blank=True, related_name="visits")
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, blank=True, related_name="visits")
    agency = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    held_on = models.DateField(_("day"))
    changed = models.TextField(_("what changed"), max_length=1000)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["held_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="rounds_coaching_of_an_idea_or_a_proposal",
                condition=models.Q(idea__isnull=False, proposal__isnull=True)
                | models.Q(idea__isnull=True, proposal__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}: {self.changed[:30]}"

    @property
    def about(self) -> Idea | Proposal | None:
        """What was coached."""
        return self.idea or self.proposal

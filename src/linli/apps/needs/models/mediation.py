"""Mediation of disputes (E32, E33, I18, I19): stages and levels, steps, consents. Never a name, never a police file."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class DisputeKind(models.TextChoices):
    NEIGHBOURS = "neighbours", _("Between neighbours")
    FAMILY = "family", _("In a family")
    PROPERTY = "property", _("With the property company")
    MONEY = "money", _("About money or wages")
    OTHER = "other", _("Another dispute")


class MediationLevel(models.TextChoices):
    """The two levels at which a dispute is mediated (E32)."""

    STREET = "street", _("Street")
    DISTRICT = "district", _("District")


class MediationState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    ACCEPTED = "accepted", _("Accepted for mediation")
    MEDIATING = "mediating", _("Being mediated")
    AGREED = "agreed", _("Agreement reached")
    FAILED = "failed", _("No agreement")
    REFERRED = "referred", _("Referred to the court's mediation")


ENDED = (MediationState.AGREED, MediationState.FAILED, MediationState.REFERRED)


class Mediation(Record):
    """One dispute, on a need of the sensitive kind: only those named in the need see it."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="mediation")
    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=DisputeKind)
    level = models.CharField(_("level"), max_length=8, choices=MediationLevel, default=MediationLevel.STREET)
    state = models.CharField(_("state"), max_length=10, choices=MediationState, default=MediationState.REGISTERED)
    registered_at = models.DateTimeField(_("registered"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True)
    court = models.CharField(_("court or mediation office it is referred to"), max_length=80, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-registered_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "state", "ended_at"], name="needs_mediations_by_end"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_a_mediation_ends_with_a_result",
                condition=Q(state__in=("agreed", "failed", "referred"), ended_at__isnull=False) & ~Q(result="")
                | ~Q(state__in=("agreed", "failed", "referred")) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(name="needs_referred_somewhere", condition=~Q(state="referred") | ~Q(court="")),
        ]

    def __str__(self) -> str:
        return self.need.number

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor


class StepKind(models.TextChoices):
    """The four steps of a property dispute (I18), and a plain talk."""

    PARTY_LEADS = "party_leads", _("The Party branch leads")
    RESIDENTS_SPEAK = "residents_speak", _("Residents say what it is about")
    JUDGE_EXPLAINS = "judge_explains", _("A judge explains the law")
    COMMUNITY_SOLVES = "community_solves", _("The community works it out")
    TALK = "talk", _("Talk with the parties")


FOUR_STEPS = (StepKind.PARTY_LEADS, StepKind.RESIDENTS_SPEAK, StepKind.JUDGE_EXPLAINS, StepKind.COMMUNITY_SOLVES)


class MediationStep(Record):
    """One step: when, and what came of it."""

    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="steps")
    kind = models.CharField(_("step"), max_length=16, choices=StepKind)
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("what came of it"), max_length=2000)
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def anchor(self) -> Anchor:
        return self.mediation.anchor


class ConsentHow(models.TextChoices):
    PAPER = "paper", _("On paper, signed")
    SPOKEN = "spoken", _("Spoken, before the mediator")


class MediationParty(Record):
    """One party, by what it is in the dispute and never by name; whether it agrees to be referred (I19)."""

    mediation = models.ForeignKey(Mediation, models.CASCADE, related_name="parties")
    role = models.CharField(_("party"), max_length=40)
    consented_at = models.DateTimeField(_("agreed to be referred"), null=True, blank=True)
    consent_how = models.CharField(_("how it agreed"), max_length=6, choices=ConsentHow, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mediation", "role"], name="needs_a_party_stands_once"),
            models.CheckConstraint(
                name="needs_consent_says_how",
                condition=Q(consented_at__isnull=True, consent_how="")
                | Q(consented_at__isnull=False) & ~Q(consent_how=""),
            ),
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def anchor(self) -> Anchor:
        return self.mediation.anchor

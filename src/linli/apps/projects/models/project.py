"""A project: what was awarded or agreed, now carried out; and the run of numbers of a street and year."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import Agreement
from linli.apps.ledger.models import Commitment
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.rounds.models import Award, ProgrammeWord, Proposal, ProviderKind
from linli.kernel.money import MoneyField, NumberRun
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

NOTHING = Decimal(0)


class ProjectKind(models.TextChoices):
    HARDWARE = "hardware", _("Works and equipment")
    PROFESSIONAL = "professional", _("Professional service")
    RESIDENT_LED = "resident_led", _("Led by residents")


class ProjectState(models.TextChoices):
    RUNNING = "running", _("Under way")
    SUSPENDED = "suspended", _("Halted")
    TERMINATED = "terminated", _("Broken off")
    CLOSING = "closing", _("In closing review")
    CLOSED = "closed", _("Concluded")


UNDER_WAY = (ProjectState.RUNNING, ProjectState.SUSPENDED)
"""States in which a project is still carried out."""


class Project(Record):
    """One project. ``bearer`` (an organization) or ``bearer_place`` (a community) carries it out: exactly one.

    ``proposal`` and ``award`` stand where it came out of a round; a small yearly contract has neither.
    ``amount`` is the public money agreed, ``own`` what its bearer adds; with a commitment ``amount`` is what that
    binds. ``agency`` supports it. ``first_end`` is the last day first agreed; ``ends_on`` moves by changes.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="projects", verbose_name=_("community"))
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=60, db_index=True)
    title = models.CharField(_("title of the project"), max_length=80)
    kind = models.CharField(_("class of the project"), max_length=16, choices=ProjectKind, db_index=True)
    provider = models.CharField(_("kind of provider"), max_length=16, choices=ProviderKind)
    category = models.ForeignKey(
        ProgrammeWord, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("class")
    )
    bearer = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("carried out by")
    )
    bearer_place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="projects_carried_out",
        verbose_name=_("community that carries it out"),
    )  # fmt: skip
    agency = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="projects_supported",
        verbose_name=_("supporting agency"),
    )  # fmt: skip
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="project")
    award = models.OneToOneField(Award, models.PROTECT, null=True, blank=True, related_name="project")
    commitment = models.OneToOneField(
        Commitment, models.PROTECT, null=True, blank=True, related_name="project", verbose_name=_("commitment")
    )
    agreement = models.OneToOneField(
        Agreement, models.PROTECT, null=True, blank=True, related_name="project", verbose_name=_("agreement")
    )
    amount = MoneyField(_("amount"))
    own = MoneyField(_("own contribution"), default=NOTHING)
    money_from = models.CharField(_("where the money comes from"), max_length=80, blank=True)
    goal = models.TextField(_("goal"), max_length=2000, blank=True)
    content = models.TextField(_("what is done"), max_length=6000, blank=True)
    starts_on = models.DateField(_("first day"))
    first_end = models.DateField(_("last day as first agreed"))
    ends_on = models.DateField(_("last day"), db_index=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ProjectState, default=ProjectState.RUNNING, db_index=True
    )
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    begun_at = models.DateTimeField(_("entered"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "number", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["year", "number"]),
            models.Index(fields=["title", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "serial"], name="projects_a_number_once"),
            models.CheckConstraint(
                name="projects_one_carries_it_out",
                condition=models.Q(bearer__isnull=False, bearer_place__isnull=True)
                | models.Q(bearer__isnull=True, bearer_place__isnull=False),
            ),
            models.CheckConstraint(
                name="projects_an_award_is_of_a_proposal",
                condition=models.Q(award__isnull=True) | models.Q(proposal__isnull=False),
            ),
            models.CheckConstraint(
                name="projects_money_is_not_negative", condition=models.Q(amount__gte=NOTHING, own__gte=NOTHING)
            ),
            models.CheckConstraint(
                name="projects_end_after_they_begin", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="projects_ended_on_a_day",
                condition=models.Q(state__in=("terminated", "closed"), ended_on__isnull=False)
                | (~models.Q(state__in=("terminated", "closed")) & models.Q(ended_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="projects_halted_for_a_reason",
                condition=~models.Q(state__in=("suspended", "terminated")) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.bearer_id)

    @property
    def carried_by(self) -> Organization | Place:
        """Who carries it out."""
        found = self.bearer or self.bearer_place
        assert found is not None  # a constraint keeps it so
        return found


class SerialRun(NumberRun):
    """The last number given to a project of a street and year; taken under its own lock, so that there is no gap."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year"], name="projects_one_run_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.year}: {self.last}"

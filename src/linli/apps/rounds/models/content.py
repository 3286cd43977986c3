"""What a proposal rests on: budget lines, indicators, need surveys, discussions, supporters."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.rounds.models.proposal import Proposal
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class LineSource(models.TextChoices):
    ASKED = "asked", _("Sum asked for")
    OWN = "own", _("Own contribution")
    DONATED = "donated", _("Donated")


class ProposalLine(Record):
    """A line of the budget: unit price × quantity = amount, exact to the fen."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    order = models.PositiveSmallIntegerField()
    head = models.CharField(_("head"), max_length=24)
    item = models.CharField(_("item"), max_length=80)
    unit_price = MoneyField(_("unit price"))
    quantity = models.DecimalField(_("quantity"), max_digits=9, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=12, blank=True)
    amount = MoneyField(_("amount"))
    source = models.CharField(_("source"), max_length=8, choices=LineSource, default=LineSource.ASKED)
    grounds = models.CharField(_("how it was reckoned"), max_length=200, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="rounds_a_line_is_not_negative",
                condition=models.Q(unit_price__gte=0, quantity__gt=Decimal(0), amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.item


class ProposalIndicator(Record):
    """What will be counted: from ``baseline`` to ``target`` in ``unit`` by ``due_on``."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("indicator"), max_length=80)
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=12)
    due_on = models.DateField(_("reached by"))

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class SurveyMethod(models.TextChoices):
    TALK = "talk", _("Meeting")
    VISIT = "visit", _("House visits")
    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    HOTLINE = "hotline", _("Hotline 12345")


class NeedSurvey(Record):
    """How the need was asked for: method, how many answered, the day, what came out; its file hangs on it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="surveys")
    method = models.CharField(_("method"), max_length=16, choices=SurveyMethod)
    count = models.PositiveIntegerField(_("how many answered"))
    held_on = models.DateField(_("day"))
    findings = models.TextField(_("what came out"), max_length=1000)
    needing = models.PositiveIntegerField(_("how many need it"), null=True, blank=True)
    has_file = models.BooleanField(default=False)

    class Meta:
        ordering = ["held_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="rounds_somebody_answered", condition=models.Q(count__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.held_on}"

    @property
    def anchor(self) -> Anchor:
        return self.proposal.anchor


class DiscussionStep(models.TextChoices):
    MOTION = "motion", _("Motion")
    TALK = "talk", _("Consultation")
    REVIEW = "review", _("Deliberation")
    RESOLUTION = "resolution", _("Resolution")
    PROMISE = "promise", _("Promise")


class Discussion(Record):
    """One step of 四议一承诺: day, people, minutes; the resolution with its votes, the promise with its term."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="discussions")
    step = models.CharField(_("step"), max_length=12, choices=DiscussionStep)
    held_on = models.DateField(_("day"))
    people = models.CharField(_("who took part"), max_length=200)
    minutes = models.TextField(_("minutes"), max_length=2000)
    due = models.PositiveSmallIntegerField(_("should attend"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("present"), null=True, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    promised_by = models.DateField(_("promised by"), null=True, blank=True)

    class Meta:
        ordering = ["held_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "step"], name="rounds_each_step_once"),
            models.CheckConstraint(
                name="rounds_votes_add_up",
                condition=models.Q(present__isnull=True)
                | models.Q(
                    present__lte=models.F("due"),
                    present=models.F("in_favour") + models.F("against") + models.F("abstained"),
                ),
            ),
            models.CheckConstraint(
                name="rounds_a_resolution_has_votes",
                condition=~models.Q(step="resolution")
                | models.Q(
                    due__isnull=False, present__isnull=False, in_favour__isnull=False, against__isnull=False,
                    abstained__isnull=False,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.held_on}"


class SupporterKind(models.TextChoices):
    NEIGHBOURS = "neighbours", _("Neighbours who support it")
    VOLUNTEERS = "volunteers", _("Volunteers")
    ORGANIZATIONS = "organizations", _("Organizations")


class Supporter(Record):
    """Who stands behind a proposal: how many of one kind by a list on paper, one neighbour, or one organization."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="supporters")
    kind = models.CharField(_("kind"), max_length=16, choices=SupporterKind)
    count = models.PositiveIntegerField(_("how many"), default=1)
    source = models.CharField(_("source"), max_length=120, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["proposal", "user"], condition=models.Q(user__isnull=False), name="rounds_support_once"
            ),
            models.UniqueConstraint(
                fields=["proposal", "organization"],
                condition=models.Q(organization__isnull=False),
                name="rounds_an_organization_supports_once",
            ),
            models.CheckConstraint(
                name="rounds_one_supporter_counts_one",
                condition=models.Q(user__isnull=True, organization__isnull=True, count__gt=0) | models.Q(count=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.count}"

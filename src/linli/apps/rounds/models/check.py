"""Revisions of a proposal, and the checks of it: one view per office."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models.proposal import Proposal
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

COMMUNITY = "社区（村）"
"""The office of a check that is the proposal's own community: its staff gives the view (the first choice)."""


class Revision(Record):
    """How a proposal stood at one moment: when it was handed in, or before an agency changed it."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    occasion = models.CharField(max_length=40)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["proposal", "number"], name="rounds_one_revision_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.number}"


class CheckStage(models.TextChoices):
    FIRST = "first", _("First check")
    JOINT = "joint", _("Joint review")


class Check(Record):
    """A check of a proposal as it was handed in with one revision; the offices asked each give a view."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="checks")
    stage = models.CharField(_("stage"), max_length=8, choices=CheckStage)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["begun_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["proposal", "stage"], condition=models.Q(closed_at__isnull=True), name="rounds_one_open_check"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.proposal.round.anchor


class View(models.TextChoices):
    PASS = "pass", _("Pass")
    CHANGE = "change", _("To be changed")
    REFUSE = "refuse", _("Not to be supported")


class OfficeView(Record):
    """What one office says in a check: its view, the amount it would approve, its reason and the clause."""

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="views")
    office = models.CharField(_("office"), max_length=60)
    view = models.CharField(_("view"), max_length=8, choices=View, blank=True)
    approved = MoneyField(  # type: ignore[misc]  # the stubs know no amount that may be missing
        _("amount approved"), null=True, blank=True
    )
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["office", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["check_of", "office"], name="rounds_one_view_an_office"),
            models.CheckConstraint(
                name="rounds_a_view_has_a_moment",
                condition=models.Q(view="", given_at__isnull=True)
                | (~models.Q(view="") & models.Q(given_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="rounds_no_without_a_reason",
                condition=models.Q(view__in=("", "pass")) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.get_view_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.check_of.anchor

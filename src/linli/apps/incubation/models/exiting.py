"""Warnings of an organization and the case of its exit from the center: proposed, told, heard, decided by a person."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.models.month import MonthSheet
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class MonthWarning(Record):
    """The first or second month in a row below the line: told to the organization, which may be heard.

    ``withdrawn_at``: a correction took its basis away. A month is warned of once, as it stands.
    """

    sheet = models.ForeignKey(MonthSheet, models.PROTECT, related_name="warnings")
    number = models.PositiveSmallIntegerField(_("month in a row"))
    given_at = models.DateTimeField(_("given"))
    heard_until = models.DateTimeField(_("to be heard until"))
    heard = models.TextField(_("what the organization says"), max_length=1000, blank=True)
    heard_at = models.DateTimeField(_("heard"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        ordering = ["given_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(withdrawn_at__isnull=True), name="incubation_a_month_is_warned_of_once"
            ),
            models.CheckConstraint(name="incubation_two_warnings", condition=Q(number__in=(1, 2))),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} ({self.number})"

    @property
    def anchor(self) -> Anchor:
        return self.sheet.anchor


class ExitState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    TOLD = "told", _("Told to the organization, which is heard")
    DECIDED = "decided", _("Exit decided, open to appeal")
    APPEALED = "appealed", _("Appeal to be answered")
    CONFIRMED = "confirmed", _("Exit confirmed after the appeal")
    LEFT = "left", _("Has left the center")
    DROPPED = "dropped", _("Stays")


CASE_OVER = (ExitState.LEFT, ExitState.DROPPED)


class ExitCase(Record):
    """Three months in a row below the line: the proposal that an organization leaves, and what became of it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="exit_cases")
    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    first_month = models.DateField(_("first month"))
    last_month = models.DateField(_("last month"))
    line = models.DecimalField(_("line"), max_digits=4, decimal_places=2)
    state = models.CharField(_("state"), max_length=10, choices=ExitState, default=ExitState.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed"))
    told_at = models.DateTimeField(_("told"), null=True, blank=True)
    heard_until = models.DateTimeField(_("to be heard until"), null=True, blank=True)
    heard = models.TextField(_("what the organization says"), max_length=2000, blank=True)
    heard_at = models.DateTimeField(_("heard"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.UUIDField(null=True, editable=False)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    appeal_until = models.DateTimeField(_("appeal until"), null=True, blank=True)
    appeal = models.TextField(_("appeal"), max_length=2000, blank=True)
    appealed_at = models.DateTimeField(_("appealed"), null=True, blank=True)
    answer = models.TextField(_("answer to the appeal"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=~Q(state__in=("left", "dropped")),
                name="incubation_one_open_exit_an_organization",
            ),
            models.CheckConstraint(
                name="incubation_a_person_decides_with_a_reason",
                condition=~Q(state__in=("decided", "appealed", "confirmed", "left"))
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(name="incubation_who_left_has_a_day", condition=~Q(state="left") | ~Q(left_on=None)),
        ]

    def __str__(self) -> str:
        return str(self.organization)

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor

"""Shifts of a contractor: the plan that repeats every week, each shift, and who came to it as a number."""

import secrets
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models.claim import Contractor
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

TWO = 2
"""How many go into a home, at least."""
WEEKDAYS = "1234567"


class ShiftState(models.TextChoices):
    PLANNED = "planned", _("The shift lies ahead")
    HELD = "held", _("The shift took place")
    MISSED = "missed", _("Nobody came")
    CANCELLED = "cancelled", _("Called off")


class CheckWay(models.TextChoices):
    LIST = "list", _("On the list")
    QR = "qr", _("By the code")
    PAPER = "paper", _("From the paper sheet")


def shift_code() -> str:
    """What the code at the venue leads to; nobody guesses it."""
    return secrets.token_urlsafe(9)


class ShiftPlan(Record):
    """Shifts that come round on some days of the week (``weekdays``: digits, 1 is Monday) from a day to a day.

    ``code`` is what the QR at the venue leads to; it serves every shift of the plan.
    """

    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="plans")
    weekdays = models.CharField(_("days of the week"), max_length=7)
    begins = models.TimeField(_("begins"))
    ends = models.TimeField(_("ends"))
    first_on = models.DateField(_("the first day"))
    last_on = models.DateField(_("the last day"))
    venue = models.CharField(_("where it is done"), max_length=120)
    people_needed = models.PositiveSmallIntegerField(_("how many go"), default=1)
    at_home = models.BooleanField(_("in homes"), default=False)
    code = models.CharField(max_length=16, unique=True, default=shift_code)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["first_on", "begins", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="ordering_a_plan_ends_after_it_begins", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(name="ordering_a_plan_has_days", condition=Q(last_on__gte=F("first_on"))),
            models.CheckConstraint(
                name="ordering_two_go_by_plan",
                condition=Q(at_home=False, people_needed__gte=1) | Q(people_needed__gte=TWO),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} {self.begins:%H:%M}—{self.ends:%H:%M}"

    @property
    def anchor(self) -> Anchor:
        return self.contractor.anchor


class Shift(Record):
    """One time a contractor comes. Held once enough people came within its hours, or somebody counted it."""

    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="shifts")
    plan = models.ForeignKey(ShiftPlan, models.PROTECT, related_name="shifts")
    starts = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    venue = models.CharField(_("where it is done"), max_length=120)
    people_needed = models.PositiveSmallIntegerField(_("how many go"), default=1)
    at_home = models.BooleanField(_("in homes"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=ShiftState, default=ShiftState.PLANNED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts", "id"]),
            models.Index(fields=["contractor", "starts"]),
            models.Index(fields=["state", "ends"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "starts"], name="ordering_a_shift_once"),
            models.CheckConstraint(name="ordering_a_shift_ends_after_it_begins", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(
                name="ordering_two_go_into_a_home",
                condition=Q(at_home=False, people_needed__gte=1) | Q(people_needed__gte=TWO),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contractor.organization} {self.starts:%Y-%m-%d}"

    @property
    def anchor(self) -> Anchor:
        return self.contractor.anchor

    def is_within(self, at: datetime, minutes: int) -> bool:
        """Whether ``at`` lies in its hours, or at most ``minutes`` before they begin or after they end."""
        allowance = minutes * 60
        return (self.starts - at).total_seconds() <= allowance and (at - self.ends).total_seconds() <= allowance


class ShiftCheck(Record):
    """That so many people came to a shift, when and how it is known; never who.

    ``outside_hours``: not within its hours. It stands on record as such, and does not hold the shift by itself.
    """

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="checks")
    way = models.CharField(_("how it is known"), max_length=6, choices=CheckWay)
    at = models.DateTimeField(_("at what time"))
    people = models.PositiveSmallIntegerField(_("how many came"))
    outside_hours = models.BooleanField(_("outside the hours"), default=False)

    class Meta:
        ordering = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["shift", "way", "at"], name="ordering_a_check_once"),
            models.CheckConstraint(name="ordering_somebody_came", condition=Q(people__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.at:%H:%M}"

    @property
    def anchor(self) -> Anchor:
        return self.shift.anchor

    @property
    def too_few(self) -> bool:
        """Fewer than go: in a home never fewer than two."""
        return self.people < self.shift.people_needed

"""What came of the service: receipts of recipients, incidents, acceptance by the community, defects."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models.claim import Contractor
from linli.apps.ordering.models.order import Order
from linli.apps.ordering.models.sheet import WorkSheet
from linli.apps.ordering.models.shift import Shift
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

WITHIN = timedelta(hours=24)
"""How soon an incident is reported."""


class Grade(models.TextChoices):
    SATISFIED = "satisfied", _("Satisfied")
    PARTLY = "partly", _("Partly satisfied")
    NOT = "not", _("Not satisfied")


class Receipt(Record):
    """That an order was served in a shift, and what the household says of it: of the service, never of a person."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="receipt")
    sheet = models.ForeignKey(WorkSheet, models.PROTECT, null=True, blank=True, related_name="receipts")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, blank=True, related_name="receipts")
    grade = models.CharField(_("satisfaction"), max_length=10, choices=Grade, blank=True)
    words = models.CharField(_("what was said"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.order)

    @property
    def anchor(self) -> Anchor:
        return self.order.anchor


class IncidentKind(models.TextChoices):
    INJURY = "injury", _("Somebody was hurt")
    DAMAGE = "damage", _("Something was damaged")
    SELLING = "selling", _("Something was sold or advertised")
    CONDUCT = "conduct", _("Conduct")
    OTHER = "other", _("Something else")


class Incident(Record):
    """Something went wrong at a sheet. ``late``: told more than 24 hours after it happened; it is taken all the same.

    ``by_resident``: a recipient told it. Selling to elders goes to the street, whoever tells it.
    """

    sheet = models.ForeignKey(WorkSheet, models.PROTECT, related_name="incidents")
    contractor = models.ForeignKey(Contractor, models.PROTECT, null=True, blank=True, related_name="incidents")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, blank=True, related_name="incidents")
    kind = models.CharField(_("what kind"), max_length=10, choices=IncidentKind)
    what = models.CharField(_("what went wrong"), max_length=500)
    happened_at = models.DateTimeField(_("happened"))
    reported_at = models.DateTimeField(_("reported"))
    late = models.BooleanField(_("later than 24 hours"), default=False)
    by_resident = models.BooleanField(default=False)
    upheld = models.BooleanField(_("found to be so"), null=True, blank=True)
    answer = models.CharField(_("what was done about it"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("time of the answer"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-reported_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["reported_at", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="ordering_told_after_it_happened", condition=Q(reported_at__gte=F("happened_at"))
            ),
            models.CheckConstraint(
                name="ordering_answered_with_words",
                condition=Q(answered_at__isnull=True, answer="", upheld__isnull=True)
                | Q(answered_at__isnull=False, upheld__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def anchor(self) -> Anchor:
        who = self.contractor.organization_id if self.contractor is not None else None
        return Anchor(place=self.sheet.place_id, organization=who)


class AcceptanceResult(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    DEFECTS = "defects", _("To be put right")


class Acceptance(Record):
    """What a contractor delivered from a day to a day, taken over by the community.

    ``asked`` recipients confirmed with a grade, ``satisfied`` of them were; both are counted when it is written.
    """

    sheet = models.ForeignKey(WorkSheet, models.PROTECT, related_name="acceptances")
    contractor = models.ForeignKey(Contractor, models.PROTECT, related_name="acceptances")
    number = models.PositiveSmallIntegerField()
    since = models.DateField(_("the first day"))
    until = models.DateField(_("the last day"))
    delivered = models.PositiveIntegerField(_("delivered"))
    asked = models.PositiveIntegerField(_("recipients who said how it was"), default=0)
    satisfied = models.PositiveIntegerField(_("of them satisfied"), default=0)
    result = models.CharField(_("result"), max_length=10, choices=AcceptanceResult)
    accepted_on = models.DateField(_("accepted on"))
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["contractor", "number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["accepted_on", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["contractor", "number"], name="ordering_acceptances_are_numbered"),
            models.CheckConstraint(name="ordering_accepted_until_after_since", condition=Q(until__gte=F("since"))),
            models.CheckConstraint(
                name="ordering_no_more_satisfied_than_asked", condition=Q(satisfied__lte=F("asked"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contractor.organization} {self.since:%Y-%m-%d}—{self.until:%Y-%m-%d}"

    @property
    def anchor(self) -> Anchor:
        return self.contractor.anchor


class Defect(Record):
    """What is to be put right, until when, and when it was."""

    acceptance = models.ForeignKey(Acceptance, models.CASCADE, related_name="defects")
    what = models.CharField(_("what is to be put right"), max_length=200)
    due = models.DateField(_("to be put right until"))
    redelivered_on = models.DateField(_("put right on"), null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return self.what

    @property
    def anchor(self) -> Anchor:
        return self.acceptance.anchor

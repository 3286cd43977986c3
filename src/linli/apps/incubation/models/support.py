"""What the center does for an organization: five services, bookkeeping month by month, figures of how it grows."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import Agreement
from linli.apps.organizations.models import Organization
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SupportKind(models.TextChoices):
    PROJECT = "project", _("Projects")
    INCUBATION = "incubation", _("Incubation")
    PLATFORM = "platform", _("Platform")
    TRAINING = "training", _("Training")
    FINANCE = "finance", _("Finance")


class SupportCase(Record):
    """One of the five services for one organization, from ``opened_on`` until it was closed with its outcome.

    ``agency`` does the work where the center does not; bookkeeping always has one, and rests on ``agreement``.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="support_cases")
    service = models.CharField(_("service"), max_length=12, choices=SupportKind)
    title = models.CharField(_("what it is about"), max_length=120)
    opened_on = models.DateField(_("since"))
    agency = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency that does it")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agreement")
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-opened_on", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["service", "closed_on"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(service="finance", closed_on__isnull=True),
                name="incubation_one_bookkeeper_at_a_time",
            ),
            models.CheckConstraint(
                name="incubation_bookkeeping_is_done_by_an_agency",
                condition=~Q(service="finance") | Q(agency__isnull=False),
            ),
            models.CheckConstraint(
                name="incubation_a_case_closes_with_its_outcome",
                condition=Q(closed_on=None, outcome="")
                | Q(closed_on__isnull=False, closed_on__gte=F("opened_on")) & ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor


class BookState(models.TextChoices):
    PAPERS = "papers", _("Vouchers handed in")
    BOOKED = "booked", _("Booked")
    DECLARED = "declared", _("Declared to the tax office")


class BookMonth(Record):
    """How far the books of a month are. A month without a row waits for its vouchers."""

    case = models.ForeignKey(SupportCase, models.PROTECT, related_name="books")
    month = models.DateField(_("month"))
    state = models.CharField(_("state"), max_length=10, choices=BookState)
    on = models.DateField(_("day"))
    note = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        ordering = ["month", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "month"], name="incubation_a_month_is_booked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.month:%Y-%m}"

    @property
    def anchor(self) -> Anchor:
        return self.case.anchor


class FigureKind(models.TextChoices):
    STAFF = "staff", _("Paid staff")
    SOCIAL_WORKERS = "social_workers", _("Staff with a social work certificate")
    VOLUNTEERS = "volunteers", _("Registered volunteers")
    APPLICANTS = "applicants", _("New activists applying for Party membership")
    MEMBERS = "members", _("New Party members")
    SERVED = "served", _("People served in the year")


class DevelopmentFigure(Record):
    """A number an organization typed for a day, with where it is from: counts alone, nobody stands behind it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="development_figures")
    kind = models.CharField(_("kind"), max_length=16, choices=FigureKind)
    on = models.DateField(_("as of"))
    count = models.PositiveIntegerField(_("how many"))
    source = models.CharField(_("source"), max_length=160)

    class Meta:
        ordering = ["kind", "-on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "kind", "on"], name="incubation_a_figure_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.count}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor

"""The ten-point month of an organization: its sheet, marks, raters, evidence, corrections, objections, leave."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SheetState(models.TextChoices):
    DRAFTED = "drafted", _("Being rated")
    SHOWN = "shown", _("Waits for the organization's statement")
    PUBLISHED = "published", _("Published, open to objection")
    FINAL = "final", _("Settled")


class MonthSheet(Record):
    """What an organization has of ten points in one calendar month (its first day), one sheet a month.

    ``total`` is the sum of its marks once all seven stand; ``line`` what it was held to when it was published;
    ``statement`` what the organization says to the draft.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="month_sheets")
    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    rubric = models.CharField(_("version of the criteria"), max_length=12)
    state = models.CharField(_("state"), max_length=10, choices=SheetState, default=SheetState.DRAFTED)
    total = models.DecimalField(_("total"), max_digits=4, decimal_places=2, null=True, blank=True)
    line = models.DecimalField(_("line"), max_digits=4, decimal_places=2, null=True, blank=True)
    drafted_at = models.DateTimeField(_("drafted"))
    shown_at = models.DateTimeField(_("shown to the organization"), null=True, blank=True)
    statement_until = models.DateTimeField(_("statement until"), null=True, blank=True)
    statement = models.TextField(_("statement of the organization"), max_length=1000, blank=True)
    stated_at = models.DateTimeField(_("stated"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    objection_until = models.DateTimeField(_("objection until"), null=True, blank=True)
    final_at = models.DateTimeField(_("settled"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-month", "organization"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["street", "month"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "month"], name="incubation_a_month_is_scored_once"),
            models.CheckConstraint(
                name="incubation_at_most_ten_points", condition=Q(total=None) | Q(total__gte=0, total__lte=10)
            ),
            models.CheckConstraint(
                name="incubation_shown_with_a_total",
                condition=Q(state="drafted") | Q(total__isnull=False, statement_until__isnull=False),
            ),
            models.CheckConstraint(
                name="incubation_published_with_a_last_day",
                condition=Q(state__in=("drafted", "shown")) | Q(objection_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.month:%Y-%m}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor

    @property
    def is_below(self) -> bool:
        """Whether its points lie below the line they were published against."""
        return self.total is not None and self.line is not None and self.total < self.line


class MonthMark(Record):
    """One criterion of a sheet: what the records propose and why, and the mark that counts."""

    sheet = models.ForeignKey(MonthSheet, models.CASCADE, related_name="marks")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    top = models.DecimalField(_("top mark"), max_digits=3, decimal_places=2)
    proposed = models.DecimalField(_("proposed by the records"), max_digits=3, decimal_places=2, null=True, blank=True)
    why = models.CharField(_("evidence"), max_length=200, blank=True)
    mark = models.DecimalField(_("mark"), max_digits=3, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "code"], name="incubation_a_criterion_once"),
            models.CheckConstraint(
                name="incubation_marks_lie_within_the_top",
                condition=Q(mark=None) | Q(mark__gte=0, mark__lte=models.F("top")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.mark}"


class RaterMark(Record):
    """What one rater gives for one criterion; a rater has one mark each, changed freely until the sheet is shown."""

    mark = models.ForeignKey(MonthMark, models.CASCADE, related_name="raters")
    rater = models.UUIDField(editable=False)
    value = models.DecimalField(_("mark"), max_digits=3, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mark", "rater"], name="incubation_a_rater_marks_once"),
            models.CheckConstraint(name="incubation_raters_stay_above_nothing", condition=Q(value__gte=0)),
        ]

    def __str__(self) -> str:
        return str(self.value)


class MonthCorrection(Record):
    """A mark changed after the draft was shown: the old one is kept, with the reason."""

    mark = models.ForeignKey(MonthMark, models.PROTECT, related_name="corrections")
    before = models.DecimalField(_("before"), max_digits=3, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=3, decimal_places=2)
    total_before = models.DecimalField(_("total before"), max_digits=4, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300)
    corrected_at = models.DateTimeField(_("corrected"))

    class Meta:
        ordering = ["corrected_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="incubation_corrections_say_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class ObjectionState(models.TextChoices):
    OPEN = "open", _("Open")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Not upheld")


class Objection(Record):
    """What an organization says against what was written of it, and the answer."""

    text = models.TextField(_("objection"), max_length=1000)
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["made_at", "id"]

    def __str__(self) -> str:
        return self.text[:40]


class MonthObjection(Objection):
    """Against a published sheet."""

    sheet = models.ForeignKey(MonthSheet, models.CASCADE, related_name="objections")

    class Meta(Objection.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="incubation_objections_are_answered_in_words", condition=Q(state="open") | ~Q(answer="")
            ),
        ]

    @property
    def anchor(self) -> Anchor:
        return self.sheet.anchor


class EvidenceKind(models.TextChoices):
    PLAN = "plan", _("Plan of the month filed")
    SUMMARY = "summary", _("Summary of the month filed")
    DESK = "desk", _("Shifts at the center")
    CHECK = "check", _("Check of tidiness")
    PARTY = "party", _("Party work")
    COMPLAINT = "complaint", _("Upheld complaint")


class MonthEvidence(Record):
    """One piece of evidence for a month. Shifts: ``count`` attended of ``planned``; a check: 1 good, 0 not."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="month_evidence")
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    on = models.DateField(_("day"))
    count = models.PositiveSmallIntegerField(_("count"), default=1)
    planned = models.PositiveSmallIntegerField(_("planned"), default=0)
    note = models.CharField(_("what shows it"), max_length=200)

    class Meta:
        ordering = ["on", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["organization", "month"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization", "month", "kind"],
                condition=Q(kind__in=("plan", "summary", "desk")),
                name="incubation_filed_once_a_month",
            ),
            models.CheckConstraint(
                name="incubation_nobody_attends_more_than_was_planned",
                condition=~Q(kind="desk") | Q(planned__gt=0, count__lte=models.F("planned")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor


class MonthLeave(Record):
    """Approved leave of an organization from the center for one month: the month does not count."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="month_leaves")
    month = models.DateField(_("month"))
    reason = models.CharField(_("reason"), max_length=200)
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        ordering = ["month"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "month"], name="incubation_one_leave_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.month:%Y-%m}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor

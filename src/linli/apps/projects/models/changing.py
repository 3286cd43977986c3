"""Changes of budget, indicators and term, by their bands; and money recovered when a project breaks off."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models.content import ProjectIndicator
from linli.apps.projects.models.project import NOTHING, Project
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Band(models.TextChoices):
    SMALL = "small", _("Small")
    MIDDLE = "middle", _("Middle")
    LARGE = "large", _("Large")


class ChangeState(models.TextChoices):
    ASKED = "asked", _("Waits for approval")
    APPROVED = "approved", _("Approved, to be filed")
    FILED = "filed", _("Filed")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ChangeRequest(Record):
    """项目(预算)变更申请: what shall change, how much money moves and which per cent of the budget that is.

    ``band`` follows from the per cent and the limits of the street on the day it was asked.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="changes")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=600)
    resolution = models.CharField(_("resolution of the community"), max_length=200, blank=True)
    amount_before = MoneyField(_("amount before"))
    amount_after = MoneyField(_("amount after"))
    moved = MoneyField(_("money that moves"), default=NOTHING)
    percent = models.DecimalField(_("per cent of the budget"), max_digits=6, decimal_places=2, default=0)
    band = models.CharField(_("band"), max_length=8, choices=Band)
    ends_before = models.DateField(_("last day before"))
    ends_after = models.DateField(_("last day after"))
    state = models.CharField(_("state"), max_length=10, choices=ChangeState, default=ChangeState.ASKED, db_index=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.UUIDField(null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    filing_number = models.CharField(_("filing number"), max_length=60, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "number"], name="projects_changes_are_numbered"),
            models.UniqueConstraint(
                fields=["project"], condition=models.Q(state="asked"), name="projects_one_change_waits_at_a_time"
            ),
            models.CheckConstraint(
                name="projects_changed_money_is_not_negative",
                condition=models.Q(amount_before__gte=NOTHING, amount_after__gte=NOTHING, moved__gte=NOTHING),
            ),
            models.CheckConstraint(
                name="projects_filed_under_a_number",
                condition=models.Q(state="filed", filed_on__isnull=False) & ~models.Q(filing_number="")
                | ~models.Q(state="filed") & models.Q(filed_on__isnull=True, filing_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.title} #{self.number}"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class ChangedLine(Record):
    """One line of the budget before and after; nothing stands for a line that is new or falls away."""

    change = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    item = models.CharField(_("item"), max_length=80)
    basis = models.CharField(_("how it was reckoned"), max_length=200, blank=True)
    before = MoneyField(_("before"), default=NOTHING)
    after = MoneyField(_("after"), default=NOTHING)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["change", "item"], name="projects_a_changed_line_once"),
            models.CheckConstraint(
                name="projects_changed_lines_are_money", condition=models.Q(before__gte=NOTHING, after__gte=NOTHING)
            ),
        ]

    def __str__(self) -> str:
        return self.item


class ChangedIndicator(Record):
    """The target of one indicator before and after."""

    change = models.ForeignKey(ChangeRequest, models.CASCADE, related_name="targets")
    indicator = models.ForeignKey(ProjectIndicator, models.CASCADE, related_name="changes")
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=2)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["indicator__number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["change", "indicator"], name="projects_a_changed_target_once"),
            models.CheckConstraint(name="projects_a_target_changes", condition=~models.Q(before=models.F("after"))),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}：{self.before} → {self.after}"


class Recovery(Record):
    """What has to come back of a project that broke off: paid and not accepted as spent, by when, and what came."""

    project = models.OneToOneField(Project, models.CASCADE, related_name="recovery")
    paid = MoneyField(_("paid"))
    accepted = MoneyField(_("accepted as spent"))
    amount = MoneyField(_("to be recovered"))
    due = models.DateField(_("until"))
    came = MoneyField(_("came back"), default=NOTHING)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="projects_recovers_what_was_not_accepted",
                condition=models.Q(amount__gte=NOTHING, came__gte=NOTHING, came__lte=models.F("amount"))
                & models.Q(accepted__gte=NOTHING),
            ),
        ]

    def __str__(self) -> str:
        return self.project.title

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor

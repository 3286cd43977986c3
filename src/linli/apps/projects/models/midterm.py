"""The mid-term evaluation of a project: called for, reported, scored by the sheet of 3.2, decided."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models.project import Project
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class MidTermState(models.TextChoices):
    CALLED = "called", _("Waits for the self-report")
    HANDED_IN = "handed_in", _("Waits to be scored")
    SCORED = "scored", _("Scored")
    FAILED = "failed", _("Failed: nothing came in time")


class Verdict(models.TextChoices):
    CONTINUE = "continue", _("Goes on, the next part is paid")
    FIX = "fix", _("Put right first, then the next part is paid")
    STOP = "stop", _("Stopped until it is decided")


class MidTerm(Record):
    """One mid-term evaluation. ``due`` is the last day of the self-report; ``warnings`` counts the reminders sent.

    Late or missing material fails, but only after two warnings. ``misuse`` sets the total to zero.
    """

    project = models.OneToOneField(Project, models.CASCADE, related_name="midterm")
    due = models.DateField(_("self-report until"))
    state = models.CharField(_("state"), max_length=10, choices=MidTermState, default=MidTermState.CALLED)
    called_at = models.DateTimeField(_("called for"))
    warnings = models.PositiveSmallIntegerField(_("warnings"), default=0)
    warned_on = models.DateField(null=True, blank=True)
    progress = models.TextField(_("what was done against the plan"), max_length=2000, blank=True)
    problems = models.TextField(_("problems and risks"), max_length=2000, blank=True)
    adjustments = models.TextField(_("how the plan is adjusted"), max_length=2000, blank=True)
    handed_in_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2, null=True, blank=True)
    misuse = models.CharField(_("misuse of money"), max_length=300, blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    fix_by = models.DateField(_("put right by"), null=True, blank=True)
    fixed_on = models.DateField(_("put right on"), null=True, blank=True)
    scored_at = models.DateTimeField(_("scored"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="projects_a_verdict_follows_the_score",
                condition=models.Q(state__in=("called", "handed_in"), verdict="", total__isnull=True)
                | models.Q(state__in=("scored", "failed"), total__isnull=False) & ~models.Q(verdict=""),
            ),
            models.CheckConstraint(
                name="projects_misuse_scores_nothing", condition=models.Q(misuse="") | models.Q(total=0)
            ),
            models.CheckConstraint(
                name="projects_putting_right_has_a_day",
                condition=~models.Q(verdict="fix") | models.Q(fix_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.project.title

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class MidTermMark(Record):
    """The mark of one criterion: ``proposed`` by the records (None where a person judges), and what was given."""

    midterm = models.ForeignKey(MidTerm, models.CASCADE, related_name="marks")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24)
    title = models.CharField(_("criterion"), max_length=60)
    top = models.DecimalField(_("top mark"), max_digits=5, decimal_places=2)
    proposed = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    mark = models.DecimalField(_("mark"), max_digits=5, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["midterm", "code"], name="projects_a_criterion_once"),
            models.CheckConstraint(
                name="projects_marks_lie_within_the_top", condition=models.Q(mark__gte=0, mark__lte=models.F("top"))
            ),
            models.CheckConstraint(name="projects_marks_say_why", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.mark}"

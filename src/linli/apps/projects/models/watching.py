"""Looking after a project: supervision visits with findings and due dates, progress reports."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models.project import Project
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class VisitSide(models.TextChoices):
    STREET = "street", _("Street")
    AGENCY = "agency", _("Supporting agency")


class SupervisionVisit(Record):
    """督导走访: who came on which day, how it stood with progress, money and files, what was advised."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="visits")
    number = models.PositiveSmallIntegerField()
    side = models.CharField(_("who visits"), max_length=8, choices=VisitSide)
    visited_on = models.DateField(_("day"))
    visitors = models.CharField(_("visitors and their posts"), max_length=160)
    progress = models.CharField(_("progress"), max_length=600)
    money = models.CharField(_("money"), max_length=600, blank=True)
    records = models.CharField(_("files and records"), max_length=600, blank=True)
    advice = models.CharField(_("advice"), max_length=600, blank=True)
    entered_at = models.DateTimeField(_("entered"))
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["-visited_on", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "number"], name="projects_visits_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.project.title}：{self.visited_on}"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class VisitFinding(Record):
    """What a visit found wanting, by when it is put right, and what was done about it."""

    visit = models.ForeignKey(SupervisionVisit, models.CASCADE, related_name="findings")
    project = models.ForeignKey(Project, models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("finding"), max_length=300)
    due = models.DateField(_("put right by"))
    settled_on = models.DateField(_("put right on"), null=True, blank=True)
    answer = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta:
        ordering = ["due", "number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["project", "settled_on", "due"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["visit", "number"], name="projects_findings_are_numbered"),
            models.CheckConstraint(
                name="projects_a_settled_finding_says_how",
                condition=models.Q(settled_on__isnull=True, answer="")
                | models.Q(settled_on__isnull=False) & ~models.Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class Span(models.TextChoices):
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")


class ProgressReport(Record):
    """项目进度月(季)报: figures as the records had them on the day it was handed in, and two sentences of its own.

    ``begins_on`` is the first day of the month or quarter. Sessions and person-times are typed only where
    the records of activities have none; then ``is_typed`` says so.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="reports")
    span = models.CharField(_("span"), max_length=8, choices=Span)
    begins_on = models.DateField(_("from"))
    budget = MoneyField(_("budget"))
    spent = MoneyField(_("spent"))
    sessions = models.PositiveIntegerField(_("sessions"), default=0)
    person_times = models.PositiveIntegerField(_("person-times"), default=0)
    is_typed = models.BooleanField(default=False)
    reached = models.PositiveSmallIntegerField(_("indicators reached"), default=0)
    indicators = models.PositiveSmallIntegerField(_("indicators"), default=0)
    problems = models.CharField(_("problems"), max_length=600, blank=True)
    next_steps = models.CharField(_("next steps"), max_length=600)
    handed_in_at = models.DateTimeField(_("handed in"))

    class Meta:
        ordering = ["-begins_on", "span"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["span", "begins_on"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "span", "begins_on"], name="projects_one_report_a_span"),
            models.CheckConstraint(
                name="projects_no_more_reached_than_there_are", condition=models.Q(reached__lte=models.F("indicators"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.title}：{self.begins_on:%Y-%m}"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor

"""What came out of a project: outcomes in their own units, how teams grew, teams that stood for a task."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.projects.models.project import Project
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Outcome(Record):
    """What was made or reached, in its own unit (E31): 15 lifts, 707,000 square metres."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="outcomes")
    name = models.CharField(_("outcome"), max_length=80)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit of the figure"), max_length=12)
    on = models.DateField(_("as of"))
    note = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        ordering = ["name", "on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "name", "unit", "on"], name="projects_an_outcome_once_a_day"),
            models.CheckConstraint(name="projects_outcomes_are_not_negative", condition=models.Q(quantity__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity.normalize():f}{self.unit}"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class TeamGrowth(Record):
    """How a team grew through the project (B07): what it was, what it became, how many it counts; no person."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="growth")
    team = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    name = models.CharField(_("name of the team"), max_length=120)
    before = models.CharField(_("what it was"), max_length=80)
    after = models.CharField(_("what it became"), max_length=80)
    members = models.PositiveIntegerField(_("number of members"), null=True, blank=True)
    on = models.DateField(_("since"))
    note = models.CharField(_("what it rests on"), max_length=200, blank=True)

    class Meta:
        ordering = ["on", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "name", "after"], name="projects_a_team_grows_into_a_thing_once"
            ),
            models.CheckConstraint(
                name="projects_a_team_became_another", condition=~models.Q(before=models.F("after"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}：{self.before} → {self.after}"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class TaskTeam(Record):
    """A team that stands for one task (D40): from when to when, how many problems it found and solved."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="task_teams")
    name = models.CharField(_("name of the team"), max_length=120)
    task = models.CharField(_("task"), max_length=200)
    began_on = models.DateField(_("since"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    found = models.PositiveIntegerField(_("problems found"), default=0)
    solved = models.PositiveIntegerField(_("problems solved"), default=0)

    class Meta:
        ordering = ["began_on", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_a_task_team_once"),
            models.CheckConstraint(
                name="projects_no_more_is_solved_than_found", condition=models.Q(solved__lte=models.F("found"))
            ),
            models.CheckConstraint(
                name="projects_task_teams_end_after_they_begin",
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("began_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class TaskTeamPart(Record):
    """Whom a task team is made of: an organization or team of the register, or a name, and how many people."""

    team = models.ForeignKey(TaskTeam, models.CASCADE, related_name="parts")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    name = models.CharField(_("name"), max_length=120)
    people = models.PositiveIntegerField(_("how many people"))

    class Meta:
        ordering = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["team", "name"], name="projects_a_part_of_a_task_team_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.people}"

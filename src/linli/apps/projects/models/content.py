"""What a project is held to: milestones with their evidence, indicators with readings, partners, target groups."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.projects.models.project import Project
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Milestone(Record):
    """A step that is reached by a day: with all its required evidence. ``code`` names it in the class data."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, blank=True)
    title = models.CharField(_("milestone"), max_length=80)
    due = models.DateField(_("due on"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["due", "reached_on"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "number"], name="projects_milestones_are_numbered"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class Evidence(Record):
    """One thing a milestone must show. Its files hang on it; ``on_paper`` says where it lies when there is none.

    ``given_on`` is set with the first file, or when it is said to lie on paper.
    """

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24, blank=True)
    title = models.CharField(_("evidence"), max_length=80)
    is_required = models.BooleanField(_("required"), default=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    on_paper = models.CharField(_("where the paper lies"), max_length=120, blank=True)

    class Meta:
        ordering = ["number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["milestone", "given_on"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["milestone", "number"], name="projects_evidence_is_numbered"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.milestone.project.anchor


class Counted(models.TextChoices):
    """Where the actual figure of an indicator comes from."""

    TYPED = "typed", _("entered by hand")
    SESSIONS = "sessions", _("sessions of the activities")
    PERSON_TIMES = "person_times", _("person-times of the activities")
    HOURS = "hours", _("volunteer hours of the activities")
    RATE = "rate", _("satisfaction rate of the survey")


class ProjectIndicator(Record):
    """From ``baseline`` to ``target`` in ``unit`` by ``due``; ``actual`` is the latest reading.

    ``counted`` names the records that give the figure, so that nobody types what is known already.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("indicator"), max_length=80)
    baseline = models.DecimalField(_("baseline"), max_digits=12, decimal_places=2, default=Decimal(0))
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2)
    actual = models.DecimalField(_("actual figure"), max_digits=12, decimal_places=2, null=True, blank=True)
    actual_on = models.DateField(_("as of"), null=True, blank=True)
    unit = models.CharField(_("unit of the figure"), max_length=12, blank=True)
    due = models.DateField(_("reached by"))
    counted = models.CharField(_("counted from"), max_length=12, choices=Counted, default=Counted.TYPED)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "number"], name="projects_indicators_are_numbered"),
            models.CheckConstraint(
                name="projects_indicators_go_somewhere",
                condition=~models.Q(target=models.F("baseline")) & ~models.Q(target=Decimal(0), baseline=Decimal(0)),
            ),
            models.CheckConstraint(
                name="projects_actual_figures_have_a_day",
                condition=models.Q(actual__isnull=True, actual_on__isnull=True)
                | models.Q(actual__isnull=False, actual_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class IndicatorReading(Record):
    """What an indicator stood at on a day, and what that rests on. Rows are added, never changed."""

    indicator = models.ForeignKey(ProjectIndicator, models.CASCADE, related_name="readings")
    value = models.DecimalField(_("actual figure"), max_digits=12, decimal_places=2)
    on = models.DateField(_("as of"))
    grounds = models.CharField(_("what it rests on"), max_length=200, blank=True)
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.indicator}：{self.value}"


class PartnerKind(models.TextChoices):
    COMMUNITY = "community", _("Community")
    PARTY = "party", _("Party organization")
    HOSPITAL = "hospital", _("Hospital")
    SCHOOL = "school", _("School")
    ENTERPRISE = "enterprise", _("Enterprise")
    SOCIAL = "social", _("Social organization")
    DEPARTMENT = "department", _("Department")
    TEAM = "team", _("Volunteer team")
    OTHER = "other", _("Other")


class Partner(Record):
    """Who else takes part (F16), and with what; an organization of the register where it stands there."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="partners")
    kind = models.CharField(_("kind of partner"), max_length=12, choices=PartnerKind)
    name = models.CharField(_("name"), max_length=120)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    gives = models.CharField(_("what it contributes"), max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_a_partner_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TargetGroup(Record):
    """Whom the project is for (F17): a group in words, ages where they matter, how many there are and who counted."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="target_groups")
    name = models.CharField(_("target group"), max_length=120)
    age_from = models.PositiveSmallIntegerField(_("from the age of"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("up to the age of"), null=True, blank=True)
    count = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    source = models.CharField(_("source of the figure"), max_length=120, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "name"], name="projects_a_target_group_once"),
            models.CheckConstraint(
                name="projects_ages_run_upwards",
                condition=models.Q(age_from__isnull=True)
                | models.Q(age_to__isnull=True)
                | models.Q(age_to__gte=models.F("age_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

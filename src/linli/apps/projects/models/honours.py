"""What is told of projects afterwards: prizes, media coverage, stories, the year's summary, the page for everybody."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Honour
from linli.apps.places.models import Place
from linli.apps.projects.models.project import Project
from linli.apps.rounds.models import Programme
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Prize(Record):
    """A title of the year given to a project; whoever carried it out bears it as an honour of the register."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="prizes")
    title = models.CharField(_("title of the honour"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    holder = models.CharField(_("given to"), max_length=120)
    number = models.CharField(_("number of the document"), max_length=60, blank=True)
    given_on = models.DateField(_("day"))
    honour = models.OneToOneField(Honour, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-year", "title", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "title", "year"], name="projects_a_prize_once_a_year"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class CoverageKind(models.TextChoices):
    MEDIA = "media", _("Report in the media")
    RECOGNITION = "recognition", _("Recognition by an authority")


class Coverage(Record):
    """A report or a recognition (H24): who, when, under which title, where it is read."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="coverage")
    kind = models.CharField(_("kind"), max_length=12, choices=CoverageKind)
    outlet = models.CharField(_("medium or authority"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    on = models.DateField(_("day"))
    address = models.URLField(_("address on the web"), max_length=300, blank=True)

    class Meta:
        ordering = ["-on", "id"]

    def __str__(self) -> str:
        return f"{self.outlet}《{self.title}》"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class ProjectStory(Record):
    """A project told as a story by a unit and an author (A16)."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="stories")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=8000)
    unit = models.CharField(_("unit"), max_length=80)
    author = models.CharField(_("author"), max_length=40)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ["-written_at", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class ProgrammeSummary(Record):
    """The year of a programme in four sections (B04); the figures come from the records when it is written out."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="summaries")
    year = models.PositiveSmallIntegerField(_("year"))
    overview = models.TextField(_("the projects in outline"), max_length=4000, blank=True)
    delivery = models.TextField(_("how they were carried out"), max_length=4000, blank=True)
    growth = models.TextField(_("how they grew"), max_length=4000, blank=True)
    outlook = models.TextField(_("what comes next"), max_length=4000, blank=True)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ["-year", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "year"], name="projects_one_summary_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.programme}{self.year}年度工作总结"

    @property
    def anchor(self) -> Anchor:
        return self.programme.anchor


class Showcase(Record):
    """The public page of a project: texts, pictures before and after, figures frozen when it was written."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="showcase")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=4000)
    before = models.UUIDField(null=True, blank=True)
    after = models.UUIDField(null=True, blank=True)
    figures = models.JSONField(default=list, blank=True)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        ordering = ["-written_at", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class SlideTemplate(Record):
    """A street's own slides of a closing review; the highest ``version`` is in use. Rows are added, never changed."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    version = models.PositiveSmallIntegerField(_("version"))
    file_id = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "version"], name="projects_slides_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.street}结项路演稿模板第{self.version}版"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)

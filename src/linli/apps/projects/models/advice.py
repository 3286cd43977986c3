"""What the panel advised, and what became of it; and which projects shine."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.projects.models.project import Project
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class OpinionSheet(Record):
    """The panel's opinions on one project, handed to whoever carried it out; answered by ``due``."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="opinions")
    source = models.CharField(_("given by"), max_length=120)
    issued_at = models.DateTimeField(_("handed over"))
    due = models.DateField(_("to be answered by"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["answered_at", "due"])]

    def __str__(self) -> str:
        return f"{self.project}评审意见反馈单"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class Taken(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Adopted in part")
    NOT = "not", _("Not adopted")


class Advice(Record):
    """One problem with a suggestion; how it is taken and why, who does what by when, and that it is done."""

    sheet = models.ForeignKey(OpinionSheet, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    problem = models.CharField(_("problem"), max_length=400)
    suggestion = models.CharField(_("suggestion"), max_length=400)
    taken = models.CharField(_("how it is taken"), max_length=8, choices=Taken, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    measure = models.CharField(_("measure"), max_length=400, blank=True)
    responsible = models.CharField(_("unit or post in charge"), max_length=80, blank=True)
    until = models.DateField(_("done by"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_note = models.CharField(_("how it was done"), max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "number"], name="projects_advice_is_numbered"),
            models.CheckConstraint(
                name="projects_who_does_not_follow_says_why",
                condition=models.Q(taken__in=("", "adopted")) | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="projects_what_is_followed_has_a_measure",
                condition=models.Q(taken__in=("", "not")) | (~models.Q(measure="") & models.Q(until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.suggestion

    @property
    def anchor(self) -> Anchor:
        return self.sheet.anchor


class Highlight(Record):
    """A project the review marks as a model for others, with the reason."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="highlight")
    reason = models.CharField(_("reason"), max_length=400)
    marked_at = models.DateTimeField(_("marked"))

    class Meta:
        ordering = ["-marked_at", "id"]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor

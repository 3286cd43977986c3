"""A survey: what is asked about what, in which place, until when. No row here joins anybody to an answer."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.privacy.models import SecretBox
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SurveyState(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Answers are taken")
    CLOSED = "closed", _("Counted")


class Layers(models.TextChoices):
    """By what a sample is divided before it is drawn."""

    BUILDING = "building", _("By building")
    GRID = "grid", _("By grid")


class Survey(Record):
    """Sections of questions about one or more subjects. ``sections`` as ``kinds.read_sections`` reads them.

    Answers lie in ``box`` and are known to nobody before it is closed. ``seed`` and ``layers`` say how the sample was
    drawn. ``openly``: also a link anybody may answer, counted apart. ``came_openly`` counts its answers.
    """

    title = models.CharField(_("title"), max_length=80)
    lead = models.CharField(_("what it is for"), max_length=300, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    sections = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=6, choices=SurveyState, default=SurveyState.DRAFT)
    last_day = models.DateField(_("last day"))
    openly = models.BooleanField(_("also by a link open to everybody"), default=False)
    layers = models.CharField(_("sample"), max_length=8, choices=Layers, blank=True)
    seed = models.PositiveBigIntegerField(_("seed"), null=True, blank=True)
    box = models.OneToOneField(SecretBox, models.PROTECT, null=True, blank=True, related_name="+")
    came_openly = models.PositiveIntegerField(default=0)
    drafted_at = models.DateTimeField(_("drafted"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-drafted_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["place", "-drafted_at", "id"]),
            models.Index(fields=["drafted_at", "id"]),
            models.Index(fields=["last_day", "id"]),
            models.Index(fields=["title", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="surveys_answers_lie_in_a_box",
                condition=Q(state="draft", box__isnull=True, opened_at__isnull=True, closed_at__isnull=True)
                | Q(state="open", box__isnull=False, opened_at__isnull=False, closed_at__isnull=True)
                | Q(state="closed", box__isnull=False, closed_at__gte=F("opened_at")),
            ),
            models.CheckConstraint(
                name="surveys_a_drawn_sample_has_its_seed",
                condition=Q(layers="", seed__isnull=True) | ~Q(layers="") & Q(seed__isnull=False),
            ),
            models.CheckConstraint(name="surveys_have_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class SurveySubject(Record):
    """What is rated: any record, under its number on the slip. Without a record it is the survey itself."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="subjects")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=80, blank=True)
    about: "models.UUIDField[uuid.UUID | None, uuid.UUID | None]" = models.UUIDField(null=True, blank=True)
    label = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["number"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["about", "kind"], name="surveys_about_what")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "number"], name="surveys_one_number_a_subject"),
            models.UniqueConstraint(fields=["survey", "kind", "about"], name="surveys_a_subject_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def ref(self) -> Ref | None:
        """The record it is; None for the survey itself."""
        return None if self.about is None else Ref(self.kind, self.about)

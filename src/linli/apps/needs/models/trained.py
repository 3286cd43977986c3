"""Models that suggest a category: learned by a job, published by a person with their report; and what became of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.category import Category
from linli.apps.needs.models.need import Need
from linli.kernel.refs.record import Record


class ModelState(models.TextChoices):
    DRAFT = "draft", _("Not published")
    PUBLISHED = "published", _("In use")
    REPLACED = "replaced", _("No longer in use")


class TrainedModel(Record):
    """One model: its file (arrays and JSON, no words), what it was learned from and how good it is.

    ``facts``: labels (codes of categories), date, hash of the data and the report. At most one is published;
    ``before`` is the one it replaced, to which the street can go back.
    """

    state = models.CharField(_("state"), max_length=10, choices=ModelState, default=ModelState.DRAFT)
    learned_at = models.DateTimeField(_("learned"))
    texts = models.PositiveIntegerField(_("texts"))
    data_hash = models.CharField(_("hash of the data"), max_length=64)
    facts = models.JSONField()
    data = models.BinaryField(editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.UUIDField(null=True, blank=True, editable=False)
    before = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-learned_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="published"), name="needs_one_model_is_in_use"),
            models.CheckConstraint(
                name="needs_a_person_publishes_models",
                condition=Q(state="draft") | Q(published_at__isnull=False, published_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learned_at:%Y-%m-%d} · {self.data_hash[:8]}"


class CategoryChoice(Record):
    """What a model suggested for a need, and what a person chose: the count of corrections, and by whom of neither."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="category_choice")
    model = models.ForeignKey(TrainedModel, models.PROTECT, related_name="choices")
    suggested = models.ForeignKey(Category, models.PROTECT, related_name="+")
    chosen = models.ForeignKey(Category, models.PROTECT, related_name="+")
    was_sure = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.suggested_id} → {self.chosen_id}"

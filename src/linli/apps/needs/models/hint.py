"""What a language model of the house named for a need; off unless the house set one up."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.category import Category
from linli.apps.needs.models.need import Need
from linli.kernel.refs.record import Record


class HintTrouble(models.TextChoices):
    SILENT = "silent", _("The language model did not answer in time. Nothing is missing: choose the category yourself.")
    ODD = "odd", _("The language model's answer named none of our categories and was ignored.")


class CategoryHint(Record):
    """What it named, asked once: a category with its reason, or the trouble there was with its answer."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="category_hint")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=60, blank=True)
    trouble = models.CharField(max_length=8, choices=HintTrouble, blank=True)
    source = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_a_hint_names_a_category_or_its_trouble",
                condition=Q(category__isnull=False, trouble="") | (Q(category__isnull=True) & ~Q(trouble="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reason

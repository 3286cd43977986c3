"""What needs are about: a tree of categories, each with its official limit and how it is to be treated."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs.record import Record


class Limit(models.TextChoices):
    """The four official limits of a ticket. Hours run round the clock; days by the setting of the street."""

    HOURS_2 = "2h", _("2 hours")
    HOURS_24 = "24h", _("24 hours")
    DAYS_7 = "7d", _("7 days")
    DAYS_15 = "15d", _("15 days")


class Sensitivity(models.TextChoices):
    """Kinds of matters that are open to named handlers only. They are in no search, likeness, topic or training."""

    DISPUTE = "dispute", _("Dispute between people")
    DOMESTIC_VIOLENCE = "domestic_violence", _("Domestic violence")
    MINORS = "minors", _("Protection of minors")
    MENTAL_HEALTH = "mental_health", _("Mental health")
    HARDSHIP = "hardship", _("Hardship")


class CommunityPart(models.TextChoices):
    """What the community's list of tasks lets it do in such a matter (rules §4 Art. 17)."""

    HANDLES = "handles", _("The community handles it")
    ASSISTS = "assists", _("The community only assists")
    NONE = "none", _("Not on the community's list")


class Category(Record):
    """One category of the district's tree. ``code`` never changes; who is switched off keeps its needs."""

    code = models.CharField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    depth = models.PositiveSmallIntegerField(default=1, editable=False)
    position = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    limit = models.CharField(_("official limit"), max_length=4, choices=Limit, default=Limit.DAYS_7)
    sensitivity = models.CharField(_("sensitive kind"), max_length=20, choices=Sensitivity, blank=True)
    community_part = models.CharField(
        _("part of the community"), max_length=8, choices=CommunityPart, default=CommunityPart.HANDLES
    )
    hint = models.CharField(_("what belongs here"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["position", "code", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="needs_a_category_has_a_name", condition=~Q(name="") & ~Q(code="")),
            models.CheckConstraint(name="needs_three_levels_of_categories", condition=Q(depth__gte=1, depth__lte=3)),
            models.CheckConstraint(
                name="needs_categories_hang_by_depth",
                condition=Q(parent__isnull=True, depth=1) | Q(parent__isnull=False, depth__gt=1),
            ),
        ]

    def __str__(self) -> str:
        return self.name
